"""Programmes, their courses, and the lecturers of a team."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import check_not_future, local_day
from qinghe.lib.verdicts import Refused, check_reason
from qinghe.systems.training import models, rules
from qinghe.systems.training.access import Act

Course = models.Course
Lecturer = models.Lecturer
Programme = models.Programme
Source = Mapping[str, object]


@dataclass(frozen=True)
class NewProgramme:
    """A programme to be set up."""

    code: str
    title: str
    kind: str
    org: Org
    about: str = ""


@dataclass(frozen=True)
class NewCourse:
    """A course of a programme."""

    programme: Programme
    title: str
    quarters: int
    is_examined: bool = False
    about: str = ""


@dataclass(frozen=True)
class NewLecturer:
    """Somebody to speak for a team: a person here, or a guest by name."""

    team: Programme
    subjects: str
    sender: str
    joined_on: date
    person: Person | None = None
    name: str = ""


class ReadyLecturer(NamedTuple):
    """A lecturer that a file tells of, checked."""

    team_id: int
    person_id: int | None
    name: str
    subjects: str
    sender: str
    joined_on: date


@transaction.atomic
def open_programme(*, new: NewProgramme, at: datetime, by: Actor) -> Programme:
    """Set up a programme. Raises Refused: not_allowed, org_closed, code_taken, name_taken."""
    actors.require(by, Act.RUN, at=new.org)
    orgs.check_takes_new(org=new.org)
    code = new.code.strip().upper()
    if Programme.objects.filter(code=code).exists():
        raise Refused("code_taken", f"编号{code}已经用过，没有保存；请换一个编号。")
    if Programme.objects.filter(org=new.org, title=new.title).exists():
        raise Refused("name_taken", f"“{new.title}”已经登记，没有重复保存。")
    made = Programme.objects.create(
        code=code,
        title=new.title,
        kind=new.kind,
        org=new.org,
        about=new.about,
        opened_on=local_day(at),
    )
    audit.record(by=by, verb="training.open_programme", subject=made, at=at)
    return made


@transaction.atomic
def end_programme(*, programme: Programme, reason: str, at: datetime, by: Actor) -> Programme:
    """End a programme; what it has planned still takes place.

    Raises Refused: not_allowed, wrong_state, reason_needed.
    """
    check_reason(reason)
    programme = _programme(programme, act=Act.RUN, by=by)
    if programme.ended_on:
        raise Refused("wrong_state", "这个项目已经结束，没有改动。")
    programme.ended_on = local_day(at)
    programme.save(update_fields=["ended_on"])
    audit.record(
        by=by, verb="training.end_programme", subject=programme, at=at, detail={"reason": reason}
    )
    return programme


@transaction.atomic
def add_course(*, new: NewCourse, at: datetime, by: Actor) -> Course:
    """Add a course. Raises Refused: not_allowed, programme_ended, name_taken, no_hours."""
    programme = _open_programme(new.programme, act=Act.RUN, at=at, by=by)
    if new.quarters < 1:
        raise Refused("no_hours", "学时须大于0，请改正。")
    if programme.courses.filter(title=new.title).exists():
        raise Refused("name_taken", f"“{new.title}”已经登记，没有重复保存。")
    made = Course.objects.create(
        programme=programme,
        title=new.title,
        quarters=new.quarters,
        is_examined=new.is_examined,
        about=new.about,
    )
    audit.record(by=by, verb="training.add_course", subject=made, at=at)
    return made


@transaction.atomic
def take_in_lecturer(*, new: NewLecturer, at: datetime, by: Actor) -> Lecturer:
    """Take a lecturer into a team.

    Raises Refused: not_allowed, not_a_team, programme_ended, name_needed, in_future,
    lecturer_already.
    """
    team = _open_programme(new.team, act=Act.SEND, at=at, by=by)
    rules.check_a_team(kind=team.kind)
    rules.check_named(has_person=new.person is not None, name=new.name)
    check_not_future(day=new.joined_on, today=local_day(at), what="入队")
    there = team.lecturers.filter(left_on__isnull=True, person=new.person, name=new.name.strip())
    if there.exists():
        raise Refused("lecturer_already", "这位讲师已经在队，没有重复登记。")
    made = Lecturer.objects.create(
        team=team,
        person=new.person,
        name=new.name.strip(),
        subjects=new.subjects,
        sender=new.sender,
        joined_on=new.joined_on,
    )
    audit.record(by=by, verb="training.take_in_lecturer", subject=made, at=at)
    return made


@transaction.atomic
def let_go_lecturer(*, lecturer: Lecturer, reason: str, at: datetime, by: Actor) -> Lecturer:
    """Let a lecturer leave the team from today; what they gave stays on their record.

    Raises Refused: not_allowed, wrong_state, reason_needed, still_expected.
    """
    check_reason(reason)
    found = Lecturer.objects.select_for_update(of=("self",)).select_related("team__org")
    kept = found.get(pk=lecturer.pk)
    actors.require(by, Act.SEND, at=kept.team.org)
    if kept.left_on:
        raise Refused("wrong_state", "这位讲师已经离队，没有改动。")
    rules.check_free_to_go(ahead=_ahead(kept))
    kept.left_on = local_day(at)
    kept.save(update_fields=["left_on"])
    audit.record(
        by=by, verb="training.let_go_lecturer", subject=kept, at=at, detail={"reason": reason}
    )
    return kept


@transaction.atomic
def take_in_many(*, ready: Sequence[ReadyLecturer], at: datetime, by: Actor, source: Source) -> int:
    """Take in a chunk of lecturers, as a workbook tells of them."""
    made = Lecturer.objects.bulk_create(Lecturer(**row._asdict()) for row in ready)
    audit.record_many(
        by=by,
        verb="training.take_in_many",
        model=Lecturer,
        ids=[one.pk for one in made],
        at=at,
        detail=source,
    )
    return len(made)


def _ahead(lecturer: Lecturer) -> int:
    planned = lecturer.classes.filter(state=models.Class.State.PLANNED).count()
    accepted = lecturer.lectures.filter(state=models.Lecture.State.ACCEPTED).count()
    announced = lecturer.webcasts.filter(state=models.Webcast.State.PUBLISHED).count()
    return planned + accepted + announced


def _programme(programme: Programme, *, act: Act, by: Actor) -> Programme:
    found = Programme.objects.select_for_update(of=("self",)).select_related("org")
    kept = found.get(pk=programme.pk)
    actors.require(by, act, at=kept.org)
    return kept


def _open_programme(programme: Programme, *, act: Act, at: datetime, by: Actor) -> Programme:
    kept = _programme(programme, act=act, by=by)
    rules.check_still_open(ended_on=kept.ended_on, day=local_day(at), title=kept.title)
    return kept
