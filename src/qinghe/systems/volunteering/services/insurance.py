"""Insurance policies: entered once, ended early with a reason (V-02, V-39)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act


@dataclass(frozen=True)
class NewPolicy:
    """A policy to be entered."""

    insurer: str
    number: str
    org: Org
    starts_on: date
    ends_on: date
    covers: str


@transaction.atomic
def enter_policy(*, new: NewPolicy, at: datetime, by: Actor) -> models.Policy:
    """Enter a policy. Raises Refused: not_allowed, org_closed, wrong_order, number_taken."""
    actors.require(by, Act.INSURE, at=new.org)
    orgs.check_takes_new(org=new.org)
    rules.check_order(first=new.starts_on, then=new.ends_on, what="保障截止")
    if models.Policy.objects.filter(insurer=new.insurer, number=new.number).exists():
        raise Refused("number_taken", f"保单{new.number}已登记，没有重复登记，请核对。")
    made = models.Policy.objects.create(
        insurer=new.insurer,
        number=new.number,
        org=new.org,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        covers=new.covers.strip(),
        entered_at=at,
    )
    audit.record(by=by, verb="volunteering.enter_policy", subject=made, at=at)
    return made


@transaction.atomic
def end_policy(
    *, policy: models.Policy, on: date, reason: str, at: datetime, by: Actor
) -> models.Policy:
    """End a policy early: its last day of cover comes sooner; sessions already published stay.

    Raises Refused: not_allowed, reason_needed, wrong_state, wrong_order.
    """
    rules.check_reason(reason)
    actors.require(by, Act.INSURE, at=policy.org)
    kept = models.Policy.objects.select_for_update().get(pk=policy.pk)
    if kept.ended_on or on >= kept.ends_on:
        raise Refused("wrong_state", "保单已经终止，或终止日期不早于保障截止，没有改动。")
    rules.check_order(first=kept.starts_on, then=on, what="终止")
    kept.ended_on, kept.reason = on, reason.strip()
    kept.save(update_fields=["ended_on", "reason"])
    audit.record(
        by=by, verb="volunteering.end_policy", subject=kept, at=at, detail={"reason": reason}
    )
    return kept
