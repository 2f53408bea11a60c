"""What is forgotten of people at a place once its time is over (S-08); the nightly retention asks."""

from datetime import datetime

from django.db import transaction

from qinghe.kernel.consent.retention import Action, Retention
from qinghe.lib.periods import local_day
from qinghe.systems.venues.models import FORGOTTEN, Booking, Shift, Swap

COUNTED = Booking.State.USED
A_YEAR = 366


@transaction.atomic
def _forget_bookings(until: datetime, at: datetime) -> int:
    """Drop the bookings before a moment that came to nothing, and take names and words off the rest.

    What was used is counted by period, so it stays: a room on a day.
    """
    old = Booking.objects.filter(day__lt=local_day(until))
    dropped, _ = old.exclude(state=COUNTED).delete()
    named = old.filter(state=COUNTED).exclude(purpose=FORGOTTEN)
    return dropped + named.update(person=None, purpose=FORGOTTEN, reason="")


@transaction.atomic
def _drop_shifts(until: datetime, at: datetime) -> int:
    """Delete the shifts before a moment, with who stood in for whom. No figure counts them."""
    old = Shift.objects.filter(day__lt=local_day(until))
    Swap.objects.filter(shift__in=old.values("pk")).delete()
    return old.delete()[0]


RETENTION = (
    Retention(
        model="venues.Booking",
        label="场地预约",
        days=A_YEAR,
        starts="day",
        action=Action.ANONYMISE,
        why="已使用的只留房间和日期供统计；没有用成的删除",
        least=31,
        run=_forget_bookings,
    ),
    Retention(
        model="venues.Shift",
        label="阵地值班",
        days=A_YEAR,
        starts="day",
        action=Action.DELETE,
        why="安排值班、换班，不计服务时长",
        least=31,
        run=_drop_shifts,
    ),
)
