"""What the two sides decide about a transfer, and what time decides."""

from datetime import datetime

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib import sentences
from qinghe.lib.periods import local_day
from qinghe.systems.transfers import models, queries, rules

from .telling import Telling
from .ways import Kind, State, Transfer, Way


@transaction.atomic
def approve_transfer(*, transfer: Transfer, at: datetime, by: Actor) -> Transfer:
    """Agree for the side whose turn it is: let the member go, or take them in (T-60).

    Raises Refused: not_allowed, own_transfer, wrong_state, paused, moved_meanwhile, not_on_roll.
    """
    way = Way.held(transfer, at=at, by=by)
    kept = way.transfer
    way.require_desk()
    rules.check_not_paused(suspended_on=kept.suspended_on)
    if kept.state == State.OUT_PENDING:
        way.place()
        kept.let_go_on = way.today
    else:
        way.check_acceptable()
        kept.accepted_on = way.today
    way.put_on(State.IN_PENDING)
    kept.save()
    way.note("transfers.approve", **_desk(kept))
    way.tell(
        "组织关系转接有进展",
        f"转往{kept.target}：{'转入方已接收，待编入团支部' if kept.accepted_on else '转出方已同意'}。",
    )
    return kept


@transaction.atomic
def reject_transfer(*, transfer: Transfer, reason: str, at: datetime, by: Actor) -> Transfer:
    """Return a transfer to the side that began, which may mend it and send it again (T-65).

    Raises Refused: not_allowed, own_transfer, wrong_state, paused, reason_needed.
    """
    way = Way.held(transfer, at=at, by=by)
    kept = way.transfer
    way.require_desk()
    rules.check_move(now=kept.state, to=State.REJECTED)
    rules.check_not_paused(suspended_on=kept.suspended_on)
    kept.reason = rules.check_reason(reason)
    at_desk = kept.desk.name
    way.put_on(State.REJECTED)
    kept.let_go_on = kept.accepted_on = None
    kept.save()
    way.note("transfers.reject", reason=kept.reason)
    way.tell(
        "组织关系转接被退回",
        f"转往{kept.target}的转接被{at_desk}退回：{sentences.inside(kept.reason)}。修改后可以再次提交。",
    )
    return kept


@transaction.atomic
def withdraw_transfer(*, transfer: Transfer, reason: str, at: datetime, by: Actor) -> Transfer:
    """Take back a transfer that one's side began, before the member is placed.

    Raises Refused: not_allowed, wrong_state, reason_needed.
    """
    way = Way.held(transfer, at=at, by=by)
    kept = way.transfer
    way.require_side()
    rules.check_move(now=kept.state, to=State.WITHDRAWN)
    kept.reason = rules.check_reason(reason)
    kept.close(State.WITHDRAWN, on=way.today)
    kept.save()
    way.note("transfers.withdraw", reason=kept.reason)
    way.tell(
        "组织关系转接已撤回",
        f"转往{kept.target}的转接已撤回：{sentences.inside(kept.reason)}。团籍仍在原来的团支部。",
    )
    return kept


@transaction.atomic
def suspend_transfer(*, transfer: Transfer, reason: str, at: datetime, by: Actor) -> Transfer:
    """Let a transfer rest, with a reason; the days of the pause do not count.

    Raises Refused: not_allowed, own_transfer, wrong_state, paused, reason_needed.
    """
    way = Way.held(transfer, at=at, by=by)
    kept = way.transfer
    _check_waiting(kept)
    way.require_desk()
    rules.check_not_paused(suspended_on=kept.suspended_on)
    kept.pause = rules.check_reason(reason)
    kept.suspended_on = way.today
    kept.save(update_fields=["pause", "suspended_on"])
    way.note("transfers.suspend", reason=kept.pause)
    way.tell(
        "组织关系转接暂停办理",
        f"转往{kept.target}的转接暂停办理：{sentences.inside(kept.pause)}。",
    )
    return kept


@transaction.atomic
def resume_transfer(*, transfer: Transfer, at: datetime, by: Actor) -> Transfer:
    """Go on with a transfer that rested. Raises Refused: not_allowed, own_transfer, wrong_state."""
    way = Way.held(transfer, at=at, by=by)
    kept = way.transfer
    _check_waiting(kept)
    way.require_desk()
    rules.check_paused(suspended_on=kept.suspended_on)
    if kept.suspended_on and kept.due_on:
        kept.due_on = rules.resumed_due(
            due_on=kept.due_on, paused_on=kept.suspended_on, today=way.today
        )
    kept.suspended_on, kept.pause = None, ""
    kept.save(update_fields=["pause", "suspended_on", "due_on"])
    way.note("transfers.resume", **_desk(kept))
    return kept


@transaction.atomic
def expire_due(*, at: datetime, by: Actor | str) -> int:
    """Void what has run out of its days (T-64), all at once; safe to repeat, right after a pause too.

    Nobody is moved by it: the members stay where they stand. Where the district lets late ones
    stand, nothing lapses.
    """
    today = local_day(at)
    if not queries.terms_on(by, today).lapses:
        return 0
    late = queries.held_rows(by).filter(state__in=rules.LAPSING, due_on__lt=today).order_by("pk")
    lapsed = [
        one
        for one in late
        if rules.has_lapsed(
            state=one.state,
            due_on=one.due_on,
            accepted=one.accepted_on is not None,
            leads_out=one.kind == Kind.OUT,
            paused=one.suspended_on is not None,
            today=today,
        )
    ]
    for one in lapsed:
        one.close(State.EXPIRED, on=today)
    models.Transfer.objects.bulk_update(lapsed, ["state", "closed_on"], batch_size=200)
    ids = [one.pk for one in lapsed]
    audit.record_many(by=by, verb="transfers.expire", model=Transfer, ids=ids, at=at)
    if lapsed:
        Telling(at, by).say(
            lapsed,
            title="组织关系转接超期作废",
            text="一件组织关系转接超过办理期限，已经作废；团籍仍在原来的团支部，可以重新发起。",
        )
    return len(lapsed)


def _check_waiting(kept: Transfer) -> None:
    rules.check_move(now=kept.state, to=State.REJECTED)


def _desk(kept: Transfer) -> dict[str, str]:
    return {"desk": kept.desk.name, "due": str(kept.due_on or "")}
