"""What administrators do with accounts, and what happens to passwords and factors.

The caller has asked whether the actor may.
"""

from collections.abc import Iterable
from datetime import datetime
from importlib import import_module

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from qinghe.kernel.access.actors import Role
from qinghe.kernel.audit import services as audit
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused

from . import models, rules, sealed, trail, validators

PRIMARY = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@transaction.atomic
def issue_password_link(*, user: User, at: datetime, by: object) -> str:
    """Return the path at which somebody sets a password, once, within a day.

    It dies when a password is set and when its owner signs in. A second factor stays as it is.
    Raises Refused: disabled.
    """
    if not user.is_active:
        raise Refused("disabled", "这个账号已停用，没有生成链接；请先恢复账号。")
    key = default_token_generator.make_token(user)
    audit.record(by=by, verb="accounts.issue_link", subject=user, at=at)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])


@transaction.atomic
def reset_factors(*, user: User, reason: str, at: datetime, by: object) -> int:
    """Remove every second factor of somebody who lost them, end their sessions, count the factors.

    At the next sign-in a new one is enrolled before anything else where the post needs one.
    Raises Refused: no_factor.
    """
    factors = Authenticator.objects.filter(user=user)
    count = factors.filter(type__in=PRIMARY).count()
    if not count:
        raise Refused("no_factor", "这个账号没有第二重验证，没有变更。")
    factors.delete()
    sealed.drop_unused(user=user)
    audit.record(
        by=by, verb="accounts.remove_factor", subject=user, at=at, detail={"reason": reason}
    )
    end_sessions(user=user, at=at, by=by)
    return count


@transaction.atomic
def end_sessions(*, user: User, at: datetime, by: object) -> int:
    """Sign somebody out everywhere, and count the sessions."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        store.delete(session.session_key)
        session.delete()
    audit.record(
        by=by,
        verb="accounts.end_sessions",
        subject=user,
        at=at,
        detail={"count": len(sessions)},
    )
    return len(sessions)


@transaction.atomic
def keep_password(*, user: User, password: str) -> None:
    """Set the password that its owner chose."""
    if settings.QINGHE_DENGBAO:
        _remember_former(user, at=timezone.now())
    user.set_password(password)
    user.save(update_fields=["password"])
    trail.tell("change_password", user=user)


def may_remove(factor: Authenticator) -> bool:
    """Test if a factor may go: the last one of a post that needs one stays."""
    others = Authenticator.objects.filter(user_id=factor.user_id, type__in=PRIMARY)
    return others.exclude(pk=factor.pk).exists() or not needs_factor(
        validators.roles_of(factor.user)
    )


def needs_factor(roles: Iterable[Role]) -> bool:
    """Test if somebody with these roles needs a second factor today (docs/adr/0048)."""
    return rules.needs_factor(
        roles,
        on=local_day(timezone.now()),
        below_street_from=settings.QINGHE_SECOND_FACTOR_BELOW_STREET,
    )


def has_factor(user: User) -> bool:
    """Test if somebody has enrolled a second factor."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=PRIMARY).exists()


def set_password_at(user: User) -> datetime:
    """Return when the password was set, as far as it is known."""
    newest = models.FormerPassword.objects.filter(user=user).order_by("-replaced_at").first()
    return newest.replaced_at if newest else user.date_joined


def _remember_former(user: User, *, at: datetime) -> None:
    former = models.FormerPassword.objects
    former.create(user=user, encoded=user.password, replaced_at=at)
    kept = former.filter(user=user).order_by("-replaced_at", "-pk").values_list("pk", flat=True)
    former.filter(user=user).exclude(pk__in=list(kept[: rules.HISTORY])).delete()
