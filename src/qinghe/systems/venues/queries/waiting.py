"""What of places waits for an actor: gaps on duty, bookings, who came, swaps, ratings, reopening."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.inbox import Item, Step
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.lib.periods import local_day
from qinghe.systems.venues import models
from qinghe.systems.venues.access import Act

from .bookings import ended_before, times_of
from .duty import swaps_kept_by
from .hours import short_of_duty
from .venues import venues_kept_by

NAMED = 2  # gaps that an inbox line names


def venues_short_of_duty(actor: Actor) -> QuerySet[models.Venue]:
    """Return the places this actor keeps that have nobody on duty at times of the next two weeks."""
    if not actors.may_anywhere(actor, Act.KEEP):
        return models.Venue.objects.none()
    short = short_of_duty(actor, today=local_day(timezone.now()))
    return models.Venue.objects.filter(pk__in=list(short)).select_related("org")


def short_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show places with gaps on duty as lines of the inbox."""
    short = short_of_duty(actor, today=local_day(timezone.now()))
    rows = models.Venue.objects.filter(pk__in=[key for key in ids if key in short])
    return [
        Item(
            pk=one.pk,
            title=f"{one.name}两周内有 {len(short[one.pk])} 个时段没有人值班："
            + "、".join(str(gap) for gap in short[one.pk][:NAMED]),
            org=one.org.name,
            url=reverse("venues:roster", args=[one.pk]),
        )
        for one in rows.select_related("org")
    ]


def bookings_waiting_for(actor: Actor) -> QuerySet[models.Booking]:
    """Return the bookings that this actor may agree to."""
    found = models.Booking.objects.filter(
        room__venue__org__in=actors.orgs_where(actor, Act.KEEP),
        state=models.Booking.State.ASKED,
    )
    return found.select_related("room__venue__org")


def booking_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show bookings to agree to as lines of the inbox."""
    return [
        _booking_item(
            actor, one, steps=(Step("同意", reverse("venues:booking_confirm", args=[one.pk])),)
        )
        for one in bookings_waiting_for(actor).filter(pk__in=ids)
    ]


def arrivals_waiting_for(actor: Actor) -> QuerySet[models.Booking]:
    """Return the bookings that are over and of which this actor can say who came."""
    return ended_before(actor, timezone.now())


def arrival_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show bookings that are over as lines of the inbox."""
    return [
        _booking_item(
            actor, one, steps=(Step("已到场", reverse("venues:booking_used", args=[one.pk])),)
        )
        for one in arrivals_waiting_for(actor).filter(pk__in=ids)
    ]


def _booking_item(actor: Actor, one: models.Booking, *, steps: tuple[Step, ...]) -> Item:
    return Item(
        pk=one.pk,
        title=f"{one.room.venue.name}{one.room.name} {times_of(actor, one)}：{one.purpose}",
        org=one.room.venue.org.name,
        url=reverse("venues:booking", args=[one.pk]),
        steps=steps,
    )


def swaps_waiting_for(actor: Actor) -> QuerySet[models.Swap]:
    """Return the swaps made at this actor's places that nobody of the place has seen."""
    return swaps_kept_by(actor).filter(seen_at__isnull=True)


def swap_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show swaps as lines of the inbox; who swapped with whom stands on the roster."""
    return [
        Item(
            pk=one.pk,
            title=f"{one.shift.venue.name} {one.shift.day.isoformat()} 的值班已换人",
            org=one.shift.venue.org.name,
            url=reverse("venues:roster", args=[one.shift.venue_id]),
            steps=(Step("已阅", reverse("venues:swap_note", args=[one.pk])),),
        )
        for one in swaps_waiting_for(actor).filter(pk__in=ids)
    ]


def ratings_waiting_for(actor: Actor) -> QuerySet[models.Rating]:
    """Return the ratings whose words this actor may let others read."""
    found = models.Rating.objects.filter(
        venue__org__in=actors.orgs_where(actor, Act.KEEP), state=models.Rating.State.WAITING
    )
    return found.select_related("venue__org")


def rating_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show ratings as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{one.venue.name}收到 {one.stars} 分评价：{one.words or '没有文字'}",
            org=one.venue.org.name,
            url=reverse("venues:rating", args=[one.pk]),
            steps=(Step("公开", reverse("venues:rating_show", args=[one.pk])),),
        )
        for one in ratings_waiting_for(actor).filter(pk__in=ids)
    ]


def suspended_waiting_for(actor: Actor) -> QuerySet[models.Phase]:
    """Return the places of this actor that meant to have opened again by now."""
    found = models.Phase.objects.filter(
        venue__in=venues_kept_by(actor),
        state=models.Venue.State.SUSPENDED,
        ends_on__isnull=True,
        planned_until__lte=local_day(timezone.now()),
    )
    return found.select_related("venue__org")


def suspended_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show places that should be open again as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{one.venue.name}预计 {one.planned_until.isoformat()} 恢复开放：{one.reason}",
            org=one.venue.org.name,
            url=reverse("venues:venue", args=[one.venue_id]),
            steps=(Step("恢复开放", reverse("venues:venue_open", args=[one.venue_id])),),
        )
        for one in suspended_waiting_for(actor).filter(pk__in=ids)
        if one.planned_until
    ]
