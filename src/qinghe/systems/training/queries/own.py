"""What training tells somebody about themself and the children beside them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from qinghe.edges.system import Card, Line
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.consent import queries as consent
from qinghe.kernel.consent.models import Notice
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day
from qinghe.systems.training import models, rules

from .classes import enrolments_seen_by, times_of

NEXT = 3
State = models.Enrolment.State


@dataclass(frozen=True)
class Candidate:
    """Somebody whom the actor may sign up, with what is still to be agreed.

    `relation` is empty for oneself; of a child it says what the actor is to them.
    """

    person: Person
    notices: tuple[Notice, ...]
    relation: str = ""
    enrolment: models.Enrolment | None = None


def open_classes(actor: Actor, at: datetime) -> QuerySet[models.Class]:
    """Return the classes that one can still sign up for, the next first: they are for everybody."""
    found = models.Class.objects.filter(state=models.Class.State.PLANNED, starts_at__gt=at)
    return found.select_related(
        "org", "course__programme", "lecturer__person", "lecturer__team__org"
    ).order_by("starts_at", "pk")


def own_enrolments(actor: Actor) -> QuerySet[models.Enrolment]:
    """Return one's own places in classes and those of one's children, the latest first."""
    mine = Q(person_id=actor.person_id) | Q(person__guardianship__guardian_id=actor.person_id)
    found = models.Enrolment.objects.filter(mine)
    return found.select_related(
        "person", "training_class__org", "training_class__course", "completion"
    ).order_by("-training_class__starts_at", "-pk")


def candidates_of(actor: Actor, training_class: models.Class, at: datetime) -> list[Candidate]:
    """Return whom the actor may sign up for a class."""
    today = local_day(at)
    there = {
        one.person_id: one
        for one in own_enrolments(actor)
        .filter(training_class=training_class)
        .exclude(state=State.CANCELLED)
    }
    oneself = Person.objects.filter(pk=actor.person_id).first()
    found = []
    if oneself:
        notices = _lacking(oneself, at)
        found.append(Candidate(oneself, notices, enrolment=there.get(oneself.pk)))
    for kept in consent.wards_of(oneself) if oneself else ():
        ward = kept.ward
        if rules.is_minor(birth_date=ward.birth_date, on=today):
            found.append(Candidate(ward, _lacking(ward, at), kept.relation, there.get(ward.pk)))
    return found


def notices_in_force(actor: Actor, at: datetime) -> list[Notice]:
    """Return the notices that anybody may be asked to agree to at the desk."""
    return consent.current_notices((rules.TRAINING, rules.CHILD), on=local_day(at))


def cards_of(actor: Actor, at: datetime) -> tuple[Card, ...]:
    """Return one's next classes, with the way to the page of all."""
    ahead = own_enrolments(actor).filter(state=State.SIGNED, training_class__starts_at__gt=at)
    lines = [
        *(_line(actor, one) for one in ahead.order_by("training_class__starts_at")[:NEXT]),
        Line(pk=0, title="找培训、看线上期次", url=reverse("training:own")),
    ]
    return (Card(title="培训", lines=tuple(lines)),)


def about_person(actor: Actor, person: Person) -> list[Line]:
    """Return a person's classes: all to themself, else what the actor may see (S-07)."""
    seen = own_enrolments(actor) if actor.person_id == person.pk else enrolments_seen_by(actor)
    rows = seen.filter(person=person).order_by("-training_class__starts_at")
    return [_line(actor, one) for one in rows]


def _lacking(person: Person, at: datetime) -> tuple[Notice, ...]:
    today = local_day(at)
    purposes = rules.purposes_for(birth_date=person.birth_date, on=today)
    return consent.lacking(person, purposes, on=today)


def _line(actor: Actor, one: models.Enrolment) -> Line:
    cells = [
        ("时间", times_of(actor, one.training_class)),
        ("状态", one.get_state_display()),
    ]
    if one.result:
        cells.append(("考核结果", one.get_result_display()))
    return Line(
        pk=one.pk,
        title=f"培训：{one.training_class.title}",
        cells=tuple(cells),
        url=reverse("training:own"),
    )
