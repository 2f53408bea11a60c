"""Many at once for few numbers: each number goes to one, whatever the database (bar 13)."""

import pytest

from qinghe.systems.joining import services
from qinghe.systems.joining.models import Number, Quota
from tests.cast import NOW, make_wider_cast
from tests.desk import at_once

from .number_makers import enter, hand, pupil, quota, states

pytestmark = pytest.mark.django_db(transaction=True)


def test_eight_at_once_for_three_numbers():
    cast = make_wider_cast()
    enter(cast)
    hand(cast, cast.school, 3)
    crowd = [pupil(number) for number in range(8)]

    codes = at_once(
        *[
            lambda who=who: services.reserve_number(
                org=cast.branch, person=who, at=NOW, by=cast.luo
            )
            for who in crowd
        ]
    )

    assert codes == [""] * 3 + ["no_number_left"] * 5
    assert states(cast.school) == {"reserved": 3}


def test_one_person_asked_for_four_times_at_once_has_one_number():
    cast = make_wider_cast()
    enter(cast)
    hand(cast, cast.school, 3)
    someone = pupil(1)

    codes = at_once(
        *[lambda: services.reserve_number(org=cast.branch, person=someone, at=NOW, by=cast.luo)] * 4
    )

    assert codes == [""] * 4
    assert Number.objects.filter(person=someone).count() == 1


def test_handing_down_and_taking_back_at_once_lose_nothing():
    cast = make_wider_cast()
    enter(cast)
    hand(cast, cast.school, 5)
    school = quota(cast.school)

    codes = at_once(
        *[lambda: hand(cast, cast.henggang, 2)] * 3,
        *[lambda: hand(cast, cast.branch, 2, giver=cast.school, by=cast.tang)] * 3,
        lambda: services.take_back(quota=school, amount=1, reason="调剂", at=NOW, by=cast.lin),
    )

    assert set(codes) <= {"", "not_enough"}
    assert Number.objects.count() == 10
    for one in Quota.objects.all():
        below = Quota.objects.filter(giver=one.org).values_list("amount", flat=True)
        assert one.handed == sum(below)
        assert one.amount == one.handed + sum(states(one.org).values())
