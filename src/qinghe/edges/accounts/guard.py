"""The clock of a session, and what somebody still has to show before any page opens."""

from dataclasses import dataclass
from datetime import UTC, datetime

from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.models import Authenticator
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from qinghe.edges.web import context as house
from qinghe.kernel import courtesy
from qinghe.kernel.access.actors import Actor

from . import rules, sealed, services

BEGAN, SEEN = "accounts_began", "accounts_seen"
DOOR = "accounts_by_the_demo_door"
SEEN_EVERY = 60  # seconds: one write a minute for whoever works
UNATTENDED = "X-Unattended"  # a page asks by itself whether there is news: nobody need be there


@dataclass(frozen=True)
class Held:
    """Why somebody who is signed in goes no further yet, and where to go instead."""

    code: str
    reason: str
    url: str


def begin(request: HttpRequest) -> None:
    """Start the clock of a session."""
    request.session[BEGAN] = request.session[SEEN] = int(timezone.now().timestamp())


def why_over(request: HttpRequest, actor: Actor) -> str:
    """Return why the session is over, as a sentence; empty while it is not."""
    if BEGAN not in request.session:
        return ""
    roles = [held.role for held in actor.holdings]
    return rules.why_over(
        began=_moment(request.session[BEGAN]),
        seen=_moment(request.session[SEEN]),
        at=timezone.now(),
        limits=rules.limits_for(roles, table=settings.QINGHE_SESSION_MINUTES),
        may_rest=request.method == "GET" and request.path in settings.QINGHE_HANGS_ON_A_WALL,
    )


def note_seen(request: HttpRequest) -> None:
    """Move the clock of a session on, and list the session; at most once a minute."""
    if UNATTENDED in request.headers and SEEN in request.session:
        return
    now = int(timezone.now().timestamp())
    if now - request.session.get(SEEN, 0) < SEEN_EVERY:
        return
    with courtesy.left_out_when_busy():
        UserSession.objects.create_from_request(request)
        request.session.setdefault(BEGAN, now)
        request.session[SEEN] = now


def held_back(request: HttpRequest, actor: Actor) -> Held | None:
    """Return what somebody has to do first: the second factor (S-33), then the password's age."""
    user = request.user
    if not isinstance(user, User) or came_by_the_door(request):
        return None
    roles = [held.role for held in actor.holdings]
    wanted = settings.QINGHE_SECOND_FACTOR and services.needs_factor(roles)
    if wanted and not _has_shown_factor(request, user):
        return _factor_wanted(request, user)
    if settings.QINGHE_DENGBAO and rules.is_staff(roles) and _has_old_password(user):
        return Held(
            code="password_too_old",
            reason="密码已满 90 天，请先更换，再继续办理；已有内容都没有改动。",
            url=reverse("account_change_password"),
        )
    return None


def came_by_the_door(request: HttpRequest) -> bool:
    """Test if this is a visitor of a demo; in a database of real records nobody is."""
    return bool(request.session.get(DOOR)) and house.DEMO()


def factor_changed(request: HttpRequest, *, shown: Authenticator | None = None) -> None:
    """End the owner's other sessions; a factor just enrolled counts as shown in this one."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("a factor belongs to somebody who is signed in")
    if shown:
        record_authentication(
            request, user, "mfa", id=shown.pk, type=shown.type, reauthenticated=True
        )
    sealed.drop_unused(user=user)
    end_other_sessions(request, user)


def rotate(request: HttpRequest) -> None:
    """Give the session a new number, so that an older one is worth nothing."""
    old = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=old).update(session_key=request.session.session_key)


def _has_shown_factor(request: HttpRequest, user: User) -> bool:
    return any(one["method"] == "mfa" for one in get_authentication_records(request, user))


def _has_old_password(user: User) -> bool:
    set_at = services.set_password_at(user)
    return user.has_usable_password() and rules.is_too_old(set_at=set_at, at=timezone.now())


def _factor_wanted(request: HttpRequest, user: User) -> Held:
    if services.has_factor(user):
        next_url = request.get_full_path() if request.method == "GET" else "/"
        return Held(
            code="second_factor",
            reason="您的岗位要求第二重验证，请先验证，再继续办理；已有内容都没有改动。",
            url=f"{reverse('mfa_reauthenticate')}?{urlencode({'next': next_url})}",
        )
    return Held(
        code="second_factor",
        reason="您的岗位要求第二重验证，请先添加一种，再继续办理；已有内容都没有改动。",
        url=reverse("mfa_index"),
    )


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)
