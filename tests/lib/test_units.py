"""Units say what is counted (G-57)."""

import pytest

from qinghe.lib import wording


@pytest.mark.parametrize(
    ("kind", "unit"),
    [
        ("distinct", "人"),
        ("distinct", "名"),
        ("sum", "人次"),
        ("sum", "万人次"),
        ("distinct", "万人"),
        ("count", "场次"),
        ("sum", "小时"),
        ("ratio", "%"),
        ("ratio", "小时/人次"),
        ("target", "家"),
        ("target", "支/社区"),
    ],
)
def test_a_unit_that_counts_the_same_thing_fits(kind, unit):
    assert wording.unit_fits(kind, unit)


@pytest.mark.parametrize(
    ("kind", "unit"),
    [
        ("sum", "人"),  # persons added up are 人次
        ("count", "人"),
        ("distinct", "人次"),
        ("ratio", "人次"),
        ("count", "%"),
        ("count", "小时"),
        ("sum", "小时/人次"),
        ("ratio", "小时/"),
        ("count", "头"),
        ("count", ""),
        ("count", "万"),
    ],
)
def test_a_unit_that_counts_something_else_does_not_fit(kind, unit):
    assert not wording.unit_fits(kind, unit)


def test_an_unknown_kind_is_an_error():
    with pytest.raises(ValueError, match="median"):
        wording.unit_fits("median", "人")
