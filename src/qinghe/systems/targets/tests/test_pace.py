"""Where a task should be, how it shines, where it will end: reckoned without rounding."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinghe.lib.verdicts import Refused
from qinghe.systems.targets.rules.pace import (
    Course,
    Light,
    Measures,
    Point,
    check_points,
    forecast,
    light,
    percent_of,
)

YEAR = Course(start=date(2022, 1, 1), due=date(2022, 12, 31), target=Decimal(365))
STEPS = Course(
    start=date(2022, 1, 1),
    due=date(2022, 12, 31),
    target=Decimal(200),
    points=(Point(date(2022, 3, 31), 20), Point(date(2022, 9, 30), 70)),
)


@pytest.mark.parametrize(
    ("course", "day", "expected"),
    [
        (YEAR, date(2021, 12, 31), "0.0"),
        (YEAR, date(2022, 1, 1), "1.0"),
        (YEAR, date(2022, 7, 2), "183.0"),
        (YEAR, date(2022, 12, 31), "365.0"),
        (YEAR, date(2023, 5, 1), "365.0"),
        (STEPS, date(2022, 3, 30), "0.0"),
        (STEPS, date(2022, 3, 31), "40.0"),
        (STEPS, date(2022, 9, 29), "40.0"),
        (STEPS, date(2022, 9, 30), "140.0"),
        (STEPS, date(2022, 12, 31), "200.0"),
    ],
)
def test_what_is_due_follows_the_line_or_the_milestones(course, day, expected):
    assert course.expected(day) == Decimal(expected)


@pytest.mark.parametrize(
    ("done", "day", "shines"),
    [
        (None, date(2022, 7, 2), Light.NONE),  # a figure that is not there yet
        (0, date(2021, 12, 31), Light.NONE),
        (0, date(2022, 2, 5), Light.NONE),  # the 36th of 365 days: too early to be late
        (0, date(2022, 2, 6), Light.RED),
        (36, date(2022, 2, 5), Light.GREEN),
        (95, date(2022, 4, 10), Light.GREEN),  # 95 of 100
        (94, date(2022, 4, 10), Light.YELLOW),
        (80, date(2022, 4, 10), Light.YELLOW),
        (79, date(2022, 4, 10), Light.RED),
        (364, date(2022, 12, 31), Light.GREEN),
        (364, date(2023, 1, 1), Light.RED),  # past its end, whatever it lacks
        (365, date(2023, 1, 1), Light.GREEN),
    ],
)
def test_a_task_shines_by_what_is_done_of_what_is_due(done, day, shines):
    known = None if done is None else Decimal(done)

    assert light(known, course=YEAR, measures=Measures(), day=day) is shines


@given(
    done=st.integers(0, 400),
    more=st.integers(0, 50),
    day=st.dates(date(2022, 1, 1), date(2022, 12, 31)),
)
def test_more_work_never_shines_worse(done, more, day):
    order = [Light.RED, Light.YELLOW, Light.NONE, Light.GREEN]

    shines = [
        order.index(light(Decimal(each), course=YEAR, measures=Measures(), day=day))
        for each in (done, done + more)
    ]

    assert shines == sorted(shines)


def test_a_forecast_goes_on_as_fast_as_so_far():
    ahead = forecast(Decimal(50), course=YEAR, day=date(2022, 4, 10), end=YEAR.due)

    assert (ahead.done, ahead.passed, ahead.whole) == (Decimal(50), 100, 365)
    assert ahead.value == Decimal("182.5")
    assert forecast(Decimal(0), course=YEAR, day=date(2021, 12, 31), end=YEAR.due) is None
    assert forecast(None, course=YEAR, day=date(2022, 4, 10), end=YEAR.due) is None


@pytest.mark.parametrize(
    "points",
    [
        (Point(date(2022, 3, 31), 20), Point(date(2022, 3, 31), 40)),
        (Point(date(2022, 3, 31), 20), Point(date(2022, 4, 30), 20)),
        (Point(date(2021, 12, 31), 20),),
        (Point(date(2023, 1, 1), 20),),
        (Point(date(2022, 3, 31), 101),),
        (Point(date(2022, 3, 31), 0),),
    ],
)
def test_milestones_go_forward_and_up_within_the_days_of_the_task(points):
    with pytest.raises(Refused) as refused:
        check_points(points, start=YEAR.start, due=YEAR.due)

    assert refused.value.code == "wrong_milestones"


def test_of_nothing_there_is_no_percent():
    assert percent_of(Decimal(1), target=Decimal(0)) is None
    assert percent_of(None, target=Decimal(3)) is None
    assert percent_of(Decimal(1), target=Decimal(3)) == Decimal("33.3")
