"""What the trail is told of comings and goings; allauth's signals are not used for it."""

from django.contrib.auth.models import User
from django.utils import timezone

from qinghe.kernel.access import queries as access
from qinghe.kernel.access.queries import NOBODY
from qinghe.kernel.audit import services as audit
from qinghe.lib import periods

VERBS = {
    "accounts.sign_in": "登录",
    "accounts.sign_in_failed": "登录失败",
    "accounts.sign_out": "退出登录",
    "accounts.change_password": "设置密码",
    "accounts.add_factor": "添加第二重验证",
    "accounts.remove_factor": "移除第二重验证",
    "accounts.locked_out": "登录尝试过多，暂停登录",
    "accounts.issue_link": "发放设置密码的链接",
    "accounts.end_sessions": "结束会话",
    "accounts.bind": "绑定外部账号",
    "accounts.unbind": "解绑外部账号",
}


def tell(verb: str, *, user: User, **detail: object) -> None:
    """Write what somebody did with their own account."""
    at = timezone.now()
    audit.record(
        by=access.actor_of(user, periods.local_day(at)),
        verb=f"accounts.{verb}",
        subject=user,
        at=at,
        detail=detail,
    )


def tell_refused(verb: str, *, user: User | None, **detail: object) -> None:
    """Write what somebody unknown was refused. What was typed as a name may be a password."""
    audit.record_event(
        by=NOBODY,
        verb=f"accounts.{verb}",
        at=timezone.now(),
        detail={"account": user.username if user else "", **detail},
        outcome="refused",
    )
