from decimal import Decimal

import pytest

from qinghe.systems.dashboard import rules
from qinghe.systems.dashboard.rules import Basis, Light


def months(*values: int | None) -> list[Decimal | None]:
    return [None if value is None else Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("values", "light"),
    [
        ((100, 100, 100), Light.CALM),
        ((100, 100, 81), Light.CALM),
        ((100, 100, 80), Light.AMBER),
        ((100, 100, 51), Light.AMBER),
        ((100, 100, 50), Light.RED),
        ((200, 100, 75), Light.RED),  # of a mean of 150
        ((100, 100, 300), Light.CALM),
    ],
)
def test_what_flows_is_held_against_the_mean_of_the_months_before(values, light):
    assert rules.turn(months(*values), basis=Basis.FLOW).light is light


@pytest.mark.parametrize(
    ("values", "light"),
    [
        ((50, 1000, 991), Light.CALM),
        ((50, 1000, 990), Light.AMBER),
        ((50, 1000, 950), Light.RED),
        ((5000, 1000, 1000), Light.CALM),  # only the month before counts
    ],
)
def test_what_stands_is_held_against_the_month_before(values, light):
    assert rules.turn(months(*values), basis=Basis.STOCK).light is light


@pytest.mark.parametrize(
    ("values", "light"),
    [((40, 60, 46), Light.CALM), ((40, 60, 45), Light.AMBER), ((40, 60, 40), Light.RED)],
)
def test_a_rate_of_what_flows_is_held_against_its_mean_more_strictly(values, light):
    assert rules.turn(months(*values), basis=Basis.RATE).light is light


@pytest.mark.parametrize("values", [(), (100,), (None, 100), (0, 0, 10), (4, 4, 0)])
def test_without_a_past_there_is_no_verdict(values):
    assert rules.turn(months(*values), basis=Basis.FLOW) == rules.STEADY


def test_a_fall_is_told_as_a_share_of_before():
    assert rules.turn(months(100, 100, 53), basis=Basis.FLOW).change == Decimal("-0.47")
