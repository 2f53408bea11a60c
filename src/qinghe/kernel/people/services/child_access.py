"""Asking to read what is sealed about a minor, and another person's decision (S-04, S-05)."""

from datetime import datetime, timedelta

from django.db import transaction

from qinghe.kernel.audit import services as audit
from qinghe.kernel.people import models, queries, rules
from qinghe.kernel.people.models import ChildAccess
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused

from .contacts import Reader

LASTS = timedelta(hours=24)


@transaction.atomic
def ask_child_access(
    *, person: models.Person, reason: str, at: datetime, by: Reader
) -> ChildAccess:
    """Ask to read a minor's contact for a day.

    Raises Refused: reason_needed, not_a_minor, already_asked, already_allowed.
    """
    why = rules.check_reason(reason)
    if not queries.is_minor(person, local_day(at)):
        raise Refused("not_a_minor", "此人已满18周岁，填写事由即可查看，无需申请。")
    if queries.may_read_minor(person, reader_id=by.person_id, at=at):
        raise Refused("already_allowed", "您的查看申请已批准且仍在有效期内，可以直接查看。")
    asked = ChildAccess.objects.filter(
        person=person, asked_by_id=by.person_id, state=ChildAccess.State.ASKED
    )
    if asked.exists():
        raise Refused("already_asked", "您已提交过查看申请，正在等待审批，没有重复提交。")
    access = ChildAccess.objects.create(
        person=person, asked_by_id=by.person_id, reason=why, asked_at=at
    )
    _record("people.ask_child_access", access, at=at, by=by)
    return access


@transaction.atomic
def approve_child_access(*, access: ChildAccess, at: datetime, by: Reader) -> ChildAccess:
    """Let the one who asked read for a day. The caller has checked the act of who approves.

    Raises Refused: own_wish, already_decided.
    """
    return _decide(access, state=ChildAccess.State.APPROVED, answer="", at=at, by=by)


@transaction.atomic
def refuse_child_access(
    *, access: ChildAccess, reason: str, at: datetime, by: Reader
) -> ChildAccess:
    """Tell the one who asked that they may not, and why.

    Raises Refused: reason_needed, own_wish, already_decided.
    """
    answer = rules.check_reason(reason)
    return _decide(access, state=ChildAccess.State.REFUSED, answer=answer, at=at, by=by)


def _decide(
    access: ChildAccess, *, state: ChildAccess.State, answer: str, at: datetime, by: Reader
) -> ChildAccess:
    if access.asked_by_id == by.person_id:
        raise Refused("own_wish", "不能审批本人提出的查看申请，请由另一位负责人审批。")
    decided = ChildAccess.objects.select_for_update().get(pk=access.pk)
    if decided.state != ChildAccess.State.ASKED:
        raise Refused("already_decided", f"这份申请{decided.get_state_display()}，没有变更。")
    decided.state = state
    decided.answer = answer
    decided.decided_by_id = by.person_id
    decided.decided_at = at
    decided.valid_until = at + LASTS if state == ChildAccess.State.APPROVED else None
    decided.save()
    verb = "approve" if state == ChildAccess.State.APPROVED else "refuse"
    _record(f"people.{verb}_child_access", decided, at=at, by=by)
    return decided


def _record(verb: str, access: ChildAccess, *, at: datetime, by: object) -> None:
    detail = {"reason": access.answer or access.reason, "asked_by": access.asked_by.name}
    audit.record(by=by, verb=verb, subject=access.person, at=at, detail=detail)
