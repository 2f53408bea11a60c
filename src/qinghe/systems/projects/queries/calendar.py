"""The calendar of a month: milestones and appointments, each with what clashes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.lib import periods
from qinghe.systems.projects import models, rules

from .seen import projects_seen_by

Event = models.Event
ELSEWHERE = "不在您查看范围的另一项安排"


@dataclass(frozen=True)
class Told:
    """One clash as a reader is told of it; what they may not see is named by nothing but its kind."""

    label: str
    other: str
    url: str
    is_hard: bool
    is_settled: bool = False

    @property
    def is_open(self) -> bool:
        """Test if both cannot be as they stand, and nobody said how that was settled."""
        return self.is_hard and not self.is_settled


@dataclass(frozen=True)
class Entry:
    """One line of a day: an appointment with its clashes, or a milestone."""

    event: models.Event | None = None
    milestone: models.Milestone | None = None
    clashes: Sequence[Told] = ()


@dataclass(frozen=True)
class Month:
    """The days of a month on which something is."""

    first: date
    days: Sequence[tuple[date, Sequence[Entry]]]
    unsettled: int

    @property
    def before(self) -> str:
        """Return the month before, as an address names it."""
        return f"{self.first - timedelta(days=1):%Y-%m}"

    @property
    def after(self) -> str:
        """Return the month after, as an address names it."""
        return f"{periods.months_after(self.first, months=1):%Y-%m}"


def events_seen_by(actor: Actor) -> QuerySet[models.Event]:
    """Return the appointments of the projects in sight."""
    seen = projects_seen_by(actor).order_by().values("pk")
    found = models.Event.objects.filter(project__in=seen)
    return found.select_related("project__org", "part__org", "part__above", "org", "entered_by")


def milestones_seen_by(actor: Actor) -> QuerySet[models.Milestone]:
    """Return the milestones of the projects in sight."""
    seen = projects_seen_by(actor).order_by().values("pk")
    found = models.Milestone.objects.filter(project__in=seen)
    return found.select_related("project__org", "part__org", "part__above", "org", "done_by")


def slots_on(actor: Actor, days: Iterable[date]) -> list[rules.Slot]:
    """Return every appointment of some days, of the whole house: what cannot be seen clashes too."""
    if not actor.person_id:
        return []
    rows = models.Event.objects.filter(day__in=list(days), cancelled_on__isnull=True)
    kept = Prefetch("attending", queryset=models.EventPerson.objects.only("event", "person"))
    return [
        rules.Slot(
            key=one.pk,
            org=one.org_id,
            day=one.day,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            place=one.place_key,
            people=frozenset(row.person_id for row in one.attending.all()),
            is_settled=bool(one.settled),
        )
        for one in rows.order_by("starts_at", "pk").prefetch_related(kept)
    ]


def calendar(
    actor: Actor,
    *,
    first: date,
    org: Org | None = None,
    project: models.JointProject | None = None,
) -> Month:
    """Return a month of one organisation with all below it, or of one project."""
    after = periods.months_after(first, months=1)
    events = events_seen_by(actor).filter(day__gte=first, day__lt=after, cancelled_on__isnull=True)
    milestones = milestones_seen_by(actor).filter(due_on__gte=first, due_on__lt=after)
    if project is not None:
        events, milestones = events.filter(project=project), milestones.filter(project=project)
    elif org is not None:
        within = {"org__path__startswith": org.path}
        events, milestones = events.filter(**within), milestones.filter(**within)
    shown = list(events.order_by("day", "starts_at", "pk"))
    told = clashes_of(actor, shown)
    lines: dict[date, list[Entry]] = {}
    for milestone in milestones.order_by("due_on", "pk"):
        lines.setdefault(milestone.due_on, []).append(Entry(milestone=milestone))
    for event in shown:
        entry = Entry(event=event, clashes=told.get(event.pk, ()))
        lines.setdefault(event.day, []).append(entry)
    unsettled = sum(1 for one in told.values() if any(clash.is_open for clash in one))
    return Month(first, sorted(lines.items(), key=lambda line: line[0]), unsettled)


def clashes_of(actor: Actor, events: Sequence[models.Event]) -> dict[int, list[Told]]:
    """Return by appointment what clashes with it, told as far as this actor may see."""
    found = rules.clashing(slots_on(actor, {event.day for event in events}))
    others = {clash.other for event in events for clash in found.get(event.pk, ())}
    seen = {one.pk: one for one in events_seen_by(actor).filter(pk__in=others)}
    return {
        event.pk: [_told(clash, seen.get(clash.other)) for clash in found[event.pk]]
        for event in events
        if event.pk in found
    }


def _told(clash: rules.Clash, other: models.Event | None) -> Told:
    name, url = ELSEWHERE, ""
    if other is not None:
        name = f"{other.title}（{other.org.name}）"
        url = reverse("projects:event", args=[other.pk])
    return Told(clash.why.label, name, url, clash.why.is_hard, clash.is_settled)


def people_numbered(actor: Actor, numbers: list[str]) -> list[Person]:
    """Return the persons with these numbers, for a form in which they were typed."""
    return list(Person.objects.filter(number__in=numbers)) if actor.person_id else []
