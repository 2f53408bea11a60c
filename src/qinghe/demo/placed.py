"""Places that opened in the half-year, who was on duty, who came; and what goes on at them today."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from qinghe.edges import standing
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.lib import workdays
from qinghe.lib.periods import local_day
from qinghe.systems.venues import models, services
from qinghe.systems.venues.rules import Stretch, Week

from . import cast, reported

ZONE = ZoneInfo("Asia/Shanghai")
DISTRICT, STREET, COMMUNITY = "440307", "440307017", "440307013002"
OPENED, BUSY = date(2022, 3, 1), date(2022, 6, 13)  # a Monday, with ten days of which much is told
MORNING, AFTERNOON = Stretch(540, 720), Stretch(840, 1080)
WEEKDAYS = dict.fromkeys(range(1, 6), (MORNING, AFTERNOON))
DAILY = dict.fromkeys(range(1, 8), (MORNING, AFTERNOON))
VISITS = (("visit", 18), ("advice", 6), ("supplies", 4), ("training", 12))
Say = Callable[[str], None]


@dataclass(frozen=True)
class Place:
    """A place of the story."""

    code: str
    org: str
    kind: str
    name: str
    address: str
    at: tuple[str, str]
    functions: str
    rooms: tuple[tuple[str, int], ...]
    days: Mapping[int, Sequence[Stretch]]
    is_sure: bool = True


PLACES = (
    Place(
        "LG-01", DISTRICT, "volunteer_home", "龙岗区志愿者之家", "龙城街道和谐路8号一楼",
        ("22.720900", "114.247800"), "培训、物资、咨询", (("培训室", 60), ("会议室", 16)), DAILY,
    ),
    Place(
        "HG-01", STREET, "volunteer_home", "横岗志愿者之家", "横岗街道松柏路2号",
        ("22.642300", "114.202600"), "便民服务、志愿者培训", (("活动室", 30),), WEEKDAYS, is_sure=False,
    ),
    Place(
        "BT-01", COMMUNITY, "u_station", "社区U站", "坂田街道坂雪岗大道15号",
        ("22.634800", "114.068300"), "便民物资、问询、应急", (("服务台", 6),), DAILY,
    ),
    Place(
        "HG-02", STREET, "youth_home", "横岗青年之家", "横岗街道六约北路9号",
        ("22.638100", "114.181700"), "读书会、交友、创业沙龙", (("客厅", 24),), WEEKDAYS,
    ),
)  # fmt: skip


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Open the places, let ten days of June pass at them, then look two weeks ahead; once."""
    if models.Venue.objects.exists():
        return
    venues = [_open(place) for place in PLACES]
    for venue in venues:
        _ten_days(venue)
    services.log_days(at=now)
    _today(venues, now=now)
    say(f"阵地：{len(venues)} 个，开放日志 {models.OpenDay.objects.count()} 天")


def _open(place: Place) -> models.Venue:
    by, at = _keeper(cast.place(place.org)), _at(OPENED, 9)
    told = services.Particulars(
        name=place.name,
        kind=models.Kind.objects.get(slug=place.kind),
        address=place.address,
        capacity=sum(seats for _, seats in place.rooms),
        functions=place.functions,
        latitude=Decimal(place.at[0]),
        longitude=Decimal(place.at[1]),
        contact="值班电话 0755-0000 0000",
        auto_confirm=place.is_sure,
    )
    new = services.NewVenue(place.code, cast.place(place.org), told)
    venue = services.enter_venue(new=new, at=at, by=by)
    week = Week(OPENED, closed_on_holidays=True, days=place.days)
    services.set_hours(venue=venue, week=week, at=at, by=by)
    for name, seats in place.rooms:
        services.add_room(venue=venue, name=name, capacity=seats, at=at, by=by)
    return services.open_venue(venue=venue, at=at, by=by)


def _ten_days(venue: models.Venue) -> None:
    by = _keeper(venue.org)
    laying = services.Laying(BUSY, BUSY + timedelta(days=9))
    services.lay_shifts(venue=venue, laying=laying, at=_at(BUSY, 0), by=by)
    people = list(_not_yet_on_duty(venue)[:4])
    for place, shift in enumerate(venue.shifts.order_by("day", "starts")):
        if people and place % 4 != 3:  # every fourth shift finds nobody
            _stand(shift, people[place % len(people)], by=by)
    room = venue.rooms.order_by("pk")[0]
    for ahead in range(0, 10, 2):
        _one_day(venue, room, day=BUSY + timedelta(days=ahead), by=by)


def _not_yet_on_duty(venue: models.Venue) -> QuerySet[Person]:
    there = standing.persons_at(orgs.below(venue.org))
    busy = models.Shift.objects.filter(person__isnull=False).values("person")
    return there.exclude(pk__in=busy).order_by("number")


def _stand(shift: models.Shift, person: Person, *, by: Actor) -> None:
    themself = Actor(person.pk, person.name)
    begins = _at(shift.day, 0) + timedelta(minutes=shift.starts)
    services.set_shift(shift=shift, person=person, at=begins, by=by)
    services.sign_on(shift=shift, at=begins, by=themself)
    services.sign_off(shift=shift, at=begins + timedelta(minutes=170), by=themself)


def _one_day(venue: models.Venue, room: models.Room, *, day: date, by: Actor) -> None:
    for kind, people in VISITS:
        new = services.NewCount(venue, kind, people, f"{day.isoformat()}-{kind}")
        services.record_count(new=new, at=_at(day, 11), by=by)
    if day.weekday() < 5:
        asked = services.NewBooking(room, day, MORNING, 5, "志愿者培训", venue.org)
        booking = services.book(new=asked, at=_at(day, 8), by=cast.officer(second=True))[0]
        if booking.state == models.Booking.State.ASKED:
            services.confirm(booking=booking, at=_at(day, 8), by=by)
        services.mark_used(booking=booking, at=_at(day, 12), by=by)


def _today(venues: list[models.Venue], *, now: datetime) -> None:
    """Lay the next two weeks, let somebody take a shift, ask for rooms, and say what one thinks."""
    today = local_day(now)
    for venue in venues:
        by = _keeper(venue.org)
        laying = services.Laying(today + timedelta(days=1), today + timedelta(days=9))
        services.lay_shifts(venue=venue, laying=laying, at=now, by=by)
        shift = venue.shifts.filter(day__gt=today).order_by("day", "starts")[0]
        if person := _not_yet_on_duty(venue).first():
            services.set_shift(shift=shift, person=person, at=now, by=by)
        monday = today + timedelta(days=7 - today.weekday())
        asked = services.NewBooking(
            venue.rooms.order_by("pk")[0], monday, AFTERNOON, 6, "志愿者例会", venue.org
        )
        if not workdays.is_holiday(monday):
            services.book(new=asked, at=now, by=by)
    first = venues[0]
    shown = services.rate(venue=first, stars=5, words="热情周到，物资齐全。", at=now, by="访客")
    services.show_rating(rating=shown, at=now, by=cast.officer())
    services.rate(venue=first, stars=3, words="周末人多，等了一会儿。", at=now, by="访客")
    services.suspend_venue(
        venue=venues[-1],
        reason="消防改造",
        planned_until=today + timedelta(days=20),
        at=now,
        by=_keeper(venues[-1].org),
    )


def _keeper(org: Org) -> Actor:
    return reported.who_answers().secretaries.get(org.pk) or cast.officer()


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=ZONE).astimezone(UTC)
