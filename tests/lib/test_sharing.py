"""Sharing numbers out: whole, by base, in any tree."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qinghe.lib import sharing

anywhere = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(
    ("total", "bases", "shares"),
    [
        (375, [1] * 11, [35] + [34] * 10),
        (10, [3, 3, 3], [4, 3, 3]),
        (10, [0, 0], [5, 5]),
        (5, [9, 1, 0], [5, 0, 0]),
        (0, [2, 3], [0, 0]),
        (7, [], []),
    ],
)
def test_how_a_number_is_shared_by_base(total, bases, shares):
    assert sharing.by_base(total, bases=bases) == shares


@anywhere
@given(total=st.integers(0, 5_000), bases=st.lists(st.integers(0, 400), min_size=1, max_size=20))
def test_nothing_is_lost_nor_added_and_nobody_is_a_whole_one_off(total, bases):
    shares = sharing.by_base(total, bases=bases)

    assert sum(shares) == total
    if sum(bases):
        exact = [Decimal(total * base) / sum(bases) for base in bases]
        assert all(abs(share - own) < 1 for share, own in zip(shares, exact, strict=True))


@st.composite
def trees(draw):
    """Draw numbers in a tree: each but the first hangs on one before it."""
    count = draw(st.integers(1, 30))
    numbers = draw(st.lists(st.integers(0, 900), min_size=count, max_size=count))
    parents = [None, *(draw(st.integers(0, place - 1)) for place in range(1, count))]
    return {place: (parents[place], numbers[place]) for place in range(count)}


@anywhere
@given(numbers=trees())
def test_what_is_not_shared_on_adds_up_to_the_whole_in_any_tree(numbers):
    left = sharing.remainders(numbers)

    for top in numbers:
        under = {top}
        for key, (parent, _) in numbers.items():
            if parent in under:
                under.add(key)
        assert sum(left[key] for key in under) == numbers[top][1]
