"""The same list, or the same row in two, loaded and agreed to at one moment: it counts once (bar 13)."""

import pytest

from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, services
from tests.cast import make_cast

from .carried_makers import DECIDED, LOADED, check, hours_of, line, load, make_source, with_id
from .makers import make_volunteer
from .test_courtesy_at_once import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def known(cast):
    made = make_volunteer("ZY1", person=cast.xiaoming, org=cast.hongmian)
    with_id(made.person)
    return made


def test_one_file_confirmed_and_sent_many_times_at_once_is_one_list(cast, known):
    source = make_source(cast.lin, cast.longgang)
    found = check(source, line(), org=cast.henggang, by=cast.chen)

    def confirm():
        services.confirm_list(found=found, at=LOADED, by=cast.chen)

    came_to = at_once([confirm] * 4)

    assert sorted(came_to) == ["", "already_loaded", "already_loaded", "already_loaded"]
    with pytest.raises(Refused):
        check(source, line(), org=cast.henggang, by=cast.chen)
    assert models.CarriedRow.objects.count() == 1


def test_one_file_sent_many_times_at_once_is_looked_at_once(cast, known):
    source = make_source(cast.lin, cast.longgang)

    came_to = at_once([lambda: check(source, line(), org=cast.henggang, by=cast.chen)] * 4)

    assert came_to == [""] * 4
    assert models.CarriedList.objects.count() == models.CarriedRow.objects.count() == 1


def test_two_lists_with_the_same_row_agreed_to_at_once_count_it_once(cast, known):
    source = make_source(cast.lin, cast.longgang)
    lists = [
        check(source, line(), org=org, by=by)
        for org, by in [(cast.longgang, cast.lin), (cast.henggang, cast.chen)]
    ]
    at_once(
        [
            lambda: services.confirm_list(found=lists[0], at=LOADED, by=cast.lin),
            lambda: services.confirm_list(found=lists[1], at=LOADED, by=cast.chen),
        ]
    )

    states = sorted(models.CarriedRow.objects.values_list("state", flat=True))
    assert states == ["known", "matched"]


def test_one_list_agreed_to_by_many_at_once_counts_once(cast, known):
    source = make_source(cast.lin, cast.longgang)
    found = load(source, line(), org=cast.henggang, by=cast.chen)

    def agree():
        services.agree_to_list(found=found, at=DECIDED, by=cast.lin)

    came_to = at_once([agree] * 4)

    assert sorted(came_to) == ["", "nothing_waits", "nothing_waits", "nothing_waits"]
    assert hours_of(known) == [150]
