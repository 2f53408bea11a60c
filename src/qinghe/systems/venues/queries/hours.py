"""When places are open, and where nobody is on duty: read for many places at once."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.lib import workdays
from qinghe.systems.venues import models, rules
from qinghe.systems.venues.access import Act
from qinghe.systems.venues.rules import Hours, Stretch, Week


@dataclass(frozen=True)
class Gap:
    """A part of the opening hours of one day for which nobody is on duty."""

    venue_id: int
    day: date
    stretch: Stretch

    def __str__(self) -> str:
        return f"{self.day:%-m}月{self.day:%-d}日（{rules.weekday(self.day)}）{self.stretch}"


def hours_of(actor: Actor | str, venue_ids: Collection[int]) -> dict[int, Hours]:
    """Return when each of some places is open, in three questions. Opening hours are public."""
    weeks: dict[int, list[Week]] = defaultdict(list)
    specials: dict[int, dict[date, tuple[Stretch, ...]]] = defaultdict(dict)
    schedules = models.Schedule.objects.filter(venue__in=venue_ids)
    for schedule in schedules.prefetch_related("spans"):
        weeks[schedule.venue_id].append(_week_of(schedule))
    for one in models.SpecialDay.objects.filter(venue__in=venue_ids):
        specials[one.venue_id][one.day] = one.stretches
    return {
        pk: Hours(weeks.get(pk, ()), specials.get(pk, {}), workdays.is_holiday) for pk in venue_ids
    }


def gaps_of(actor: Actor, venues: Sequence[models.Venue], *, today: date) -> list[Gap]:
    """Return the opening hours of the next two weeks for which nobody is on duty, soonest first."""
    keys = [one.pk for one in venues if one.state == models.Venue.State.OPEN]
    hours = hours_of(actor, keys)
    stays = _stays(keys, first=today, days=rules.AHEAD)
    found = []
    for ahead in range(rules.AHEAD):
        day = today + timedelta(days=ahead)
        for key in keys:
            lacking = rules.gaps(hours[key].on(day), stays.get((key, day), ()))
            found += [Gap(key, day, stretch) for stretch in lacking]
    return found


def short_of_duty(actor: Actor, *, today: date) -> dict[int, list[Gap]]:
    """Return the gaps of each place that this actor keeps, for those that have any."""
    kept = models.Venue.objects.filter(
        org__in=actors.orgs_where(actor, Act.KEEP), state=models.Venue.State.OPEN
    )
    found: dict[int, list[Gap]] = defaultdict(list)
    for gap in gaps_of(actor, list(kept.order_by("pk")), today=today):
        found[gap.venue_id].append(gap)
    return found


def _stays(
    keys: Collection[int], *, first: date, days: int
) -> dict[tuple[int, date], list[Stretch]]:
    shifts = models.Shift.objects.filter(
        venue__in=keys,
        day__gte=first,
        day__lt=first + timedelta(days=days),
        person__isnull=False,
    )
    stays: dict[tuple[int, date], list[Stretch]] = defaultdict(list)
    for venue_id, day, starts, ends in shifts.values_list("venue_id", "day", "starts", "ends"):
        stays[venue_id, day].append(Stretch(starts, ends))
    return stays


def _week_of(schedule: models.Schedule) -> Week:
    days: dict[int, list[Stretch]] = defaultdict(list)
    for span in schedule.spans.all():
        days[span.weekday].append(Stretch(span.opens, span.closes))
    return Week(schedule.valid_from, schedule.closed_on_holidays, days)
