"""Each check by itself: rows in, doubts out (V-36, bars 16 and 17)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from qinghe.systems.volunteering import rules
from qinghe.systems.volunteering.rules import doubts

from .hour_makers import limits, sitting, trace
from .makers import at

PARK = (Decimal("22.650000"), Decimal("114.190000"))
TOWN = (Decimal("22.850000"), Decimal("114.190000"))  # 22 km north


def found(doubts):
    return [(doubt.kind, doubt.attendances) for doubt in doubts]


@pytest.mark.parametrize(
    ("came", "left", "doubted"),
    [
        (at(11), at(13), True),
        (at(12), at(14), False),  # one begins as the other ends
        (at(9), at(12), True),
        (at(11, 59), at(14), True),
    ],
)
def test_a_person_at_two_sessions_at_once_is_doubted(came, left, doubted):
    park, hall = sitting(1), sitting(2, starts=at(9), hours=6)
    mine = [trace(1, park, how="sheet"), trace(2, hall, came=came, left=left, how="late")]
    mine.sort(key=lambda one: one.span.came)

    expected = [("two_places", (1, 2))] if doubted else []
    assert found(doubts.two_places(mine)) == expected


def test_a_long_stay_is_compared_with_all_that_begin_within_it():
    long = trace(1, sitting(1, hours=9), left=at(18))
    mine = [long, trace(2, sitting(2, starts=at(10), hours=1)), trace(3, sitting(3, starts=at(15)))]

    assert found(doubts.two_places(mine)) == [("two_places", (1, 2)), ("two_places", (1, 3))]


def test_two_stays_of_one_session_are_one_place():
    park = sitting(1)

    assert found(doubts.two_places([trace(1, park), trace(1, park, came=at(10))])) == []


@pytest.mark.parametrize(
    ("gap", "speed", "to", "doubted"),
    [
        (10, 120, TOWN, True),  # 22 km in ten minutes
        (11, 120, TOWN, True),
        (12, 120, TOWN, False),
        (12, 60, TOWN, True),
        (0, 120, PARK, False),  # the same place
        (10, 120, None, False),  # not on the map
    ],
)
def test_a_way_too_far_for_the_time_is_doubted(gap, speed, to, doubted):
    one = trace(1, sitting(1, place=PARK))
    then = trace(2, sitting(2, starts=at(12, gap), place=to))

    expected = [("travel", (1, 2))] if doubted else []
    assert found(doubts.travel([one, then], speed=speed)) == expected


def test_the_distance_is_that_on_the_globe():
    assert round(doubts.kilometres(PARK, TOWN), 1) == 22.2


@pytest.mark.parametrize(
    ("registered", "doubted"),
    [(date(2022, 5, 4), False), (date(2022, 5, 5), True), (date(2022, 5, 3), False)],
)
def test_hours_before_registration_are_doubted(registered, doubted):
    mine = [trace(1, sitting(), registered=registered)]

    expected = [("unregistered", (1,))] if doubted else []
    assert found(doubts.before_registration(mine)) == expected


@pytest.mark.parametrize(
    ("how", "recorded_by", "doubted"),
    [("roster", 1, True), ("late", 1, True), ("scan", 1, False), ("roster", 2, False), ("sheet", None, False)],
)  # fmt: skip
def test_what_one_wrote_down_for_oneself_is_doubted_but_not_ones_scan(how, recorded_by, doubted):
    mine = [trace(1, sitting(), how=how, recorded_by=recorded_by)]

    expected = [("self", (1,))] if doubted else []
    assert found(doubts.credited_by_oneself(mine)) == expected


def test_a_day_of_more_hours_than_allowed_is_doubted_as_a_whole():
    mine = [
        trace(1, sitting(1, starts=at(6), hours=9)),
        trace(2, sitting(2, starts=at(15), hours=8)),
    ]

    assert found(doubts.long_days(mine, most=16 * 60)) == [("long_day", (1, 2))]
    assert found(doubts.long_days(mine, most=17 * 60)) == []


def test_a_week_runs_from_monday():
    sunday, monday = at(9, day=8), at(9, day=9)
    mine = [trace(1, sitting(1, starts=sunday)), trace(2, sitting(2, starts=monday))]

    assert found(doubts.long_weeks(mine, most=300)) == []
    assert found(doubts.long_weeks(mine, most=179)) == [("long_week", (1,)), ("long_week", (2,))]


@pytest.mark.parametrize(("hour", "people", "doubted"), [(0, 3, True), (4, 3, True), (5, 3, False), (3, 2, False)])  # fmt: skip
def test_many_check_ins_before_dawn_are_doubted(hour, people, doubted):
    where = sitting(1, starts=at(hour))
    rows = [trace(number, where, person=number) for number in range(people)]

    assert bool(found(doubts.night(rows, least=3))) is doubted


@pytest.mark.parametrize(
    ("people", "most", "room", "doubted"),
    [(4, 3, None, True), (3, 3, None, False), (4, 100, 2, True), (3, 100, 2, False)],
)
def test_more_people_than_the_place_holds_are_doubted(people, most, room, doubted):
    where = sitting(1, room=room)
    rows = [trace(number, where, person=number) for number in range(people)]

    assert bool(found(doubts.crowd(rows, most=most))) is doubted


def _roster(first, where, *, shift=0, people=(1, 2, 3), how="roster"):
    starts = where.frame.starts_at
    return [
        trace(
            first + place, where, person=person, how=how,
            came=starts + timedelta(minutes=3 * place + shift * place),
            left=starts + timedelta(minutes=150 + place),
        )
        for place, person in enumerate(people)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("other", "doubted"),
    [
        ({}, True),
        ({"shift": 1}, False),  # other times
        ({"people": (1, 2, 4)}, False),  # other people
        ({"how": "scan"}, False),  # everybody scanned
    ],
)
def test_a_roster_copied_to_another_day_is_doubted(other, doubted):
    first = _roster(10, sitting(1))
    second = _roster(20, sitting(2, starts=at(14, day=11)), **other)

    expected = [("clone", (10, 11, 12, 20, 21, 22))] if doubted else []
    assert found(doubts.clones([first, second], least=3)) == expected


def test_rosters_of_other_teams_small_ones_and_those_that_say_nothing_are_no_clones():
    elsewhere = sitting(2, starts=at(9, day=11), keeper="team 2")
    plain = [[trace(n, sitting(s), person=n) for n in (1, 2, 3)] for s in (1, 2)]

    assert found(doubts.clones([_roster(10, sitting(1)), _roster(20, elsewhere)], least=3)) == []
    assert found(doubts.clones([_roster(1, sitting(1)), _roster(5, sitting(2))], least=4)) == []
    assert found(doubts.clones(plain, least=3)) == []


def test_a_device_for_more_people_than_carry_one_phone_is_doubted():
    touches = [rules.Touch("a", 1, number) for number in range(4)] + [rules.Touch("b", 1, 9)]

    assert found(rules.shared_devices(touches, most=3)) == [("device", (0, 1, 2, 3))]
    assert found(rules.shared_devices(touches, most=4)) == []


def test_all_checks_of_a_person_are_asked():
    mine = [trace(1, sitting(), registered=date(2022, 6, 1), recorded_by=1)]

    kinds = {doubt.kind for doubt in rules.of_person(mine, limits=limits(day_minutes=60))}
    assert kinds == {"unregistered", "self", "long_day"}


@pytest.mark.parametrize(
    ("before", "approved", "minutes", "approval", "then"),
    [
        ("effective", 180, 180, "none", "effective"),
        ("pending", 180, 180, "none", "effective"),  # it was cut to a short day meanwhile
        ("effective", 540, 540, "parent", "effective"),  # a word from above was had
        ("effective", 540, 500, "parent", "effective"),
        ("effective", 500, 540, "parent", "pending"),  # it has grown: another word is needed
        ("pending", 540, 540, "parent", "pending"),
    ],
)
def test_what_nothing_holds_any_longer_is_what_it_was(before, approved, minutes, approval, then):
    state = rules.state_after_hold(
        before=before, approved=approved, minutes=minutes, approval=approval
    )

    assert state == then
