from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinghe.lib import periods
from qinghe.lib.verdicts import Refused
from qinghe.reports.circulars import composing, rules
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
    ("now", "then", "unit", "told", "note"),
    [
        (D(12), D(10), "家", D("20.0"), ""),
        (D(5), D(10), "家", D("-50.0"), ""),
        (D("97.46"), D("98.00"), "%", D("-0.54"), ""),
        (D(5), D(0), "家", None, "基数为0"),
        (D(0), D(0), "家", D("0.0"), "持平"),
        (D(40000), D(40000), "人次", D("0.0"), "持平"),
        (D(40001), D(40000), "人次", D("0.0"), "基本持平（+1人次）"),
        (D(39999), D(40000), "人次", D("0.0"), "基本持平（−1人次）"),
        (D(5), None, "家", None, "无对比数据"),
        (None, D(5), "家", None, ""),
    ],
)
def test_a_change_is_in_percent_or_points_and_over_nothing_it_says_why_not(
    now, then, unit, told, note
):
    found = rules.change(now=now, then=then, unit=unit)

    assert (found.change, found.note) == (told, note)


@pytest.mark.parametrize(
    ("difference", "unit", "said"),
    [
        (D(0), "%", "持平"),
        (D("0.0012"), "%", "基本持平（+0.0012个百分点）"),
        (D("-0.00001"), "%", "基本持平（−不足0.0001个百分点）"),
        (D("0.0333"), "小时", "基本持平（+0.0333小时）"),
    ],
)
def test_what_prints_alike_is_equal_only_if_it_is(difference, unit, said):
    found = rules.change(now=D("96.40"), then=D("96.40"), unit=unit, difference=difference)

    assert found.note == said
    assert composing.said_change(found, in_points=unit == "%") == said


def test_another_way_of_counting_is_told_also_where_nothing_changed():
    found = rules.change(now=D(3), then=D(3), unit="家", note="口径有变")

    assert found.note == "持平，口径有变"


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ((1, 2, 3, 4), "前三名为甲、乙、丙"),
        ((1, 2, 3, 3, 5), "甲第一，乙第二，丙、丁并列第三"),
        ((1, 1, 3, 4), "甲、乙并列第一，丙第三"),
        ((1, 2, 2, 4), "甲第一，乙、丙并列第二"),
        ((1, 1, 1, 4), "甲、乙、丙并列第一"),
        ((1, 1, 1, 1, None), "甲、乙、丙、丁名次相同"),
    ],
)
def test_who_shares_a_place_is_named_with_it(places, said):
    rows = [
        SimpleNamespace(name=name, rank=rank)
        for name, rank in zip("甲乙丙丁戊", places, strict=False)
    ]

    assert composing.leading(SimpleNamespace(in_order=rows)) == said


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
