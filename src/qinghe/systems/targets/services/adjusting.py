"""A share is to be another: asked for with a reason, approved above by somebody else."""

from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused, check_reason
from qinghe.systems.targets import models, rules
from qinghe.systems.targets.access import Act

from .lists import State as ListState
from .lists import _locked
from .shares import _settle
from .watching import look

Adjustment = models.Adjustment
Share = models.Share
State = models.Adjustment.State


def _above(share: Share) -> Org:
    """Return where an adjustment of a share is approved: right above, of the whole at its keeper."""
    return share.parent.org if share.parent else share.org


@transaction.atomic
def ask_adjustment(
    *, share: Share, number: int, reason: str, at: datetime, by: Actor
) -> Adjustment:
    """Ask that a share be another number: by who carries it, or by who gave it.

    Raises Refused: not_allowed, closed, dropped, reason_needed, wrong_number, nothing_changed,
    waits_already.
    """
    share = _held(share)
    if not actors.may(by, Act.CARRY, at=share.org):
        actors.require(by, Act.SPLIT, at=_above(share))
    check_reason(reason)
    rules.check_number(number)
    if number == share.number:
        raise Refused("nothing_changed", f"本来就是{number}，没有提出调整。")
    if share.adjustments.filter(state=State.ASKED).exists():
        raise Refused("waits_already", "已有一项调整在等批准，没有重复提出。")
    made = Adjustment.objects.create(
        share=share,
        before=share.number,
        after=number,
        reason=reason.strip(),
        asked_by_id=by.person_id,
        asked_on=local_day(at),
    )
    detail = {"number": number, "reason": reason}
    audit.record(by=by, verb="targets.ask_adjustment", subject=made, at=at, detail=detail)
    return made


@transaction.atomic
def approve_adjustment(*, adjustment: Adjustment, at: datetime, by: Actor) -> Adjustment:
    """Approve an adjustment: the share becomes the new number, the step is kept, its light follows.

    What is given on below it stays, and a gap that arises is owned by who has it until another is
    named. Of the whole, the item's number changes with it. Raises Refused: not_allowed, own_request,
    closed, dropped, wrong_state.
    """
    adjustment, share = _asked(adjustment)
    actors.require(by, Act.APPROVE, at=_above(share))
    rules.check_another(person_id=by.person_id, asked_by=adjustment.asked_by_id)
    rules.check_move(rules.ADJUSTMENT_MOVES, now=adjustment.state, to=State.APPROVED, what="调整")
    before, share.number = share.number, adjustment.after
    share.save(update_fields=["number"])
    models.ShareStep.objects.create(
        share=share,
        at=at,
        before=before,
        after=share.number,
        reason=adjustment.reason,
        adjustment=adjustment,
        entered_by_id=by.person_id,
    )
    if share.parent is None:
        models.Item.objects.filter(pk=share.item_id).update(target=share.number)
    for each in filter(None, (share, share.parent)):
        _settle(each)
    decided = _decided(adjustment, state=State.APPROVED, at=at, by=by)
    look(items=[share.item_id], at=at, by=by)
    return decided


@transaction.atomic
def refuse_adjustment(
    *, adjustment: Adjustment, answer: str, at: datetime, by: Actor
) -> Adjustment:
    """Refuse an adjustment with a reason; the share stays.

    Raises Refused: not_allowed, closed, dropped, reason_needed, wrong_state.
    """
    adjustment, share = _asked(adjustment)
    actors.require(by, Act.APPROVE, at=_above(share))
    check_reason(answer)
    rules.check_move(rules.ADJUSTMENT_MOVES, now=adjustment.state, to=State.REFUSED, what="调整")
    adjustment.answer = answer.strip()
    return _decided(adjustment, state=State.REFUSED, at=at, by=by)


@transaction.atomic
def withdraw_adjustment(*, adjustment: Adjustment, at: datetime, by: Actor) -> Adjustment:
    """Take back what one asked for.

    Raises Refused: not_allowed, closed, dropped, wrong_state.
    """
    adjustment, _ = _asked(adjustment)
    if adjustment.asked_by_id != by.person_id:
        raise Refused("not_allowed", "只有提出人可以撤回，没有改动。")
    rules.check_move(rules.ADJUSTMENT_MOVES, now=adjustment.state, to=State.WITHDRAWN, what="调整")
    return _decided(adjustment, state=State.WITHDRAWN, at=at, by=by)


def _held(share: Share) -> Share:
    """Return a share as it stands; its list is held, as for a split."""
    task_list = _locked(
        Share.objects.select_related("item__task_list").get(pk=share.pk).item.task_list
    )
    if task_list.state == ListState.CLOSED:
        raise Refused("closed", "清单已经办结，没有改动。")
    kept = Share.objects.select_related("item", "org", "parent__org").get(pk=share.pk)
    rules.check_standing(dropped_on=kept.item.dropped_on)
    return kept


def _asked(adjustment: Adjustment) -> tuple[Adjustment, Share]:
    share = _held(Share(pk=adjustment.share_id))
    return Adjustment.objects.get(pk=adjustment.pk), share


def _decided(adjustment: Adjustment, *, state: State, at: datetime, by: Actor) -> Adjustment:
    adjustment.state = state
    adjustment.decided_by_id, adjustment.decided_on = by.person_id, local_day(at)
    adjustment.save()
    verbs = {
        State.APPROVED: "targets.approve_adjustment",
        State.REFUSED: "targets.refuse_adjustment",
        State.WITHDRAWN: "targets.withdraw_adjustment",
    }
    audit.record(by=by, verb=verbs[state], subject=adjustment, at=at)
    return adjustment
