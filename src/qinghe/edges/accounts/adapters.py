"""Where allauth asks the house: who may come in, what is written down, in which words."""

import logging
import time
from io import BytesIO

import segno
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess, Provider
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from . import attempts, guard, sealed, services, trail

logger = logging.getLogger(__name__)

BY_FACTOR = "mfa_reauthenticate"
# What allauth would read from its own text files; what is not here is not said.
SENTENCES = {
    "account/messages/logged_out.txt": "已退出登录。",
    "account/messages/password_changed.txt": "新密码已保存，其他设备上的登录已全部退出。",
    "mfa/messages/totp_activated.txt": "身份验证器已启用，其他设备上的登录已全部退出。",
    "mfa/messages/totp_deactivated.txt": "身份验证器已停用，其他设备上的登录已全部退出。",
    "mfa/messages/webauthn_added.txt": "通行密钥已添加，其他设备上的登录已全部退出。",
    "mfa/messages/webauthn_removed.txt": "通行密钥已移除，其他设备上的登录已全部退出。",
    "mfa/messages/recovery_codes_generated.txt": "已生成一组新的备用码，只显示这一次。",
    "usersessions/messages/sessions_logged_out.txt": "其他设备上的登录已全部退出。",
    "socialaccount/messages/account_connected.txt": "外部账号已绑定，以后可以用它登录。",
    "socialaccount/messages/account_connected_updated.txt": "这个外部账号原来就已绑定，没有变更。",
    "socialaccount/messages/account_connected_other.txt": (
        "这个外部账号已绑定在另一个账号上，没有绑定；请先在那个账号的安全设置里解绑。"
    ),
    "socialaccount/messages/account_disconnected.txt": "外部账号已解绑，不能再用它登录。",
}
LATER = "错误次数过多，暂时不能登录；请过几分钟再试。忘记密码请联系本级组织或系统管理员。"
LABELS = {
    "reauthenticate": "用密码验证",
    BY_FACTOR: "用身份验证器或备用码验证",
    "mfa_reauthenticate:webauthn": "用通行密钥验证",
}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by the house, never by whoever comes along."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": (
            "账号、手机号或密码不正确，没有登录；请核对后重新输入（密码区分大小写）。"
        ),
        "too_many_login_attempts": LATER,  # where no attempt was counted, so none says until when
        "enter_current_password": "当前密码不正确，没有保存；请重新输入。",
        "incorrect_password": "密码不正确；请重新输入。",
        "incorrect_code": "验证码不正确或已过期；请输入最新的验证码。",
        "invalid_password_reset": "这个链接已用过或已过期。",
        "rate_limited": "操作过于频繁；请稍候再试。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Tell allauth that nobody opens an account here."""
        return False

    def add_message(  # allauth's own signature
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, object] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say it in the house's words, or not at all."""
        said = message or SENTENCES.get(message_template or "")
        if said:
            messages.add_message(request, level, said, extra_tags=extra_tags)

    def pre_authenticate(self, request: HttpRequest, **credentials: str) -> None:
        """Count this attempt, or refuse it. Raises ValidationError."""
        login = credentials.get("username", "")
        users = attempts.candidates(login)
        key = attempts.key_for(request, login=login, users=users)
        self._login_failed_rl_usage = ratelimit.consume(
            request, app=attempts.APP, action=attempts.FAILED, key=key
        )
        if self._login_failed_rl_usage:
            return
        if attempts.is_first_told(key):
            trail.tell_refused("locked_out", user=users[0] if len(users) == 1 else None)
        until = attempts.locked_until(request, key=key)
        later = LATER.replace("过几分钟", f"在 {until:%H:%M} 以后")
        raise ValidationError(later, code="too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: str) -> None:
        """Write it down."""
        users = attempts.candidates(credentials.get("username", ""))
        trail.tell_refused("sign_in_failed", user=users[0] if len(users) == 1 else None)

    def login(self, request: HttpRequest, user: User) -> None:
        """Let somebody in, with a new session and its clock at zero."""
        super().login(request, user)
        guard.begin(request)
        methods = [str(record["method"]) for record in get_authentication_records(request, user)]
        trail.tell("sign_in", user=user, by=methods)

    def post_login(self, request: HttpRequest, user: User, **hints: object) -> HttpResponse:
        """Lead to the first page, and remember the browser."""
        response = super().post_login(request, user, **hints)
        attempts.remember_device(request, response, user=user)
        return response

    def logout(self, request: HttpRequest) -> None:
        """Let somebody out; the session is gone on the server too."""
        user = request.user
        super().logout(request)
        if isinstance(user, User):
            trail.tell("sign_out", user=user)

    def set_password(self, user: User, password: str) -> None:
        """Keep a new password."""
        services.keep_password(user=user, password=password)
        key = attempts.key_for(context.request, login=user.username, users=[user])
        ratelimit.clear(context.request, app=attempts.APP, action=attempts.FAILED, key=key)

    def is_reauthentication_required(self, *, app: str, **hints: object) -> bool:
        """Ask again unless the sign-in itself was minutes ago."""
        user = context.request.user
        records = get_authentication_records(context.request, user)
        fresh = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        return not any(record["at"] > fresh for record in records)

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, str]]:
        """Offer the second factor where there is one, else the password."""
        offered = [
            {**method, "description": LABELS[method["id"]]}
            for method in super().get_reauthentication_methods(user)
        ]
        by_factor = [method for method in offered if method["id"].startswith(BY_FACTOR)]
        return by_factor or offered


