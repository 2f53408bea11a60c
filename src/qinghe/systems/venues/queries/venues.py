"""Places: those in an actor's care, those open to everybody, and what is told of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Avg, Count, Q, QuerySet
from django.urls import reverse

from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.systems.venues import models, rules
from qinghe.systems.venues.access import Act

from .hours import hours_of

Kind = models.Kind  # named here for the edges, which do not import models
Phase = models.Phase
Room = models.Room
Schedule = models.Schedule
SpecialDay = models.SpecialDay
Venue = models.Venue
VenueState = models.Venue.State
ELSEWHERE = "区级"


@dataclass(frozen=True)
class Told:
    """What anybody may know of an open place."""

    venue: models.Venue
    hours: str
    standing: str
    stars: str


@dataclass(frozen=True)
class Street:
    """The open places of one street."""

    name: str
    places: Sequence[Told]


def orgs_for(actor: Actor, act: Act) -> QuerySet[Org]:
    """Return the open organisations in which this actor may do an act, for a form to offer."""
    return actors.orgs_where(actor, act).filter(closed_on__isnull=True)


def kinds(actor: Actor) -> QuerySet[models.Kind]:
    """Return the kinds of places; they are no secret."""
    return models.Kind.objects.all()


def venues_seen_by(actor: Actor) -> QuerySet[models.Venue]:
    """Return the places that this actor looks after or watches, whatever their state."""
    seen = actors.orgs_where(actor, Act.SEE)
    return models.Venue.objects.filter(org__in=seen).select_related("org", "kind")


def venues_kept_by(actor: Actor) -> QuerySet[models.Venue]:
    """Return the places that this actor keeps."""
    return venues_seen_by(actor).filter(org__in=actors.orgs_where(actor, Act.KEEP))


def open_venues(actor: Actor) -> QuerySet[models.Venue]:
    """Return the places that anybody may come to."""
    found = models.Venue.objects.filter(state=models.Venue.State.OPEN)
    return found.select_related("org", "kind")


def open_rooms(actor: Actor) -> QuerySet[models.Room]:
    """Return the rooms that anybody who is signed in may book."""
    found = models.Room.objects.filter(closed_on__isnull=True, venue__state=models.Venue.State.OPEN)
    return found.select_related("venue__org", "venue__kind")


def rooms_seen_by(actor: Actor) -> QuerySet[models.Room]:
    """Return the rooms of the places that this actor looks after."""
    seen = actors.orgs_where(actor, Act.SEE)
    return models.Room.objects.filter(venue__org__in=seen).select_related("venue__org")


def specials_kept_by(actor: Actor) -> QuerySet[models.SpecialDay]:
    """Return the special days of the places that this actor keeps."""
    kept = actors.orgs_where(actor, Act.KEEP)
    found = models.SpecialDay.objects.filter(venue__org__in=kept)
    return found.select_related("venue__org")


def schedules_seen_by(actor: Actor) -> QuerySet[models.Schedule]:
    """Return the hours of the places that this actor looks after, the newest first."""
    found = models.Schedule.objects.filter(venue__org__in=actors.orgs_where(actor, Act.SEE))
    return found.select_related("venue__org").prefetch_related("spans")


def phases_of(actor: Actor, venue: models.Venue) -> QuerySet[models.Phase]:
    """Return the states of a place in sight, the newest first."""
    return models.Phase.objects.filter(venue__in=venues_seen_by(actor), venue=venue)


def told_of(actor: Actor, venues: Collection[models.Venue], *, at: datetime) -> dict[int, Told]:
    """Return what anybody may know of some places, in a few questions for all of them."""
    keys = [one.pk for one in venues]
    hours = hours_of(actor, keys)
    day = local_day(at)
    minute = rules.minute_within(at, day=day)
    stars = _stars(keys)
    return {
        one.pk: Told(
            one,
            _week_in_words(hours[one.pk], day=day),
            rules.standing_of(hours[one.pk], day=day, minute=minute)
            if one.state == models.Venue.State.OPEN
            else one.get_state_display(),
            stars.get(one.pk, ""),
        )
        for one in venues
    }


def by_street(actor: Actor, *, kind: str, at: datetime) -> list[Street]:
    """Return the open places, or those of one kind, under their streets."""
    venues = open_venues(actor)
    chosen = venues.filter(kind__slug=kind) if kind else venues
    rows = list(chosen.prefetch_related("rooms").order_by("org__path", "name"))
    told = told_of(actor, rows, at=at)
    streets = dict(Org.objects.filter(kind=OrgKind.STREET).values_list("path", "name"))
    found: dict[str, list[Told]] = {}
    for one in rows:
        name = next(
            (name for path, name in streets.items() if one.org.path.startswith(path)), ELSEWHERE
        )
        found.setdefault(name, []).append(told[one.pk])
    return [Street(name, places) for name, places in found.items()]


def _week_in_words(hours: rules.Hours, *, day: date) -> str:
    valid = [week for week in hours.weeks if week.valid_from <= day]
    if not valid:
        return "开放时间待定"
    week = max(valid, key=lambda one: one.valid_from)
    closed = "；法定节假日不开放" if week.closed_on_holidays else ""
    return rules.in_words(week.days) + closed


def _stars(keys: Collection[int]) -> dict[int, str]:
    rated = (
        models.Rating.objects.filter(venue__in=keys)
        .values("venue")
        .annotate(mean=Avg("stars"), times=Count("pk"))
    )
    return {one["venue"]: f"{one['mean']:.1f} 分（{one['times']}条）" for one in rated}


def codes_taken(actor: Actor, codes: Collection[str]) -> set[str]:
    """Return which of these codes name a place, whoever may see it."""
    return set(models.Venue.objects.filter(code__in=codes).values_list("code", flat=True))


def names_taken(actor: Actor, org_ids: Collection[int]) -> set[tuple[int, str]]:
    """Return the names that places of some organisations have."""
    return set(models.Venue.objects.filter(org__in=org_ids).values_list("org_id", "name"))


def kept_ids_by_code(actor: Actor, codes: Collection[str]) -> dict[str, int]:
    """Return the places that this actor keeps and that are not closed, by code."""
    kept = venues_kept_by(actor).exclude(state=models.Venue.State.CLOSED)
    return dict(kept.filter(code__in=codes).values_list("code", "pk"))


def org_ids_where(actor: Actor, act: Act) -> dict[str, int]:
    """Return the open organisations in which this actor may do an act, by code."""
    return dict(orgs_for(actor, act).values_list("code", "pk"))


# ── Records behind a figure ──────────────────────────────────────────────────────────────────────


def phase_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return phases behind a figure as lines, as far as the actor may see them."""
    seen = actors.orgs_where(actor, Act.SEE)
    rows = models.Phase.objects.filter(pk__in=ids, venue__org__in=seen)
    return [
        Line(
            pk=one.pk,
            title=one.venue.name,
            cells=(
                ("管理单位", one.venue.org.name),
                ("类别", one.venue.kind.label),
                ("开放自", one.starts_on.isoformat()),
            ),
            url=reverse("venues:venue", args=[one.venue_id]),
        )
        for one in rows.select_related("venue__org", "venue__kind").order_by("pk")
    ]


def schedule_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return weekly hours behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.venue.name,
            cells=(
                ("起用日期", one.valid_from.isoformat()),
                ("每周开放", f"{one.minutes / 60:.1f} 小时"),
            ),
            url=reverse("venues:venue", args=[one.venue_id]),
        )
        for one in schedules_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def open_day_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return open days behind a figure as lines, as far as the actor may see them."""
    rows = models.OpenDay.objects.filter(
        Q(pk__in=ids), venue__org__in=actors.orgs_where(actor, Act.SEE)
    )
    return [
        Line(
            pk=one.pk,
            title=one.venue.name,
            cells=(
                ("日期", one.day.isoformat()),
                ("开放", f"{one.minutes} 分钟"),
                ("有人值班", f"{one.covered} 分钟"),
            ),
            url=reverse("venues:roster", args=[one.venue_id]),
        )
        for one in rows.select_related("venue").order_by("pk")
    ]
