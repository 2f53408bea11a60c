"""Appointments: entered with what clashes shown, called off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused, check_reason
from qinghe.systems.projects import queries, rules
from qinghe.systems.projects.models import Event, EventPerson, JointProject, Part

from .common import _locked_project, _whose


@dataclass(frozen=True)
class NewEvent:
    """An appointment of a project or of one of its parts."""

    project: JointProject
    part: Part | None
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    people: Sequence[Person] = ()
    settled: str = ""


@transaction.atomic
def enter_event(*, new: NewEvent, at: datetime, by: Actor) -> Event:
    """Put an appointment into the calendar; over a clash only with how it was settled.

    Raises Refused: not_allowed, over, wrong_order, outside, clash.
    """
    project = _locked_project(new.project)
    rules.check_ended(is_ended=project.is_over)
    org = _whose(project, new.part, by=by)
    day = local_day(new.starts_at)
    rules.check_times(
        starts_at=new.starts_at,
        ends_at=new.ends_at,
        is_same_day=local_day(new.ends_at) == day,
    )
    rules.check_within(
        starts_on=day, due_on=day, first=project.starts_on, last=project.ends_on, whose="项目"
    )
    people = list(dict.fromkeys(person.pk for person in new.people))
    wanted = rules.Slot(
        key=0,
        org=org.pk,
        day=day,
        starts_at=new.starts_at,
        ends_at=new.ends_at,
        place=new.place,
        people=frozenset(people),
    )
    found = rules.clashes(wanted, queries.slots_on(by, [day]))
    rules.check_settled(found=found, settled=new.settled)
    made = Event.objects.create(
        project=project,
        part=new.part,
        org=org,
        title=new.title.strip(),
        day=day,
        starts_at=new.starts_at,
        ends_at=new.ends_at,
        place=new.place.strip(),
        place_key=rules.place_key(new.place),
        settled=new.settled.strip(),
        entered_by_id=by.person_id,
    )
    EventPerson.objects.bulk_create(EventPerson(event=made, person_id=key) for key in people)
    audit.record(by=by, verb="projects.enter_event", subject=made, at=at)
    return made


@transaction.atomic
def cancel_event(*, event: Event, reason: str, at: datetime, by: Actor) -> Event:
    """Call an appointment off, with a reason. Raises: not_allowed, over, reason_needed, wrong_state."""
    check_reason(reason)
    project = _locked_project(event.project)
    rules.check_ended(is_ended=project.is_over)
    rows = Event.objects.select_for_update(of=("self",))
    kept = rows.select_related("part__org", "part__above").get(pk=event.pk)
    _whose(project, kept.part, by=by)
    if kept.cancelled_on is not None:
        raise Refused("wrong_state", "这项日程已经取消，没有改动。")
    kept.cancelled_on, kept.reason = local_day(at), reason.strip()
    kept.save(update_fields=["cancelled_on", "reason"])
    detail = {"reason": kept.reason}
    audit.record(by=by, verb="projects.cancel_event", subject=kept, at=at, detail=detail)
    return kept
