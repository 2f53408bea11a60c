"""Open items are claimed by organisations below; the keeper grants them (S077)."""

from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused, check_reason
from qinghe.systems.targets import models, queries, rules
from qinghe.systems.targets.access import Act

from .charging import enter_and_look
from .lists import State as ListState
from .lists import TaskList, _locked

Claim = models.Claim
Item = models.Item
State = models.Claim.State


@transaction.atomic
def claim(*, item: Item, org: Org, words: str, at: datetime, by: Actor) -> Claim:
    """Offer to do an open item in the name of an organisation below the list's keeper.

    Raises Refused: not_allowed, org_closed, reason_needed, not_published, dropped, not_open,
    claimed_already.
    """
    actors.require(by, Act.CARRY, at=org)
    orgs.check_takes_new(org=org)
    check_reason(words)
    task_list = _locked(item.task_list)
    _check_published(task_list)
    item = Item.objects.select_related("task_list__org").get(pk=item.pk)
    rules.check_standing(dropped_on=item.dropped_on)
    if not item.is_open:
        raise Refused("not_open", "这一项不开放认领，或已经有单位牵头，没有提交。")
    if not queries.claimants_for(by, item).filter(pk=org.pk).exists():
        raise Refused("claimed_already", f"{org.name}已经认领过，或不在清单单位下面，没有提交。")
    made = Claim.objects.create(
        item=item, org=org, words=words.strip(), asked_by_id=by.person_id, asked_on=local_day(at)
    )
    audit.record(by=by, verb="targets.claim", subject=made, at=at)
    return made


@transaction.atomic
def grant(*, claim: Claim, at: datetime, by: Actor) -> Claim:
    """Give an item to who claims it: the first is responsible, a later one works along.

    Raises Refused: not_allowed, own_request, not_published, dropped, wrong_state, org_closed.
    """
    kept, item = _asked(claim, by=by)
    rules.check_another(person_id=by.person_id, asked_by=kept.asked_by_id)
    rules.check_move(rules.CLAIM_MOVES, now=kept.state, to=State.GRANTED, what="认领")
    orgs.check_takes_new(org=kept.org)
    if item.lead_id is None:
        item.lead, item.is_open = kept.org, False
        item.save(update_fields=["lead", "is_open"])
        item.joints.remove(kept.org)
    elif item.lead_id != kept.org_id:
        item.joints.add(kept.org)
    enter_and_look(task_list=claim.item.task_list, items=[item.pk], at=at, by=by)
    return _decided(kept, state=State.GRANTED, at=at, by=by)


@transaction.atomic
def refuse_claim(*, claim: Claim, answer: str, at: datetime, by: Actor) -> Claim:
    """Do not give an item to who claims it, and say why.

    Raises Refused: not_allowed, not_published, dropped, reason_needed, wrong_state.
    """
    kept, _ = _asked(claim, by=by)
    check_reason(answer)
    rules.check_move(rules.CLAIM_MOVES, now=kept.state, to=State.REFUSED, what="认领")
    kept.answer = answer.strip()
    return _decided(kept, state=State.REFUSED, at=at, by=by)


@transaction.atomic
def withdraw_claim(*, claim: Claim, at: datetime, by: Actor) -> Claim:
    """Take a claim back before it is answered.

    Raises Refused: not_allowed, wrong_state.
    """
    _locked(claim.item.task_list)
    kept = Claim.objects.select_related("org").get(pk=claim.pk)
    actors.require(by, Act.CARRY, at=kept.org)
    rules.check_move(rules.CLAIM_MOVES, now=kept.state, to=State.WITHDRAWN, what="认领")
    return _decided(kept, state=State.WITHDRAWN, at=at, by=by)


def _asked(claim: Claim, *, by: Actor) -> tuple[Claim, Item]:
    task_list = _locked(claim.item.task_list)
    actors.require(by, Act.KEEP, at=task_list.org)
    _check_published(task_list)
    kept = Claim.objects.select_related("org").get(pk=claim.pk)
    item = Item.objects.get(pk=kept.item_id)
    rules.check_standing(dropped_on=item.dropped_on)
    return kept, item


def _check_published(task_list: TaskList) -> None:
    if task_list.state != ListState.PUBLISHED:
        raise Refused("not_published", "清单没有发布或已经办结，不能认领，没有改动。")


def _decided(kept: Claim, *, state: State, at: datetime, by: Actor) -> Claim:
    kept.state = state
    kept.decided_by_id, kept.decided_on = by.person_id, local_day(at)
    kept.save()
    verbs = {
        State.GRANTED: "targets.grant",
        State.REFUSED: "targets.refuse_claim",
        State.WITHDRAWN: "targets.withdraw_claim",
    }
    audit.record(by=by, verb=verbs[state], subject=kept, at=at)
    return kept
