"""Registering a branch's members for the year, all in one act, with those who are put off (T-43)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

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
KEPT = (
    "due", "took_part", "top", "graded", "registered", "deferred", "registered_on", "state",
)  # fmt: skip
DEFERRED = ("deferred_on", "deferred_until", "deferred_for")


@transaction.atomic
def register(
    *, roll: Roll, deferred: Mapping[int, str], months: int, at: datetime, by: Actor
) -> Roll:
    """Register all of a branch who are 基本合格 or better, but those put off, each with the reason.

    Raises Refused: not_allowed, wrong_step, bad_months, cannot_register, reason_needed, roll_changed.
    """
    kept = Held.kept(roll.pk, act=Act.KEEP, by=by)
    rules.check_move(kept.state, after=State.REGISTERED)
    today = local_day(at)
    if deferred:
        terms = kept.campaign.terms
        rules.check_defer_months(months, least=terms.defer_least, most=terms.defer_most)
        _defer(kept, deferred, months=months, at=at)
    Line.objects.filter(
        roll=kept, final_on__isnull=False, grade__in=sorted(rules.PASSING), deferred_on__isnull=True
    ).update(registered_on=today)
    kept.registered_on, kept.state = today, State.REGISTERED
    kept.save(update_fields=["registered_on", "state"])
    Held.recount(kept)
    detail = {"registered": kept.registered, "deferred": kept.deferred}
    audit.record(by=by, verb="appraisals.register", subject=kept, at=at, detail=detail)
    return kept


@transaction.atomic
def register_many(*, rolls: Sequence[int], at: datetime, by: Actor) -> int:
    """Register the branches of a chunk whose grades are approved; return how many that were.

    Each is what `register` does with nobody put off, with an entry of its own in the trail. Whoever
    is not ready is left as it is: what was done meanwhile, or sent back, so needs no care, and a
    chunk may be run again. Raises Refused: not_allowed, over_the_cap.
    """
    today = local_day(at)
    held = Roll.objects.select_for_update(of=("self",)).select_related("org").order_by("pk")
    ready = list(held.filter(pk__in=rolls, state=State.APPROVED))
    for roll in ready:
        actors.require(by, Act.KEEP, at=roll.org)
        rules.check_move(roll.state, after=State.REGISTERED)
    Line.objects.filter(
        roll__in=ready,
        final_on__isnull=False,
        grade__in=sorted(rules.PASSING),
        deferred_on__isnull=True,
    ).update(registered_on=today)
    Held.counts_of(ready)
    for roll in ready:
        roll.registered_on, roll.state = today, State.REGISTERED
    rows = [tuple(getattr(roll, name) for name in (*KEPT, "pk")) for roll in ready]
    update_many(Roll, fields=KEPT, rows=rows)
    told = [
        (roll, {"registered": roll.registered, "deferred": roll.deferred, "together": len(ready)})
        for roll in ready
    ]
    audit.record_each(by=by, verb="appraisals.register", told=told, at=at)
    return len(ready)


@transaction.atomic
def register_line(*, line: Line, at: datetime, by: Actor) -> Line:
    """Register one member after the branch was: put off until now, or graded anew.

    Raises Refused: not_allowed, not_yet, registered_already, cannot_register, still_deferred.
    """
    roll = Held.kept(line.roll_id, act=Act.KEEP, by=by)
    if roll.state != State.REGISTERED:
        raise Refused("not_yet", "本支部还没有办理注册，请在支部页面一并办理，没有改动。")
    kept = Held.lines_of(roll, [line.pk])[line.pk]
    today = local_day(at)
    if kept.registered_on:
        raise Refused("registered_already", f"已于{kept.registered_on}注册，一年一次，没有改动。")
    if not kept.final_on or kept.grade not in rules.PASSING:
        raise Refused("cannot_register", "没有基本合格以上的等次，不能注册，没有改动。")
    if kept.deferred_until and today < kept.deferred_until:
        raise Refused("still_deferred", f"暂缓注册到{kept.deferred_until}，期满前不能注册。")
    kept.registered_on = today
    kept.save(update_fields=["registered_on"])
    Held.recount(roll)
    audit.record(by=by, verb="appraisals.register_line", subject=kept, at=at)
    return kept


def _defer(roll: Roll, deferred: Mapping[int, str], *, months: int, at: datetime) -> None:
    lines, today = Held.lines_of(roll, deferred), local_day(at)
    if len(lines) != len(deferred):
        raise Refused("roll_changed", "名单已有变化，没有注册；请刷新页面后再办理。")
    until = rules.months_after(today, months=months)
    rows = []
    for key, line in lines.items():
        rules.check_deferral(grade=line.grade, who=line.person.name)
        rows.append((today, until, rules.check_reason(deferred[key]), key))
    update_many(Line, fields=DEFERRED, rows=rows)
