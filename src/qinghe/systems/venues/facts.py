"""What places tell analytics."""

from django.db.models import DateField, F, QuerySet
from django.db.models.functions import Greatest

from qinghe.analytics.days import or_still
from qinghe.analytics.facts import REQUIRED, Fact

from .models import Booking, Count, OpenDay, Phase, Schedule, Venue


def _phase_rows() -> QuerySet:
    opened = Phase.objects.filter(state=Venue.State.OPEN)
    return opened.order_by().values(
        record_id=F("pk"),
        org_id=F("venue__org_id"),
        day=F("starts_on"),
        until=or_still("ends_on"),
        kind=F("venue__kind__slug"),
    )


def _schedule_rows() -> QuerySet:
    opened = Schedule.objects.filter(venue__opened_on__isnull=False)
    return opened.order_by().values(
        "minutes",
        record_id=F("pk"),
        org_id=F("venue__org_id"),
        day=Greatest("valid_from", "venue__opened_on", output_field=DateField()),
        until=or_still("valid_until"),
    )


def _day_rows() -> QuerySet:
    return OpenDay.objects.order_by().values(
        "day", "minutes", "covered", record_id=F("pk"), org_id=F("venue__org_id")
    )


def _booking_rows() -> QuerySet:
    used = Booking.objects.filter(state=Booking.State.USED)
    return used.order_by().values("day", record_id=F("pk"), org_id=F("room__venue__org_id"))


def _count_rows() -> QuerySet:
    return Count.objects.order_by().values(
        "day", "kind", "people", record_id=F("pk"), org_id=F("venue__org_id")
    )


OPEN_VENUE = Fact(
    name="venues_open",
    label="开放阵地",
    grain="one spell during which a place is open, until it is suspended or closed",
    model="venues.Phase",
    columns={**REQUIRED, "until": "date", "kind": "string"},
    records=_phase_rows,
)

WEEK = Fact(
    name="venues_week",
    label="每周开放时间",
    grain="the weekly hours of one place that has opened, while they hold",
    model="venues.Schedule",
    columns={**REQUIRED, "until": "date", "minutes": "int64"},
    records=_schedule_rows,
)

OPEN_DAY = Fact(
    name="venues_day",
    label="开放日",
    grain="one day that is over on which one place was open",
    model="venues.OpenDay",
    columns={**REQUIRED, "minutes": "int64", "covered": "int64"},
    records=_day_rows,
)

USED = Fact(
    name="venues_used",
    label="已使用的预约",
    grain="one booking, or one walk-in, of which the place has said that they came",
    model="venues.Booking",
    columns={**REQUIRED},
    records=_booking_rows,
)

SERVED = Fact(
    name="venues_served",
    label="服务量",
    grain="one count of people served, or its correction by fewer than nothing",
    model="venues.Count",
    columns={**REQUIRED, "kind": "string", "people": "int64"},
    records=_count_rows,
)

FACTS = [OPEN_VENUE, WEEK, OPEN_DAY, USED, SERVED]
