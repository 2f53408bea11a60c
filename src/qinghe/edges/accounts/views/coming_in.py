"""The way in and the way out."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as webauthn
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from qinghe.edges.accounts import forms, trail

from . import providers


class SignIn(account.LoginView):
    """By account name or phone and password, by passkey, or by another house."""

    form_class = forms.SignInForm
    template_name = "accounts/sign_in.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Offer the other houses that are configured."""
        return {
            **super().get_context_data(**kwargs),
            "providers": providers.offered(self.request),
        }


@method_decorator(require_POST, name="dispatch")
class SignOut(account.LogoutView):
    """Out, on the server too."""


class Inactive(account.AccountInactiveView):
    """Said to whoever knows the password of a disabled account."""

    template_name = "accounts/inactive.html"


class NewPassword(account.PasswordResetFromKeyView):
    """Set a password at a one-time address; the second factor stays as it is."""

    form_class = forms.NewPasswordForm
    template_name = "accounts/new_password.html"
    success_url = reverse_lazy("account_login")


class SecondStep(mfa.AuthenticateView):
    """Show the second factor."""

    form_class = forms.CodeForm
    template_name = "accounts/second_step.html"

    def form_invalid(self, form: object) -> HttpResponse:
        """Write it down, and let them try again."""
        trail.tell_refused("sign_in_failed", user=self.stage.login.user, by="second_factor")
        return super().form_invalid(form)


class PasskeySignIn(webauthn.LoginWebAuthnView):
    """Sign in by a passkey alone: it is had, and it knows its owner."""

    def form_invalid(self, form: object) -> HttpResponse:
        """Write it down, and lead back."""
        trail.tell_refused("sign_in_failed", user=None, by="passkey")
        return super().form_invalid(form)
