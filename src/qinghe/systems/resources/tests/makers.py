"""What the tests of resources stand on."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from qinghe.systems.resources import services
from tests.cast import NOW

DAY = date(2022, 7, 3)  # the day of NOW
SOON = date(2022, 7, 20)


def on(day: int, *, month: int = 7) -> datetime:
    """Return nine o'clock of a day of 2022."""
    return datetime(2022, month, day, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def make_resource(cast, *, quantity=10, kind="things", org=None, open_to=None):
    """Offer some tables of 横岗 to the whole district."""
    new = services.NewResource(
        title="折叠桌椅",
        kind=kind,
        org=org or cast.henggang,
        open_to=open_to or cast.longgang,
        quantity=quantity,
        unit="套",
    )
    return services.offer_resource(new=new, at=NOW, by=cast.lin)


def make_need(cast, *, org=None, quantity=4, kind="things"):
    """Let a community of 坂田 ask for tables."""
    new = services.NewNeed(
        title="义诊用桌椅",
        kind=kind,
        org=org or cast.xiangjiaotang,
        quantity=quantity,
        unit="套",
        needed_by=SOON,
    )
    return services.raise_need(new=new, at=NOW, by=cast.lin)


def make_drive(cast, *, org=None, item="图书", at=NOW):
    """Open a drive of the district for all of July."""
    new = services.NewDrive(
        title="U爱助梦",
        org=org or cast.longgang,
        item=item,
        unit="册",
        opens_on=date(2022, 1, 1),
        closes_on=date(2022, 12, 31),
    )
    return services.open_drive(new=new, at=at, by=cast.lin)


def give(cast, drive, *, quantity=50, accepted=None, org=None, at=NOW):
    """Bring things to a community, and take in so many of them when told."""
    new = services.NewDonation(drive=drive, org=org or cast.hongmian, quantity=quantity)
    donation = services.take_donation(new=new, at=at, by=cast.lin)
    if accepted is None:
        return donation
    return services.accept_donation(
        donation=donation, accepted=accepted, reason="破损", at=at, by=cast.lin
    )


def build(cast, drive, *, name="晨光图书室", quantity=10, at=NOW):
    """Build a reading room of the district with part of a drive's stock."""
    new = services.NewRoom(name, cast.longgang, "河源市某县某小学")
    room = services.plan_room(new=new, at=at, by=cast.lin)
    sent = services.send_delivery(drive=drive, room=room, quantity=quantity, at=at, by=cast.lin)
    services.receive_delivery(delivery=sent, at=at, by=cast.lin)
    return services.build_room(room=room, at=at, by=cast.lin)
