"""Books given and reading rooms built in the two half-years, as reported, and a pool that is in use."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.systems.resources import services
from qinghe.systems.resources.models import Donation, Drive, Room

from . import cast, reported

ZONE = ZoneInfo("Asia/Shanghai")
DISTRICT, KEEPER, NEEDY = "440307", "440307017", "440307013002"
SEASONS = {  # a half-year: its drive, its days, the day on which what was given was looked over
    "2021H2": ("U爱助梦·2021年秋季募书", date(2021, 9, 1), date(2021, 12, 20), date(2021, 11, 6)),
    "2022H1": ("U爱助梦·2022年春季募书", date(2022, 3, 1), date(2022, 6, 20), date(2022, 4, 23)),
}
NAMES = ("晨光", "青禾", "向阳", "远山", "新芽")
A_ROOM = 300  # books on the shelves of one room
Say = Callable[[str], None]


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Enter what each organisation reported as donations and rooms, then what goes on today; once."""
    if Drive.objects.exists():
        return
    district = cast.place(DISTRICT)
    for period in SEASONS:
        _season(period, district)
    say(f"募集：{Donation.objects.count()} 笔捐赠、{Room.objects.count()} 间图书室")
    _pool(now=now)
    _today(district, now=now)


def _season(period: str, district: Org) -> None:
    title, opens, closes, day = SEASONS[period]
    officer = cast.officer()
    new = services.NewDrive(title, district, "图书", "册", opens, closes)
    drive = services.open_drive(new=new, at=_at(opens), by=officer)
    for org, books in reported.numbers_of("VOL-10", period).items():
        brought = services.NewDonation(drive=drive, org=org, quantity=books)
        donation = services.take_donation(new=brought, at=_at(day), by=officer)
        services.accept_donation(donation=donation, accepted=books, at=_at(day), by=officer)
    for org, standing in reported.numbers_of("VOL-11", period).items():
        for _ in range(standing - Room.objects.filter(org=org).count()):
            _room(drive, org, day=day + timedelta(days=30), by=officer)
    services.close_drive(drive=drive, at=_at(closes), by=officer)


def _room(drive: Drive, org: Org, *, day: date, by: Actor) -> None:
    place = Room.objects.count()
    new = services.NewRoom(
        f"{NAMES[place % len(NAMES)]}梦想图书室", org, f"帮扶地区第{place + 1}小学"
    )
    room = services.plan_room(new=new, at=_at(day - timedelta(days=20)), by=by)
    sent = services.send_delivery(drive=drive, room=room, quantity=A_ROOM, at=_at(day), by=by)
    services.receive_delivery(delivery=sent, at=_at(day), by=by)
    services.build_room(room=room, at=_at(day), by=by)


def _pool(*, now: datetime) -> None:
    """A street offers, a community asks: one request is met, one waits for the street's answer."""
    keeper, needy, district = cast.place(KEEPER), cast.place(NEEDY), cast.place(DISTRICT)
    officer = cast.officer()
    secretary = reported.who_answers().secretaries[keeper.pk]
    asking = reported.who_answers().secretaries[needy.pk]
    unit = services.take_in_provider(
        new=services.NewProvider("禾光印务", keeper, "免费印制宣传资料。"), at=now, by=secretary
    )
    tables = services.NewResource("折叠桌椅", "things", keeper, district, 60, "套")
    prints = services.NewResource("宣传资料印制", "things", keeper, district, 5000, "册", unit)
    room = services.NewResource("青年之家活动室", "place", keeper, keeper, 1, "间")
    offered = [
        services.offer_resource(new=new, at=now, by=secretary) for new in (tables, prints, room)
    ]
    services.offer_resource(
        new=services.NewResource("急救培训讲师", "people", district, district, 4, "人"),
        at=now,
        by=officer,
    )
    soon = local_day(now) + timedelta(days=14)
    for title, quantity, resource, is_met in (
        ("义诊活动桌椅", 12, offered[0], True),
        ("防溺水宣传册", 800, offered[1], False),
    ):
        new = services.NewNeed(title, "things", needy, quantity, resource.unit, soon)
        need = services.raise_need(new=new, at=now, by=asking)
        asked = services.ask_for(need=need, resource=resource, quantity=quantity, at=now, by=asking)
        if is_met:
            services.agree(allocation=asked, at=now, by=secretary)
            services.deliver(allocation=asked, served=140, at=now, by=asking)
            services.meet_need(need=need, at=now, by=asking)


def _today(district: Org, *, now: datetime) -> None:
    """A drive that is open, with something brought that nobody has looked over yet."""
    day, needy = local_day(now), cast.place(NEEDY)
    new = services.NewDrive(
        "U爱助梦·玩具漂流", district, "玩具", "件", day, day + timedelta(days=45)
    )
    drive = services.open_drive(new=new, at=now, by=cast.officer())
    brought = services.NewDonation(drive=drive, org=needy, quantity=26)
    services.take_donation(new=brought, at=now, by=reported.who_answers().secretaries[needy.pk])


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=ZONE).astimezone(UTC)
