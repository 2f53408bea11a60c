"""Support sessions: a role lent to a system administrator, in the open and for a short while."""

from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import models, rules
from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs.models import Org
from qinghe.lib.verdicts import Refused


@transaction.atomic
def start_support(
    *, org: Org, role: Role, reason: str, ends_at: datetime, at: datetime, by: Actor
) -> models.SupportSession:
    """Lend a role at an organisation to the system administrator who asks, from now on.

    Raises Refused: not_allowed, not_lendable, wrong_seat, too_long, already_open.
    """
    if not any(held.role is Role.SYSADMIN for held in by.holdings):
        raise Refused("not_allowed", "只有系统管理员可以发起支持会话，没有任何改动。")
    rules.check_support(role=role, org=org, starts_at=at, ends_at=ends_at)
    _close_overdue(admin_id=by.person_id, at=at)
    if models.SupportSession.objects.filter(admin_id=by.person_id, ended_at=None).exists():
        raise Refused("already_open", "您还有一个支持会话没有结束，请先结束它。")
    session = models.SupportSession.objects.create(
        admin_id=by.person_id, org=org, role=role, reason=reason, starts_at=at, ends_at=ends_at
    )
    audit.record(
        by=by,
        verb="access.start_support",
        subject=session,
        at=at,
        detail={"org": org.code, "role": role.label, "reason": reason},
    )
    return session


@transaction.atomic
def end_support(
    *, session: models.SupportSession, at: datetime, by: object
) -> models.SupportSession:
    """Take the lent role back before its time. Raises Refused: already_ended."""
    if session.ended_at or session.ends_at <= at:
        raise Refused("already_ended", "这个支持会话已经结束，没有变更。")
    session.ended_at = at
    session.save(update_fields=["ended_at"])
    audit.record(by=by, verb="access.end_support", subject=session, at=at)
    return session


def _close_overdue(*, admin_id: int, at: datetime) -> None:
    overdue = models.SupportSession.objects.filter(
        admin_id=admin_id, ended_at=None, ends_at__lte=at
    )
    for session in overdue:
        session.ended_at = session.ends_at
        session.save(update_fields=["ended_at"])
