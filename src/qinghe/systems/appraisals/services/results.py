"""Bringing in what a past year's review on paper came to, for a district that moves in."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.bulk import update_many
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.appraisals import models, rules
from qinghe.systems.appraisals.access import Act

from .held import Held

Line = models.Line
Roll = models.Roll
State = models.Roll.State
Standing = models.Standing
FIELDS = (
    *("standing", "reason", "grade", "final_on", "registered_on"),
    *("deferred_on", "deferred_until", "deferred_for"),
)


class ReadyResult(NamedTuple):
    """What a past review came to for one line: a grade or why there is none; registered or put off."""

    line_id: int
    grade: str
    reason: str  # why there is no grade, or why somebody is put off
    on: date
    registered_on: date | None = None
    deferred_until: date | None = None


@transaction.atomic
def bring_results(
    *, ready: Sequence[ReadyResult], at: datetime, by: Actor, source: Mapping[str, object]
) -> int:
    """Write a chunk of results of a campaign that is over; their branches are registered by it.

    Raises Refused: not_allowed, campaign_runs, final_already, over_the_cap.
    """
    lines = Line.objects.filter(pk__in=[row.line_id for row in ready])
    rolls = list(
        Roll.objects.select_for_update(of=("self",))
        .filter(pk__in=lines.order_by().values("roll"))
        .select_related("campaign__org")
        .order_by("pk")
    )
    today = local_day(at)
    for campaign in {roll.campaign for roll in rolls}:
        actors.require(by, Act.RUN, at=campaign.org)
        if campaign.closes_on > today:
            raise Refused("campaign_runs", f"{campaign}还没有截止，请由支部逐步办理，没有导入。")
    if lines.filter(final_on__isnull=False).exists():
        raise Refused("final_already", "有团员的等次已经批准，没有导入；需要改动的请办理更正。")
    update_many(Line, fields=FIELDS, rows=[_values(row) for row in ready])
    last = max((row.on for row in ready), default=today)
    for roll in rolls:
        Held.recount(roll)
        if roll.state != State.REGISTERED:
            _close(roll, on=last, by=by)
    audit.record_many(
        by=by,
        verb="appraisals.bring_results",
        model=Line,
        ids=[row.line_id for row in ready],
        at=at,
        detail=source,
    )
    return len(ready)


def _close(roll: Roll, *, on: date, by: Actor) -> None:
    roll.state, roll.approved_on, roll.approved_by_id = State.REGISTERED, on, by.person_id
    roll.registered_on = on
    roll.save(update_fields=["state", "approved_on", "approved_by", "registered_on"])


def _values(row: ReadyResult) -> tuple[object, ...]:
    if not row.grade:
        return (Standing.ABSENT, row.reason, "", None, None, None, None, "", row.line_id)
    put_off = row.deferred_until is not None
    passes = row.grade in rules.PASSING and not put_off
    return (
        Standing.IN,
        "",
        row.grade,
        row.on,
        row.registered_on if passes else None,
        row.on if put_off else None,
        row.deferred_until,
        row.reason if put_off else "",
        row.line_id,
    )
