"""Ceremonies as a workbook: a whole file against itself and the books."""

from datetime import date

import pytest

from qinghe.systems.pioneers.models import Ceremony
from qinghe.systems.pioneers.sheets import CEREMONIES, Row, resolve
from tests.cast import NOW

from .makers import register

pytestmark = pytest.mark.django_db
SOURCE = {"file": "f" * 64, "sheet": "pioneers.ceremonies", "lines": [2, 3]}


def row(cast, line=2, **changed):
    told = {
        "kind": "admission",
        "org": cast.school.code,
        "day": date(2022, 5, 30),
        "place": "操场",
        "people": 90,
        "leaders": "余老师",
        "steps": "全部",
        "again": None,
    }
    return Row(line, **{**told, **changed})


def test_a_row_has_the_columns_in_order():
    assert Row._fields == ("line", *(column.key for column in CEREMONIES.columns))


def test_a_file_becomes_drafts_with_their_points(cast):
    rows = [row(cast), row(cast, 3, day=date(2022, 5, 31), steps="1、3,2")]
    found = resolve(cast.tang, rows, NOW)
    CEREMONIES.write(ready=found.ready, at=NOW, by=cast.tang, source=SOURCE)

    first, second = Ceremony.objects.order_by("day")
    assert found.problems == []
    assert (first.state, first.steps.count(), second.steps.count()) == ("draft", 8, 3)


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"org": "440307013"}, "学校代码"),
        ({"day": date(2022, 7, 4)}, "日期"),
        ({"day": date(2020, 5, 30)}, "日期"),
        ({"day": date(2022, 6, 1)}, "日期"),  # one of that day stands in the books
        ({"people": 0}, "参加人数"),
        ({"steps": "1、99"}, "已做要点"),
        ({"steps": "都做了"}, "已做要点"),
    ],
)
def test_a_line_that_cannot_be_is_refused_by_its_column(cast, changed, column):
    register(cast)

    found = resolve(cast.tang, [row(cast, **changed)], NOW)

    assert [(one.line, one.column) for one in found.problems] == [(2, column)]
    assert found.ready == []


def test_a_day_that_stands_in_a_file_twice_is_refused_unless_it_says_why(cast):
    twice = [row(cast), row(cast, 3)]
    told = [row(cast), row(cast, 3, again="下午场")]

    assert {one.line for one in resolve(cast.tang, twice, NOW).problems} == {2, 3}
    assert resolve(cast.tang, told, NOW).problems == []
