"""Days that are over: how long each place was open, and for how long somebody was on duty."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from qinghe.kernel.audit import services as audit
from qinghe.lib.periods import local_day
from qinghe.systems.venues import models, queries, rules
from qinghe.systems.venues.rules import Hours, Stretch

SIGN = "阵地开放日志"
Stays = dict[tuple[int, date], list[Stretch]]
OnDays = dict[int, list[tuple[date, date]]]


@transaction.atomic
def log_days(*, at: datetime, by: object = SIGN) -> int:
    """Write the open days of all places that are over and not yet written; return how many.

    A day without opening hours is no open day. It is safe to run often, and catches up after a
    pause.
    """
    today = local_day(at)
    written = dict(models.OpenDay.objects.values_list("venue").annotate(last=Max("day")))
    lacking = {
        key: days
        for key, spans in _open_on(today).items()
        if (days := _days(spans, after=written.get(key), until=today))
    }
    hours = queries.hours_of(SIGN, list(lacking))
    first = min((days[0] for days in lacking.values()), default=today)
    stays = _stays(list(lacking), first=first)
    rows = [
        row
        for key, days in lacking.items()
        for day in days
        if (row := _open_day(key, day, hours=hours[key], stays=stays)) is not None
    ]
    made = models.OpenDay.objects.bulk_create(rows)
    audit.record_many(
        by=by, verb="venues.log_days", model=models.OpenDay, ids=[one.pk for one in made], at=at
    )
    return len(made)


def _open_on(today: date) -> OnDays:
    """Return the spans of days, ends left out, during which each place was open."""
    found: OnDays = defaultdict(list)
    phases = models.Phase.objects.filter(state=models.Venue.State.OPEN).order_by("starts_on")
    for phase in phases:
        found[phase.venue_id].append((phase.starts_on, min(phase.ends_on or today, today)))
    return found


def _days(spans: Collection[tuple[date, date]], *, after: date | None, until: date) -> list[date]:
    days = {
        starts + timedelta(days=ahead)
        for starts, ends in spans
        for ahead in range((ends - starts).days)
    }
    return sorted(day for day in days if day < until and (after is None or day > after))


def _stays(keys: Collection[int], *, first: date) -> Stays:
    found: Stays = defaultdict(list)
    worked = models.Shift.objects.filter(venue__in=keys, day__gte=first, on_at__isnull=False)
    for shift in worked.iterator():
        if shift.on_at is None:
            continue
        stay = rules.stay_of(
            starts=shift.starts,
            ends=shift.ends,
            came=rules.minute_within(shift.on_at, day=shift.day),
            left=rules.minute_within(shift.off_at, day=shift.day) if shift.off_at else None,
        )
        if stay is not None:
            found[shift.venue_id, shift.day].append(stay)
    return found


def _open_day(key: int, day: date, *, hours: Hours, stays: Stays) -> models.OpenDay | None:
    stretches = hours.on(day)
    minutes = sum(one.minutes for one in stretches)
    if not minutes:
        return None
    covered = rules.covered(stretches, stays.get((key, day), ()))
    return models.OpenDay(venue_id=key, day=day, minutes=minutes, covered=covered)
