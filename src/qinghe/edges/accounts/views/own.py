"""A person's own account: the page of settings, the password, sessions, bindings."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.usersessions import views as usersessions
from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from qinghe.edges.accounts import forms, guard, rules, services, trail
from qinghe.edges.web.requests import Request

from . import providers


@dataclass(frozen=True)
class Bound:
    """Another house's account that opens this one."""

    pk: int
    label: str
    since: datetime


@require_safe
def security(request: Request) -> HttpResponse:
    """Show how an account is kept safe, and what is still missing."""
    factors = Authenticator.objects.filter(user_id=request.user.pk).order_by("pk")
    by_type = {kind: [one for one in factors if one.type == kind] for kind in Authenticator.Type}
    codes = by_type[Authenticator.Type.RECOVERY_CODES]
    context = {
        "held": request.held_back,
        "advised": _is_advised(request),
        "from_day": settings.QINGHE_SECOND_FACTOR_BELOW_STREET,
        "at_the_door": guard.came_by_the_door(request),
        "has_password": isinstance(request.user, User) and request.user.has_usable_password(),
        "totp": by_type[Authenticator.Type.TOTP],
        "keys": by_type[Authenticator.Type.WEBAUTHN],
        "codes_left": len(codes[0].wrap().get_unused_codes()) if codes else None,
        "sessions": UserSession.objects.filter(user_id=request.user.pk).count(),
        "providers": providers.offered(request),
        "bound": SocialAccount.objects.filter(user_id=request.user.pk).count(),
    }
    return render(request, "accounts/security.html", context)


def _is_advised(request: Request) -> bool:
    """Test if somebody keeps others' records and needs no second factor yet."""
    roles = [held.role for held in request.actor.holdings]
    return rules.keeps_records(roles) and not services.needs_factor(roles)


class _Fresh:
    """Gives the session a new number once somebody has shown again who they are."""

    request: HttpRequest

    def form_valid(self, form: object) -> HttpResponse:
        guard.rotate(self.request)
        return super().form_valid(form)  # type: ignore[misc]


class Again(_Fresh, account.ReauthenticateView):
    """The password once more, before something that matters."""

    form_class = forms.AgainForm
    template_name = "accounts/again.html"


class AgainByFactor(_Fresh, mfa.ReauthenticateView):
    """The authenticator app once more."""

    form_class = forms.AgainByFactorForm
    template_name = "accounts/again.html"


class AgainByKey(_Fresh, webauthn.ReauthenticateWebAuthnView):
    """The passkey once more."""

    template_name = "accounts/again_by_key.html"

    def form_invalid(self, form: object) -> HttpResponse:
        """Say so, and let them try again."""
        messages.error(self.request, "密钥没有通过验证；请重试，或换一种方式。")
        return redirect(self.request.get_full_path())


class ChangePassword(account.PasswordChangeView):
    """A new password; all other sessions end."""

    form_class = forms.PasswordForm
    template_name = "accounts/change_password.html"
    success_url = reverse_lazy("mfa_index")

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Tell somebody who has no password where to get a first one."""
        if isinstance(request.user, User) and not request.user.has_usable_password():
            messages.error(
                request, "您的账号还没有密码；请联系本级组织或系统管理员，领取设置密码的链接。"
            )
            return redirect("mfa_index")
        return super().dispatch(request, *args, **kwargs)

    def get_default_success_url(self) -> str:
        """Lead back to the settings."""
        return reverse("mfa_index")


class Sessions(usersessions.ListUserSessionsView):
    """Where one is signed in, and the way to end it elsewhere."""

    template_name = "accounts/sessions.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Say of each session in words on what device it is."""
        context = super().get_context_data(**kwargs)
        for session in context["sessions"]:
            session.device = rules.device_of(session.user_agent)
        return dict(context)

    def form_valid(self, form: object) -> HttpResponse:
        """End the others, or the one that was named."""
        if named := self.request.POST.get("session", ""):
            return self._end_one(named)
        response = super().form_valid(form)
        trail.tell("end_sessions", user=self.request.user)
        return response

    def _end_one(self, named: str) -> HttpResponse:
        mine = UserSession.objects.filter(user_id=self.request.user.pk)
        one = mine.filter(pk=named).first() if named.isdecimal() else None
        if one is None:
            messages.info(self.request, "这处登录已经结束，没有变更。")
            return redirect("usersessions_list")
        device = rules.device_of(one.user_agent)
        end_sessions(self.request, [one])
        trail.tell("end_sessions", user=self.request.user, count=1)
        messages.success(self.request, f"{device}（{one.ip}）上的登录已退出。")
        return redirect("usersessions_list")


@method_decorator(reauthentication_required(app="allauth.socialaccount"), name="post")
class Bindings(social.ConnectionsView):
    """Which accounts of other houses open this one."""

    template_name = "accounts/bindings.html"

    def form_valid(self, form: object) -> HttpResponse:
        """Unbind one, also one of a house that is no longer configured."""
        account = form.cleaned_data["account"]  # type: ignore[attr-defined]
        try:
            return super().form_valid(form)
        except SocialApp.DoesNotExist:
            account.delete()
            trail.tell("unbind", user=self.request.user, provider=account.provider)
            return redirect(self.get_success_url())

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Name what is bound and what could be."""
        known = get_social_adapter().list_providers(self.request)
        labels = {provider.sub_id: provider.app.name for provider in known}
        bound = [
            Bound(
                pk=one.pk, label=labels.get(one.provider, "已停用的登录方式"), since=one.date_joined
            )
            for one in SocialAccount.objects.filter(user=self.request.user).order_by("pk")
        ]
        offered = providers.offered(self.request)
        return {**super().get_context_data(**kwargs), "bound": bound, "providers": offered}
