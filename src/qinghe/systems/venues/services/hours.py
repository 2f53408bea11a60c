"""When a place is open: its week, and the days that are otherwise."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.venues import models, rules
from qinghe.systems.venues.access import Act
from qinghe.systems.venues.rules import Stretch, Week

from . import calling_off

Venue = models.Venue


@transaction.atomic
def set_hours(*, venue: Venue, week: Week, at: datetime, by: Actor) -> models.Schedule:
    """Set the weekly hours from a day on; what was set for that day or later is replaced.

    Raises Refused: not_allowed, wrong_state, day_is_over, no_hours, time_unclear, hours_overlap.
    """
    venue = _held(venue, by=by)
    rules.check_week(week, today=local_day(at))
    days = {number: rules.in_order(day) for number, day in week.days.items()}
    venue.schedules.filter(valid_from__gte=week.valid_from).delete()
    venue.schedules.filter(valid_from__lt=week.valid_from).exclude(
        valid_until__lt=week.valid_from
    ).update(valid_until=week.valid_from)
    schedule = venue.schedules.create(
        valid_from=week.valid_from,
        closed_on_holidays=week.closed_on_holidays,
        minutes=week.minutes,
    )
    _write_spans(schedule, days)
    detail = {"valid_from": week.valid_from.isoformat(), "hours": rules.in_words(days)}
    audit.record(by=by, verb="venues.set_hours", subject=venue, at=at, detail=detail)
    return schedule


@transaction.atomic
def set_special_day(
    *,
    venue: Venue,
    day: date,
    stretch: Stretch | None,
    reason: str,
    at: datetime,
    by: Actor,
) -> models.SpecialDay:
    """Close a place on one day, or open it at other hours; what does not fit is called off.

    Raises Refused: not_allowed, reason_needed, wrong_state, day_is_over, time_unclear.
    """
    rules.check_reason(reason)
    venue = _held(venue, by=by)
    if day < local_day(at):
        raise Refused("day_is_over", "这一天已经过去，不能再改开放时间。")
    if stretch is not None:
        rules.in_order([stretch])
    special, _ = models.SpecialDay.objects.update_or_create(
        venue=venue,
        day=day,
        defaults={
            "opens": stretch.opens if stretch else None,
            "closes": stretch.closes if stretch else None,
            "reason": reason,
        },
    )
    _call_off_outside(venue, day=day, stretch=stretch, reason=reason, at=at, by=by)
    detail = {"day": day.isoformat(), "hours": str(stretch or "不开放"), "reason": reason}
    audit.record(by=by, verb="venues.set_special_day", subject=venue, at=at, detail=detail)
    return special


@transaction.atomic
def drop_special_day(*, special: models.SpecialDay, at: datetime, by: Actor) -> None:
    """Let a day be like others again. Raises Refused: not_allowed, day_is_over."""
    venue = Venue.objects.held(special.venue_id)
    actors.require(by, Act.KEEP, at=venue.org)
    if special.day < local_day(at):
        raise Refused("day_is_over", "这一天已经过去，不能再改开放时间。")
    models.SpecialDay.objects.filter(pk=special.pk).delete()
    detail = {"day": special.day.isoformat()}
    audit.record(by=by, verb="venues.drop_special_day", subject=venue, at=at, detail=detail)


def _held(venue: Venue, *, by: Actor) -> Venue:
    kept = Venue.objects.held(venue.pk)
    actors.require(by, Act.KEEP, at=kept.org)
    if kept.state == Venue.State.CLOSED:
        raise Refused("wrong_state", "这个阵地已经关闭，没有改动。")
    return kept


def _write_spans(schedule: models.Schedule, days: Mapping[int, Sequence[Stretch]]) -> None:
    models.Span.objects.bulk_create(
        models.Span(schedule=schedule, weekday=number, opens=one.opens, closes=one.closes)
        for number, day in days.items()
        for one in day
    )


def _call_off_outside(
    venue: Venue, *, day: date, stretch: Stretch | None, reason: str, at: datetime, by: Actor
) -> None:
    if stretch is None:
        following = date.fromordinal(day.toordinal() + 1)
        calling_off.call_off(venue=venue, first=day, until=following, reason=reason, at=at, by=by)
        return
    booked = models.Booking.objects.filter(room__venue=venue, day=day)
    early = booked.filter(starts_at__lt=rules.moment(day, stretch.opens))
    late = booked.filter(ends_at__gt=rules.moment(day, stretch.closes))
    calling_off.call_off_bookings(bookings=early | late, reason=reason, at=at, by=by)
