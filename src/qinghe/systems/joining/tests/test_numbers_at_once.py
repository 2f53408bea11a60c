"""Many at once for few numbers: each number goes to one, whatever the database (bar 13)."""

import pytest

from qinghe.systems.joining import services
from qinghe.systems.joining.models import Number, Quota
from tests.cast import NOW, make_wider_cast
from tests.desk import at_once

from .number_makers import enter, hand, pupil, quota, states

pytestmark = pytest.mark.django_db(transaction=True)


WRITERS = 50


def test_fifty_at_once_for_seven_numbers():
    cast = make_wider_cast()
    enter(cast)
    hand(cast, cast.school, 7)
    crowd = [pupil(number) for number in range(WRITERS)]

    codes = at_once(
        *[
            lambda who=who: services.reserve_number(
                org=cast.branch, person=who, at=NOW, by=cast.luo
            )
            for who in crowd
        ]
    )

    assert codes == [""] * 7 + ["no_number_left"] * (WRITERS - 7)
    assert states(cast.school) == {"reserved": 7}
    assert len(set(Number.objects.exclude(person=None).values_list("person", flat=True))) == 7


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


def test_fifty_hands_that_give_down_and_take_back_at_once_lose_nothing():
    cast = make_wider_cast()
    enter(cast, size=30)
    hand(cast, cast.school, 10)
    school = quota(cast.school)

    codes = at_once(
        *[lambda: hand(cast, cast.henggang, 2)] * 20,
        *[lambda: hand(cast, cast.branch, 2, giver=cast.school, by=cast.tang)] * 20,
        *[lambda: services.take_back(quota=school, amount=1, reason="调剂", at=NOW, by=cast.lin)]
        * 10,
    )

    assert set(codes) <= {"", "not_enough"}
    assert len(codes) == WRITERS
    assert Number.objects.count() == 30
    for one in Quota.objects.all():
        below = Quota.objects.filter(giver=one.org).values_list("amount", flat=True)
        assert one.handed == sum(below)
        assert one.amount == one.handed + sum(states(one.org).values())
