"""The ladder: which step is due on which day, after any stop, each named once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinghe.lib.verdicts import Refused
from qinghe.systems.targets.rules.ladder import (
    Due,
    Reminding,
    Rung,
    Shining,
    check_pause,
    days_to_look_at,
    steps_due,
)
from qinghe.systems.targets.rules.pace import Light

DUE, SINCE = date(2022, 6, 30), date(2022, 6, 1)  # a Wednesday; the 3rd was a holiday
REMINDING = Reminding(soon_days=7, named_days=5)


def rungs(light, day, *, is_reached=False):
    shining = Shining(due=DUE, light=light, since=SINCE, is_reached=is_reached)
    return [(step.rung, step.of) for step in steps_due(shining, reminding=REMINDING, day=day)]


@pytest.mark.parametrize(
    ("light", "day", "steps"),
    [
        (Light.GREEN, date(2022, 6, 22), []),
        (Light.GREEN, date(2022, 6, 23), [(Rung.SOON, DUE)]),
        (Light.GREEN, date(2022, 7, 1), []),
        (Light.YELLOW, date(2022, 6, 1), [(Rung.YELLOW, SINCE)]),
        (Light.RED, date(2022, 6, 8), [(Rung.RED, SINCE)]),
        (Light.RED, date(2022, 6, 9), [(Rung.RED, SINCE), (Rung.NAMED, SINCE)]),
        (Light.NONE, date(2022, 6, 23), []),
    ],
)
def test_each_step_comes_on_its_day(light, day, steps):
    assert rungs(light, day) == steps


def test_what_is_reached_is_not_called_due_soon():
    assert rungs(Light.GREEN, date(2022, 6, 23), is_reached=True) == []


@given(gap=st.integers(1, 30))
def test_a_stop_leaves_out_no_day(gap):
    seen = date(2022, 6, 1)
    today = seen + timedelta(days=gap)

    days = days_to_look_at(seen, today=today)

    assert days[0] == seen + timedelta(days=1)
    assert days[-1] == today
    assert len(days) == gap
    assert days_to_look_at(today, today=today) == []


def test_a_step_says_when_it_was_to_happen():
    shining = Shining(due=DUE, light=Light.RED, since=SINCE)

    named = steps_due(shining, reminding=REMINDING, day=date(2022, 6, 20))[-1]

    assert named == Due(Rung.NAMED, SINCE, date(2022, 6, 9))


@pytest.mark.parametrize(
    ("until", "code"), [(date(2022, 6, 30), "wrong_order"), (date(2023, 7, 3), "too_long")]
)
def test_a_pause_has_an_end_that_can_be_awaited(until, code):
    with pytest.raises(Refused) as refused:
        check_pause(until=until, today=date(2022, 7, 1))

    assert refused.value.code == code
