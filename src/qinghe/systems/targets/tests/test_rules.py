"""Where an item stands, and how far a number is given on: values in, verdicts out."""

from decimal import Decimal

import pytest

from qinghe.lib.verdicts import Refused
from qinghe.systems.targets import rules


@pytest.mark.parametrize(
    ("number", "path"),
    [("1", "001."), ("1.12", "001.012."), ("3.2.10", "003.002.010."), ("2.", "002.")],
)
def test_a_printed_number_is_a_place_in_the_list(number, path):
    assert rules.path_of(number) == path


@pytest.mark.parametrize("number", ["", "0", "1.0", "1.2.3.4", "一", "1.a", "1000", "-1"])
def test_what_is_no_number_of_a_list_is_refused(number):
    with pytest.raises(Refused, match="序号"):
        rules.path_of(number)


def test_the_next_place_comes_after_all_that_were_taken():
    assert rules.next_path("", taken=[]) == "001."
    assert rules.next_path("001.", taken=["001.001.", "001.009."]) == "001.010."
    with pytest.raises(Refused, match="不能再分"):
        rules.next_path("001.001.001.", taken=[])


def test_the_lists_order_is_that_of_its_paths():
    numbers = ["1", "1.1", "1.2", "1.10", "2", "2.1", "10"]

    assert sorted(numbers, key=rules.path_of) == numbers


@pytest.mark.parametrize(
    ("below", "gap", "lapsed"),
    [
        ([], 0, 0),  # what was not given on is carried where it is
        ([(6, True), (5, True)], 0, 0),
        ([(6, True), (3, True)], 2, 0),
        ([(9, True), (5, True)], -3, 0),
        ([(6, True), (5, False)], 5, 5),
    ],
)
def test_what_lacks_is_what_nobody_carries(below, gap, lapsed):
    found = rules.balance(11, below=below)

    assert (found.gap, found.lapsed) == (gap, lapsed)


def test_figures_below_nought_and_none_weigh_nothing():
    figures = [Decimal("1.5"), None, Decimal(-3), Decimal("0.5")]

    assert rules.by_figures(8, figures=figures) == [6, 0, 0, 2]


@pytest.mark.parametrize("target", [None, Decimal("1.5"), Decimal(10_000_001)])
def test_only_a_whole_number_is_shared_out(target):
    with pytest.raises(Refused, match="整数"):
        rules.whole_of(target)


@pytest.mark.parametrize(
    ("target", "unit", "code", "why"),
    [
        (None, "", "", ""),
        (Decimal(1), "个", "", ""),
        (Decimal(1), " ", "", "unit_needed"),
        (None, "", "VOL-34", "target_needed"),
    ],
)
def test_a_number_says_of_what_and_a_measure_has_a_number(target, unit, code, why):
    if not why:
        rules.check_target(target=target, unit=unit, code=code)
        return
    with pytest.raises(Refused) as refused:
        rules.check_target(target=target, unit=unit, code=code)
    assert refused.value.code == why
