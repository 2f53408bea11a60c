"""What the tests of places stand on. MONDAY is 4 July 2022; a place opens 9–12 and 14–18 on weekdays."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Membership
from qinghe.systems.venues import models, services
from qinghe.systems.venues.rules import Stretch, Week
from tests.cast import LONG_AGO, NOW, make_person

SUNDAY, MONDAY = date(2022, 7, 3), date(2022, 7, 4)
MORNING, AFTERNOON = Stretch(540, 720), Stretch(840, 1080)
WEEKDAYS = dict.fromkeys(range(1, 6), (MORNING, AFTERNOON))
TOLD = services.Particulars(
    name="横岗志愿者之家",
    kind=None,
    address="横岗街道红棉路1号",
    capacity=60,
    functions="培训、便民服务",
    latitude=Decimal("22.642100"),
    longitude=Decimal("114.199300"),
)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment in 龙岗's own time."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


def told(*, kind: str = "volunteer_home", **otherwise: object) -> services.Particulars:
    """Return particulars of a place."""
    given = {**vars(TOLD), "kind": models.Kind.objects.get(slug=kind), **otherwise}
    return services.Particulars(**given)


def make_venue(cast, *, org=None, code="HG-01", when=NOW, **otherwise):
    """Enter a place of 横岗."""
    new = services.NewVenue(code, org or cast.henggang, told(**otherwise))
    return services.enter_venue(new=new, at=when, by=cast.lin)


def week(*, valid_from=SUNDAY, days=None, closed_on_holidays=True):
    """Return the hours of weekdays."""
    return Week(valid_from, closed_on_holidays, WEEKDAYS if days is None else days)


def make_open(cast, *, when=NOW, **given):
    """Enter a place with hours and a room of ten, and open it."""
    venue = make_venue(cast, when=when, **given)
    valid_from = when.astimezone(ZoneInfo("Asia/Shanghai")).date()
    services.set_hours(venue=venue, week=week(valid_from=valid_from), at=when, by=cast.lin)
    services.add_room(venue=venue, name="会议室", capacity=10, at=when, by=cast.lin)
    return services.open_venue(venue=venue, at=when, by=cast.lin)


def member(number: str, name: str, org) -> Actor:
    """Enter a League member of an organisation, and return them as an actor without a post."""
    person = make_person(number, name)
    Membership.objects.create(person=person, org=org, starts_on=LONG_AGO)
    return access_queries.actor_of_person(person.pk, person.name, SUNDAY)


def lay(cast, venue, *, day=MONDAY, places=1, stretch=MORNING):
    """Lay one shift, and return it."""
    laying = services.Laying(day, day, places, stretch)
    services.lay_shifts(venue=venue, laying=laying, at=NOW, by=cast.lin)
    return venue.shifts.filter(day=day).latest("pk")


def booking_of(room, *, day=MONDAY, opens=9, closes=10, people=5, org=None):
    """Return a booking to be made."""
    return services.NewBooking(room, day, Stretch(opens * 60, closes * 60), people, "读书会", org)


def book(room, by, **given):
    """Book a room once."""
    return services.book(new=booking_of(room, **given), at=NOW, by=by)[0]


def following(days: int) -> date:
    """Return the day so many days after MONDAY."""
    return MONDAY + timedelta(days=days)
