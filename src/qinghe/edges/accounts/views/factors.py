"""Adding and removing second factors. Each ends the owner's other sessions and is written down."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.http import HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from qinghe.edges.accounts import forms, guard, trail


class AddTotp(totp.ActivateTOTPView):
    """Pair an authenticator app."""

    form_class = forms.AddTotpForm
    template_name = "accounts/add_totp.html"

    def form_valid(self, form: object) -> HttpResponse:
        """Keep it."""
        response = super().form_valid(form)
        shown = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        guard.factor_changed(self.request, shown=shown)
        trail.tell("add_factor", user=self.request.user, kind="totp")
        return response


class RemoveTotp(totp.DeactivateTOTPView):
    """Part with an authenticator app."""

    template_name = "accounts/remove_totp.html"

    def form_valid(self, form: object) -> HttpResponse:
        """Remove it."""
        response = super().form_valid(form)
        guard.factor_changed(self.request)
        trail.tell("remove_factor", user=self.request.user, kind="totp")
        return response


class AddKey(webauthn.AddWebAuthnView):
    """Register a passkey or a security key."""

    form_class = forms.AddKeyForm
    template_name = "accounts/add_key.html"

    def form_valid(self, form: object) -> HttpResponse:
        """Keep it."""
        response = super().form_valid(form)
        keys = Authenticator.objects.filter(
            user=self.request.user, type=Authenticator.Type.WEBAUTHN
        )
        guard.factor_changed(self.request, shown=keys.latest("pk"))
        trail.tell("add_factor", user=self.request.user, kind="webauthn")
        return response


class RemoveKey(webauthn.RemoveWebAuthnView):
    """Part with a passkey."""

    template_name = "accounts/remove_key.html"
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: object) -> HttpResponse:
        """Remove it, unless it is the last one of a post that needs one."""
        if not get_adapter().can_delete_authenticator(self.get_object()):
            error = get_adapter().error_messages["cannot_delete_authenticator"]
            return self.render_to_response(self.get_context_data(refused=error), status=409)
        response = super().form_valid(form)
        guard.factor_changed(self.request)
        trail.tell("remove_factor", user=self.request.user, kind="webauthn")
        return response


class RenameKey(webauthn.EditWebAuthnView):
    """Name a passkey anew."""

    form_class = forms.RenameKeyForm
    template_name = "accounts/rename_key.html"
    success_url = reverse_lazy("mfa_index")


@method_decorator(never_cache, name="dispatch")
class RecoveryCodes(codes.ViewRecoveryCodesView):
    """Show the recovery codes, once."""

    template_name = "accounts/recovery_codes.html"


class NewRecoveryCodes(codes.GenerateRecoveryCodesView):
    """Draw recovery codes anew; the older ones are worth nothing then."""

    template_name = "accounts/new_recovery_codes.html"

    def form_valid(self, form: object) -> HttpResponse:
        """Draw them."""
        response = super().form_valid(form)
        guard.factor_changed(self.request)
        trail.tell("add_factor", user=self.request.user, kind="recovery_codes")
        return response

    def get_success_url(self) -> str:
        """Lead to the codes."""
        return reverse("mfa_view_recovery_codes")
