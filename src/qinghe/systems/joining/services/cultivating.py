"""Cultivation: lessons as they are attended, service, and the end of the time (step 5)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.joining import models, queries, rules
from qinghe.systems.joining.access import Act

from .turns import BRANCH, Turn

Case = models.Case
Lesson = models.Lesson


@dataclass(frozen=True)
class Served:
    """What the branch confirms of an applicant's service, with what proves it (T-13)."""

    hours: int
    volunteer_number: str
    words: str


@transaction.atomic
def add_lesson(
    *, case: Case, on: date, title: str, quarters: int, at: datetime, by: Actor
) -> Lesson:
    """Write down a 团课 that the applicant attended.

    Raises Refused: not_allowed, own_hand, wrong_state, in_future, wrong_order, wrong_length,
    entered_already.
    """
    kept = Turn.locked(case)
    Turn.require(by, kept, awaits=BRANCH)
    _check_open(kept)
    rules.check_lesson(on=on, today=local_day(at), quarters=quarters, since=kept.opened_on)
    named = title.strip()
    if kept.lessons.filter(on=on, title=named, struck_at__isnull=True).exists():
        raise Refused("entered_already", "这一天的这次团课已登记过，没有重复保存。")
    made = Lesson.objects.create(case=kept, on=on, title=named, quarters=quarters)
    detail = {"on": str(on), "lasted": f"{quarters / 4:g}"}
    audit.record(by=by, verb="joining.add_lesson", subject=kept, at=at, detail=detail)
    return made


@transaction.atomic
def strike_lesson(*, lesson: Lesson, reason: str, at: datetime, by: Actor) -> Lesson:
    """Strike out a lesson that was entered in error, while cultivation lasts.

    Raises Refused: not_allowed, reason_needed, wrong_state.
    """
    why = rules.check_reason(reason)
    kept = Turn.locked(lesson.case)
    actors.require(by, Act.RUN, at=kept.org)
    _check_open(kept)
    row = Lesson.objects.select_for_update().get(pk=lesson.pk)
    if row.struck_at:
        raise Refused("wrong_state", "这次团课已经划去，没有改动。")
    row.struck_at, row.reason = at, why
    row.save(update_fields=["struck_at", "reason"])
    audit.record(by=by, verb="joining.strike_lesson", subject=kept, at=at, detail={"reason": why})
    return row


@transaction.atomic
def finish_cultivation(*, case: Case, on: date, served: Served, at: datetime, by: Actor) -> Case:
    """Confirm that the applicant was cultivated long enough, learned enough and served enough (5).

    Raises Refused: not_a_volunteer, too_few_hours, reason_needed and what Turn.take raises.
    """
    told = rules.check_reason(served.words)
    turn = Turn.take(case, 5, on=on, at=at, by=by)
    rules.check_volunteer(
        hours=served.hours,
        number=served.volunteer_number,
        terms=queries.rules_of(by, turn.terms),
    )
    kept = turn.settle(
        on=on,
        by_id=by.person_id,
        hours=served.hours,
        volunteer_number=served.volunteer_number.strip(),
        words=told,
    )
    kept.save()
    audit.record(
        by=by,
        verb="joining.finish_cultivation",
        subject=kept,
        at=at,
        detail={"on": str(on), "hours": served.hours},
    )
    return kept


def _check_open(case: Case) -> None:
    """Refuse lessons where none counts any longer: they come before the 志愿书 (T-11)."""
    if case.state != Case.State.OPEN or case.step > 5:
        raise Refused("wrong_state", "培养考察已结束或申请不在办理中，团课记录不再改动，没有保存。")
