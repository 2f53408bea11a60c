"""Drives: what is brought counts when it was looked over, and no more goes out than is there."""

from datetime import datetime

import pytest

from qinghe.lib.periods import TZ
from qinghe.lib.verdicts import Refused
from qinghe.systems.resources import queries, services
from qinghe.systems.resources.models import Donation, Drive
from tests.cast import NOW

from .makers import build, give, make_drive

pytestmark = pytest.mark.django_db


def test_what_is_fit_goes_into_stock_with_the_reason_for_the_rest(cast, drive):
    donation = give(cast, drive, quantity=50, accepted=48)

    drive.refresh_from_db()
    assert (drive.stock, donation.accepted, donation.reason) == (48, 48, "破损")
    assert donation.decided_by == "林青"


@pytest.mark.parametrize(
    ("accepted", "reason", "code"),
    [(51, "", "too_many"), (0, "", "nothing_accepted"), (49, " ", "reason_needed")],
)
def test_what_is_not_accepted(cast, drive, accepted, reason, code):
    donation = give(cast, drive)

    with pytest.raises(Refused) as refused:
        services.accept_donation(
            donation=donation, accepted=accepted, reason=reason, at=NOW, by=cast.lin
        )

    assert refused.value.code == code
    assert Donation.objects.get().state == "brought"


def test_a_donation_is_looked_over_once(cast, drive):
    donation = give(cast, drive, accepted=50)

    with pytest.raises(Refused) as refused:
        services.accept_donation(donation=donation, accepted=50, at=NOW, by=cast.lin)

    assert refused.value.code == "wrong_state"
    assert Drive.objects.get().stock == 50


def test_a_drive_takes_nothing_before_it_begins_or_from_beside(cast, drive):
    early = datetime(2021, 12, 31, 9, tzinfo=TZ)
    streets_own = make_drive(cast, org=cast.henggang)

    with pytest.raises(Refused) as too_early:
        give(cast, drive, at=early)
    with pytest.raises(Refused) as beside:
        give(cast, streets_own, org=cast.xiangjiaotang)

    assert (too_early.value.code, beside.value.code) == ("drive_closed", "not_of_the_drive")


def test_a_closed_drive_takes_nothing_more_but_sends_what_it_has(cast, drive):
    give(cast, drive, accepted=20)
    services.close_drive(drive=drive, at=NOW, by=cast.lin)

    with pytest.raises(Refused) as refused:
        give(cast, drive)
    room = build(cast, drive, quantity=20)

    assert refused.value.code == "drive_closed"
    assert (room.state, Drive.objects.get().stock) == ("built", 0)


def test_no_more_goes_out_than_is_there(cast, drive):
    give(cast, drive, accepted=9)

    with pytest.raises(Refused, match="库存只有9册"):
        build(cast, drive, quantity=10)

    assert Drive.objects.get().stock == 9


def test_a_room_stands_only_when_something_has_arrived(cast, drive):
    give(cast, drive, accepted=20)
    room = services.plan_room(
        new=services.NewRoom("晨光图书室", cast.longgang, "河源市"), at=NOW, by=cast.lin
    )
    services.send_delivery(drive=drive, room=room, quantity=5, at=NOW, by=cast.lin)

    with pytest.raises(Refused) as refused:
        services.build_room(room=room, at=NOW, by=cast.lin)

    assert refused.value.code == "nothing_received"


def test_a_community_takes_donations_and_does_not_run_drives(cast, drive):
    new = services.NewDonation(drive=drive, org=cast.xiangjiaotang, quantity=3)
    donation = services.take_donation(new=new, at=NOW, by=cast.zhou)

    with pytest.raises(Refused) as refused:
        services.close_drive(drive=drive, at=NOW, by=cast.zhou)

    assert donation.org == cast.xiangjiaotang
    assert refused.value.code == "not_allowed"
    assert queries.donations_seen_by(cast.chen).count() == 0
