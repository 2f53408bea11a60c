from django.urls import path

from qinghe.systems.authority import views

app_name = "authority"
urlpatterns = [
    path("", views.holdings, name="holdings"),
    path("new/", views.appoint, name="appoint"),
    path("holdings/<int:holding_id>/", views.holding, name="holding"),
    path("holdings/<int:holding_id>/extend/", views.extend, name="extend"),
    path("holdings/<int:holding_id>/depute/", views.depute, name="depute"),
    path("holdings/<int:holding_id>/hand-over/", views.hand_over, name="hand_over"),
    path("holdings/<int:holding_id>/end/", views.end, name="end"),
    path("invitations/", views.invitations, name="invitations"),
    path("invitations/<int:invitation_id>/", views.invitation, name="invitation"),
    path(
        "invitations/<int:invitation_id>/withdraw/",
        views.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path(
        "invitations/<int:invitation_id>/reissue/",
        views.invitation_reissue,
        name="invitation_reissue",
    ),
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/<int:account_id>/", views.account, name="account"),
    path("accounts/<int:account_id>/disable/", views.account_disable, name="account_disable"),
    path("accounts/<int:account_id>/enable/", views.account_enable, name="account_enable"),
    path("accounts/<int:account_id>/factors/", views.account_factors, name="account_factors"),
    path("accounts/<int:account_id>/link/", views.account_link, name="account_link"),
    path("rights/", views.rights, name="rights"),
    path("support/", views.support, name="support"),
    path("support/new/", views.support_new, name="support_new"),
    path("support/<int:session_id>/", views.support_session, name="support_session"),
    path("support/<int:session_id>/end/", views.support_end, name="support_end"),
]
