"""What was counted at a place, by month, and what visitors say of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.urls import reverse

from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.systems.venues import models
from qinghe.systems.venues.access import Act

Count = models.Count
CountKind = models.Count.Kind
Rating = models.Rating
RatingState = models.Rating.State
MONTHS = 12


@dataclass(frozen=True)
class Month:
    """What a place did in one month."""

    month: str
    visits: int
    services: int
    used: int


def counts_seen_by(actor: Actor) -> QuerySet[models.Count]:
    """Return the counts of the places that this actor looks after, the newest first."""
    found = models.Count.objects.filter(venue__org__in=actors.orgs_where(actor, Act.SEE))
    return found.select_related("venue__org")


def today_at(actor: Actor, venue: models.Venue, *, day: date) -> list[tuple[str, int]]:
    """Return how many were counted of each kind on a day, for the page that counts them."""
    rows = models.Count.objects.filter(venue=venue, day=day).order_by()
    sums = dict(rows.values_list("kind").annotate(sum=Sum("people")))
    return [(label, sums[kind]) for kind, label in CountKind.choices if sums.get(kind)]


def months_of(actor: Actor, venue: models.Venue) -> list[Month]:
    """Return what a place in sight did in each of the last months that had anything."""
    visit = Q(kind=CountKind.VISIT)
    counted = (
        counts_seen_by(actor)
        .filter(venue=venue)
        .order_by()
        .annotate(month=TruncMonth("day"))
        .values("month")
        .annotate(visits=Sum("people", filter=visit), services=Sum("people", filter=~visit))
    )
    used: dict[date, int] = {}
    booked = models.Booking.objects.filter(
        room__venue=venue, state=models.Booking.State.USED
    ).values_list("day", flat=True)
    for day in booked:
        used[day.replace(day=1)] = used.get(day.replace(day=1), 0) + 1
    sums = {one["month"]: (one["visits"] or 0, one["services"] or 0) for one in counted}
    months = sorted({*sums, *used}, reverse=True)[:MONTHS]
    return [
        Month(f"{month:%Y-%m}", *sums.get(month, (0, 0)), used.get(month, 0)) for month in months
    ]


def ratings_seen_by(actor: Actor) -> QuerySet[models.Rating]:
    """Return the ratings of the places that this actor looks after, the newest first."""
    found = models.Rating.objects.filter(venue__org__in=actors.orgs_where(actor, Act.SEE))
    return found.select_related("venue__org")


def shown_words(actor: Actor, venue: models.Venue) -> QuerySet[models.Rating]:
    """Return the ratings of a place whose words anybody may read."""
    return venue.ratings.filter(state=RatingState.SHOWN).exclude(words="")[:10]


def count_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return counts behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=f"{one.venue.name}：{one.get_kind_display()} {one.people} 人次",
            cells=(("日期", one.day.isoformat()), ("更正", one.reason or "—")),
            url=reverse("venues:count", args=[one.corrects_id or one.pk]),
        )
        for one in counts_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]
