"""A place from its first row to its last, and its hours."""

from datetime import date

import pytest

from qinghe.kernel.notices.models import Notice
from qinghe.lib.verdicts import Refused
from qinghe.systems.venues import queries, services
from qinghe.systems.venues.models import Booking, Kind, Phase, Shift, Venue
from tests.cast import NOW

from .makers import (
    AFTERNOON,
    MONDAY,
    MORNING,
    SUNDAY,
    at,
    book,
    following,
    lay,
    make_open,
    make_venue,
    member,
    told,
    week,
)

pytestmark = pytest.mark.django_db


def refusal(do):
    with pytest.raises(Refused) as refused:
        do()
    return refused.value.code


def test_a_place_opens_once_it_has_hours_and_a_room(cast):
    venue = make_venue(cast)

    assert refusal(lambda: services.open_venue(venue=venue, at=NOW, by=cast.lin)) == "not_ready"
    services.set_hours(venue=venue, week=week(), at=NOW, by=cast.lin)
    services.add_room(venue=venue, name="会议室", capacity=10, at=NOW, by=cast.lin)
    opened = services.open_venue(venue=venue, at=NOW, by=cast.lin)

    assert (opened.state, opened.opened_on) == ("open", SUNDAY)


def test_its_states_are_dated(cast, venue):
    services.suspend_venue(
        venue=venue, reason="装修", planned_until=date(2022, 7, 20), at=at(MONDAY, 9), by=cast.lin
    )
    services.open_venue(venue=venue, at=at(following(9), 9), by=cast.lin)
    services.close_venue(venue=venue, reason="撤并", at=at(following(20), 9), by=cast.lin)

    phases = Phase.objects.order_by("pk").values_list("state", "starts_on", "ends_on")
    assert list(phases) == [
        ("preparing", SUNDAY, SUNDAY),
        ("open", SUNDAY, MONDAY),
        ("suspended", MONDAY, following(9)),
        ("open", following(9), following(20)),
        ("closed", following(20), None),
    ]


@pytest.mark.parametrize(
    ("code", "otherwise", "why"),
    [
        ("横岗1", {}, "code_unfit"),
        ("HG-01", {"name": "另一处"}, "code_taken"),
        ("HG-02", {}, "name_taken"),
        ("HG-02", {"name": "另一处", "latitude": None}, "half_a_position"),
    ],
)
def test_what_is_no_new_place(cast, venue, code, otherwise, why):
    assert refusal(lambda: make_venue(cast, code=code, **otherwise)) == why
    assert Venue.objects.count() == 1


def test_only_the_district_names_a_new_kind(cast):
    street = refusal(
        lambda: services.add_kind(slug="tower", label="塔群式阵地", at=NOW, by=cast.chen)
    )
    services.add_kind(slug="tower", label="塔群式阵地", at=NOW, by=cast.lin)

    assert street == "not_allowed"
    assert Kind.objects.filter(slug="tower").exists()


def test_who_keeps_another_street_keeps_nothing_here(cast, venue):
    change = refusal(lambda: services.change_venue(venue=venue, told=told(), at=NOW, by=cast.zhou))

    assert change == "not_allowed"


def test_what_is_changed_is_told_by_name(cast, venue):
    changed = services.change_venue(
        venue=venue, told=told(capacity=80, functions="培训"), at=NOW, by=cast.chen
    )

    assert (changed.capacity, changed.functions) == (80, "培训")


def test_suspending_calls_off_what_falls_into_it_and_tells_them(cast, venue, room):
    ming = member("M1", "晓明", cast.hongmian)
    soon, later = book(room, ming), book(room, ming, day=following(10))
    shift = lay(cast, venue)
    services.take_shift(shift=shift, at=NOW, by=ming)

    services.suspend_venue(
        venue=venue, reason="台风。", planned_until=following(7), at=NOW, by=cast.chen
    )

    assert Booking.objects.get(pk=soon.pk).state == "cancelled"
    assert Booking.objects.get(pk=later.pk).state == "confirmed"
    assert Shift.objects.get(pk=shift.pk).state == "cancelled"
    told = Notice.objects.filter(person=ming.person_id).values_list("text", flat=True)
    assert len(told) == 2
    assert not any("。。" in text for text in told)


def test_hours_are_for_days_to_come(cast, venue):
    late = week(valid_from=SUNDAY)

    code = refusal(
        lambda: services.set_hours(venue=venue, week=late, at=at(MONDAY, 9), by=cast.lin)
    )

    assert code == "day_is_over"


def test_new_hours_end_the_old_ones_on_their_day(cast, venue):
    services.set_hours(
        venue=venue,
        week=week(valid_from=following(7), days={6: (MORNING,)}),
        at=NOW,
        by=cast.lin,
    )

    hours = queries.hours_of(cast.lin, [venue.pk])[venue.pk]
    assert hours.on(following(4)) == (MORNING, AFTERNOON)
    assert hours.on(following(7)) == ()
    assert hours.on(following(12)) == (MORNING,)
    assert list(venue.schedules.values_list("valid_until", "minutes")) == [
        (None, 180),
        (following(7), 5 * 420),
    ]


def test_a_special_day_calls_off_what_no_longer_fits(cast, venue, room):
    ming = member("M1", "晓明", cast.hongmian)
    morning, afternoon = book(room, ming), book(room, ming, opens=15, closes=16)

    services.set_special_day(
        venue=venue, day=MONDAY, stretch=MORNING, reason="下午消防演练", at=NOW, by=cast.chen
    )

    assert Booking.objects.get(pk=morning.pk).state == "confirmed"
    assert Booking.objects.get(pk=afternoon.pk).reason == "下午消防演练"


def test_what_anybody_may_know_costs_the_same_for_many_places(
    cast, venue, django_assert_num_queries
):
    for number in range(2, 8):
        make_open(cast, code=f"HG-0{number}", name=f"阵地{number}")

    with django_assert_num_queries(7):
        streets = queries.by_street(cast.zhou, kind="", at=at(MONDAY, 10))

    assert [(one.name, len(one.places)) for one in streets] == [("横岗街道", 7)]
    assert streets[0].places[0].standing == "开放中，今天到 12:00"
