"""At once: two receivers ask for one member, two hands place one transfer."""

import pytest

from qinghe.systems.transfers.models import OPEN, Transfer
from tests.desk import at_once

from .makers import asked, make_ground, place, sent, standing

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_receivers_ask_for_one_member():
    ground = make_ground()

    codes = at_once(
        lambda: asked(ground),
        lambda: asked(ground),
        lambda: asked(ground, to_org=ground.second),
    )

    assert codes == ["", "already_open", "already_open"]
    assert Transfer.objects.filter(state__in=OPEN).count() == 1


def test_two_hands_place_one_transfer():
    ground = make_ground()
    one = sent(ground)

    codes = at_once(
        lambda: place(one, ground.workshop, ground.cast.liang),
        lambda: place(one, ground.second, ground.cast.liang),
    )

    assert codes == ["", "wrong_state"]
    there = standing(ground.member)
    assert len(there) == 1
    assert there == [Transfer.objects.get().placed_in]
