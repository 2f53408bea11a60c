"""Places and their hours as workbooks bring them in, a chunk at a time."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib.periods import local_day
from qinghe.systems.venues import models
from qinghe.systems.venues.rules import Stretch, Week

from . import hours

Source = Mapping[str, object]


class ReadyVenue(NamedTuple):
    """A place that a file tells of, checked."""

    code: str
    name: str
    kind_id: int
    org_id: int
    address: str
    capacity: int
    functions: str
    contact: str
    latitude: Decimal | None
    longitude: Decimal | None


class ReadyWeek(NamedTuple):
    """A week's hours that a file tells of, checked."""

    venue_id: int
    valid_from: date
    closed_on_holidays: bool
    days: Mapping[int, Sequence[Stretch]]


@transaction.atomic
def enter_many(*, ready: Sequence[ReadyVenue], at: datetime, by: Actor, source: Source) -> int:
    """Enter a chunk of places, each to be prepared."""
    today = local_day(at)
    made = models.Venue.objects.bulk_create(
        models.Venue(entered_on=today, **row._asdict()) for row in ready
    )
    models.Phase.objects.bulk_create(
        models.Phase(venue=one, state=models.Venue.State.PREPARING, starts_on=today) for one in made
    )
    audit.record_many(
        by=by,
        verb="venues.enter_many",
        model=models.Venue,
        ids=[one.pk for one in made],
        at=at,
        detail=source,
    )
    return len(made)


@transaction.atomic
def set_many(*, ready: Sequence[ReadyWeek], at: datetime, by: Actor, source: Source) -> int:
    """Set the hours of a chunk of places.

    Raises Refused: not_allowed, wrong_state, day_is_over, no_hours, time_unclear, hours_overlap.
    """
    venues = models.Venue.objects.in_bulk([row.venue_id for row in ready])
    for row in ready:
        week = Week(row.valid_from, row.closed_on_holidays, row.days)
        hours.set_hours(venue=venues[row.venue_id], week=week, at=at, by=by)
    audit.record_many(
        by=by,
        verb="venues.set_many",
        model=models.Venue,
        ids=list(venues),
        at=at,
        detail=source,
    )
    return len(ready)
