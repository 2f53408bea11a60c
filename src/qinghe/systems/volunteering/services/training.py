"""Training: what was held, who earned which 学时 at it (S058, S101)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act

State = models.Training.State


@dataclass(frozen=True)
class NewTraining:
    """A training to be entered."""

    title: str
    kind: str
    org: Org
    day: date
    credit_hours: Decimal


@transaction.atomic
def enter_training(*, new: NewTraining, at: datetime, by: Actor) -> models.Training:
    """Enter a training, to come or held. Raises Refused: not_allowed, org_closed, not_quarters."""
    actors.require(by, Act.TRAIN, at=new.org)
    orgs.check_takes_new(org=new.org)
    made = models.Training.objects.create(
        title=new.title.strip(),
        kind=new.kind,
        org=new.org,
        day=new.day,
        quarters=rules.quarters_of(new.credit_hours),
        entered_at=at,
    )
    audit.record(by=by, verb="volunteering.enter_training", subject=made, at=at)
    return made


@transaction.atomic
def credit(
    *,
    training: models.Training,
    volunteers: Collection[models.Volunteer],
    at: datetime,
    by: Actor,
) -> int:
    """Credit who attended, one or a whole roster, and say how many were new. Safe to repeat.

    Raises Refused: not_allowed, wrong_state, not_yet_held, not_registered, nobody.
    """
    actors.require(by, Act.TRAIN, at=training.org)
    kept = models.Training.objects.select_for_update().get(pk=training.pk)
    if kept.state != State.HELD:
        raise Refused("wrong_state", "培训已经取消，没有登记学时。")
    rules.check_held(day=kept.day, today=local_day(at))
    if not volunteers:
        raise Refused("nobody", "名单里没有人，没有登记，请填志愿者编号。")
    for one in volunteers:
        if one.state != models.Volunteer.State.REGISTERED:
            raise Refused(
                "not_registered", f"{one.number}不是已注册志愿者，整份名单没有登记，请核对。"
            )
    known = set(kept.credits.values_list("volunteer_id", flat=True))
    made = models.Credit.objects.bulk_create(
        models.Credit(training=kept, volunteer=one, quarters=kept.quarters, credited_at=at)
        for one in volunteers
        if one.pk not in known
    )
    if made:
        detail = {"rows": len(made)}
        audit.record(by=by, verb="volunteering.credit", subject=kept, at=at, detail=detail)
    return len(made)


@transaction.atomic
def strike_credit(*, found: models.Credit, reason: str, at: datetime, by: Actor) -> models.Credit:
    """Strike out a credit that was not earned. Raises Refused: not_allowed, reason_needed, wrong_state."""
    rules.check_reason(reason)
    rows = models.Credit.objects.select_for_update(of=("self",)).select_related("training__org")
    kept = rows.get(pk=found.pk)
    actors.require(by, Act.TRAIN, at=kept.training.org)
    if kept.struck_at:
        raise Refused("wrong_state", "这条学时已经取消，没有改动。")
    kept.struck_at, kept.reason = at, reason.strip()
    kept.save(update_fields=["struck_at", "reason"])
    audit.record(
        by=by,
        verb="volunteering.strike_credit",
        subject=kept.training,
        at=at,
        detail={"reason": reason},
    )
    return kept


@transaction.atomic
def cancel_training(
    *, training: models.Training, reason: str, at: datetime, by: Actor
) -> models.Training:
    """Call a training off; what was credited at it counts no more.

    Raises Refused: not_allowed, reason_needed, wrong_state.
    """
    rules.check_reason(reason)
    actors.require(by, Act.TRAIN, at=training.org)
    kept = models.Training.objects.select_for_update().get(pk=training.pk)
    if kept.state != State.HELD:
        raise Refused("wrong_state", "培训已经取消，没有改动。")
    kept.state = State.CANCELLED
    kept.save(update_fields=["state"])
    audit.record(
        by=by, verb="volunteering.cancel_training", subject=kept, at=at, detail={"reason": reason}
    )
    return kept
