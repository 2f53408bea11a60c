"""Every address at which somebody comes in or looks after their account; allauth's names.

Named one by one: what allauth could do besides (sign-up, mail, resets by mail) has no address.
"""

from django.urls import path, re_path

from . import views
from .views.providers import ADAPTERS

urlpatterns = [
    path("login/", views.SignIn.as_view(), name="account_login"),
    path("logout/", views.SignOut.as_view(), name="account_logout"),
    path("inactive/", views.Inactive.as_view(), name="account_inactive"),
    path("security/", views.security, name="mfa_index"),
    path("again/", views.Again.as_view(), name="account_reauthenticate"),
    path("password/", views.ChangePassword.as_view(), name="account_change_password"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9a-z]+)-(?P<key>[0-9a-z-]+)/$",
        views.NewPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path("sessions/", views.Sessions.as_view(), name="usersessions_list"),
    # ── Second factors ───────────────────────────────────────────────────────────────────────────
    path("2fa/", views.SecondStep.as_view(), name="mfa_authenticate"),
    path("2fa/again/", views.AgainByFactor.as_view(), name="mfa_reauthenticate"),
    path("totp/add/", views.AddTotp.as_view(), name="mfa_activate_totp"),
    path("totp/remove/", views.RemoveTotp.as_view(), name="mfa_deactivate_totp"),
    path("codes/", views.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("codes/new/", views.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("keys/login/", views.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path("keys/again/", views.AgainByKey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("keys/add/", views.AddKey.as_view(), name="mfa_add_webauthn"),
    path("keys/<int:pk>/remove/", views.RemoveKey.as_view(), name="mfa_remove_webauthn"),
    path("keys/<int:pk>/edit/", views.RenameKey.as_view(), name="mfa_edit_webauthn"),
    # ── Other houses ─────────────────────────────────────────────────────────────────────────────
    path("bindings/", views.Bindings.as_view(), name="socialaccount_connections"),
    path("by/cancelled/", views.cancelled, name="socialaccount_login_cancelled"),
    path(
        "by/oidc/<slug:provider_id>/",
        views.sign_in_by,
        {"house": "openid_connect"},
        name="openid_connect_login",
    ),
    path(
        "by/oidc/<slug:provider_id>/callback/",
        views.callback,
        {"house": "openid_connect"},
        name="openid_connect_callback",
    ),
]
for house in ADAPTERS:
    urlpatterns += [
        path(f"by/{house}/", views.sign_in_by, {"house": house}, name=f"{house}_login"),
        path(f"by/{house}/callback/", views.callback, {"house": house}, name=f"{house}_callback"),
    ]
