from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinghe.lib import periods
from qinghe.lib.verdicts import Refused
from qinghe.reports.circulars import rules
from qinghe.reports.circulars.rules import Order

D = Decimal
values = st.one_of(st.none(), st.decimals(0, 10**6, places=2))


def test_equal_values_share_a_place_and_the_next_is_left_out():
    places = rules.ranks({1: D(9), 2: D(7), 3: D(7), 4: D(1)}, order=Order.HIGH)

    assert places == {1: 1, 2: 2, 3: 2, 4: 4}
    assert rules.shared(places) == {2, 3}


def test_what_has_no_value_has_no_place_and_0_has_one():
    places = rules.ranks({1: D(0), 2: None, 3: D(5)}, order=Order.HIGH)

    assert places == {1: 2, 2: None, 3: 1}
    assert rules.shared(places) == frozenset()


def test_the_lowest_comes_first_where_less_is_better():
    assert rules.ranks({1: D(3), 2: D(1)}, order=Order.LOW) == {1: 2, 2: 1}


@given(st.dictionaries(st.integers(0, 50), values, max_size=12), st.sampled_from(Order))
def test_a_place_counts_those_who_are_better_whatever_the_order_of_the_streets(numbers, order):
    places = rules.ranks(numbers, order=order)

    backwards = rules.ranks(dict(reversed(numbers.items())), order=order)
    assert places == backwards
    assert [key for key, place in places.items() if place is None] == [
        key for key, value in numbers.items() if value is None
    ]
    for one, place in places.items():
        for other, second in places.items():
            if place and second:
                assert (numbers[one] == numbers[other]) == (place == second)


@given(st.integers(1, 10**7), st.integers(1, 40), st.integers(0, 3))
def test_equal_shares_add_up_and_differ_by_one_step_at_most(units, count, decimals):
    step = D(1).scaleb(-decimals)

    parts = rules.equal_shares(total=units * step, count=count, decimals=decimals)

    assert sum(parts) == units * step
    assert max(parts) - min(parts) <= step


def test_a_goal_finer_than_its_figure_is_not_shared_out():
    with pytest.raises(Refused) as refusal:
        rules.equal_shares(total=D("1.5"), count=2, decimals=0)

    assert refusal.value.code == "goal_too_fine"


@pytest.mark.parametrize(
    ("value", "goal", "in_points", "told"),
    [
        (D(50), D(200), False, D("25.0")),
        (D(2), D(3), False, D("66.7")),
        (D("97.46"), D("98"), True, D("-0.54")),
        (None, D(3), False, None),
        (D(3), None, False, None),
    ],
)
def test_completion_is_a_percentage_and_of_a_percentage_a_distance_in_points(
    value, goal, in_points, told
):
    assert rules.completion(value=value, goal=goal, in_points=in_points) == told


@pytest.mark.parametrize(
    ("now", "then", "in_points", "told", "note"),
    [
        (D(12), D(10), False, D("20.0"), ""),
        (D(5), D(10), False, D("-50.0"), ""),
        (D("97.46"), D("98.00"), True, D("-0.54"), ""),
        (D(5), D(0), False, None, "基数为0"),
        (D(0), D(0), False, None, "持平"),
        (D(5), None, False, None, "无对比数据"),
        (None, D(5), False, None, ""),
    ],
)
def test_a_change_is_in_percent_or_points_and_over_nothing_it_says_why_not(
    now, then, in_points, told, note
):
    found = rules.change(now=now, then=then, in_points=in_points)

    assert (found.change, found.note) == (told, note)


def test_who_lacks_one_place_has_no_mean():
    assert rules.mean_rank([1, 2, 2]) == D("1.7")
    assert rules.mean_rank([1, None]) is None
    assert rules.mean_rank([]) is None


def test_a_year_is_no_period_of_a_circular():
    with pytest.raises(Refused) as refusal:
        rules.check_period(periods.year(2022))

    assert refusal.value.code == "wrong_period"


def test_what_is_issued_moves_nowhere():
    assert rules.MOVES[rules.ISSUED] == frozenset()
    assert rules.ANSWERS[rules.ACCEPTED] == frozenset()


def test_a_long_list_of_names_ends_in_a_count():
    assert rules.named(["甲", "乙"]) == "甲、乙"
    assert rules.named(["甲"] * 21).endswith("等21个单位")
    assert rules.behind_words("红棉社区", missing=1, late=2) == "红棉社区（未报1份，迟报2份）"