class MFAAdapter(DefaultMFAAdapter):
    """Second factors: sealed at rest, named in Chinese, kept where a post needs one."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": (
            "您的岗位要求第二重验证，不能移除最后一种，没有变更；请先添加另一种，再移除这一种。"
        ),
        "cannot_generate_recovery_codes": "还没有第二重验证，不能生成备用码；请先添加。",
        "incorrect_code": "验证没有通过，没有变更；请用最新的验证码或本人的密钥重试。",
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret apart and return where it lies."""
        return sealed.put_away(text, user=context.request.user)

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret that was put away."""
        return sealed.fetch(encrypted_text)

    def get_totp_issuer(self) -> str:
        """Name the house in the authenticator app."""
        return "青禾"

    def _get_site_name(self) -> str:
        return "青禾"

    def build_totp_svg(self, url: str) -> str:
        """Draw the code that the authenticator app scans."""
        drawn = BytesIO()
        segno.make(url, error="m").save(drawn, kind="svg", scale=5, border=2, xmldecl=False)
        return drawn.getvalue().decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last factor of those whose post needs one."""
        return services.may_remove(authenticator)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """Propose a name for a key."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return f"通行密钥 {number}"


class SocialAdapter(DefaultSocialAccountAdapter):
    """Another house's account opens only the account that has bound it before."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "no_password": "您的账号还没有密码，解绑后将无法登录，没有解绑；请先设置密码。",
        "connected_other": "这个外部账号已绑定在另一个账号上，没有绑定。",
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Tell allauth that nobody opens an account here."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuse a stranger, and keep nothing of what the other house tells but the number."""
        sociallogin.account.extra_data = {}
        sociallogin.email_addresses = []
        if sociallogin.is_existing:
            sociallogin.account.save(update_fields=["extra_data"])
            return
        if sociallogin.state.get("process") != AuthProcess.CONNECT:
            trail.tell_refused("sign_in_failed", user=None, by=sociallogin.account.provider)
            page = render(request, "accounts/not_bound.html", status=403)
            raise ImmediateHttpResponse(page)

    def on_authentication_error(  # allauth's own signature
        self,
        request: HttpRequest,
        provider: Provider,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, object] | None = None,
    ) -> None:
        """Leave the cause in the log, for whoever configured the other house."""
        logger.warning("sign-in by %s failed: %s %.300r", provider.id, error, exception)
        trail.tell_refused("sign_in_failed", user=None, by=provider.id)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, object], **_: object
    ) -> None:
        """Write down a binding made or undone: here allauth says so to whoever owns the account."""
        account = context["account"]
        if isinstance(account, SocialAccount):
            verb = "bind" if template_prefix.endswith("account_connected") else "unbind"
            trail.tell(verb, user=user, provider=account.provider)
