"""The roll of units as a workbook: what is new, what is known, what is refused, line by line."""

import pytest

from qinghe.edges.sheets import outward
from qinghe.systems.founding import services, sheets
from qinghe.systems.founding.models import Unit
from tests.cast import NOW

from .makers import DAY, credit_code, make_unit

pytestmark = pytest.mark.django_db


def row(cast, line=2, *, number=1, **told):
    return sheets.Row(
        **{
            "line": line,
            "name": f"禾光{number}号有限公司",
            "credit_code": credit_code(number),
            "org": cast.xiangjiaotang.code,
            "kind": "nonpublic_enterprise",
            "is_internet": False,
            "industry": "nonpublic",
            "way": None,
            "employees": 40,
            "youths": 20,
            "members": 4,
            **told,
        }
    )


def load(cast, rows, *, by=None):
    by = by or cast.zhou
    resolved = sheets.resolve(by, rows, NOW)
    services.enter_many(ready=resolved.ready, at=NOW, by=by, source={"file": "名册"})
    return [(one.line, one.column) for one in resolved.problems]


def test_what_is_new_is_entered_and_what_is_known_corrected(cast):
    make_unit(cast, number=1, members=3)

    problems = load(cast, [row(cast, 2, number=1, members=6), row(cast, 3, number=2)])

    assert not problems
    assert dict(Unit.objects.values_list("credit_code", "members")) == {
        credit_code(1): 6,
        credit_code(2): 4,
    }


def test_a_second_time_changes_nothing(cast):
    rows = [row(cast, 2, number=1), row(cast, 3, number=2)]
    load(cast, rows)
    before = list(Unit.objects.order_by("pk").values())

    load(cast, rows)

    assert list(Unit.objects.order_by("pk").values()) == before


def test_each_line_says_why_it_is_refused(cast):
    make_unit(cast, number=8, org=cast.hongmian)
    rows = [
        row(cast, 2, number=1, org=cast.hongmian.code),
        row(cast, 3, number=2, members=41),
        row(cast, 4, number=3),
        row(cast, 5, number=3),
        row(cast, 6, number=8),
        row(cast, 7, number=4, industry="internet"),
    ]

    problems = load(cast, rows)

    code = "统一社会信用代码"
    assert problems == [
        (2, "街道或社区代码"), (3, ""), (4, code), (5, code), (6, code), (7, ""),
    ]  # fmt: skip
    assert Unit.objects.count() == 1


def test_what_goes_out_comes_back_in_and_changes_nothing(cast):
    make_unit(cast, number=1, way="leader", industry="internet", is_internet=True)
    make_unit(cast, number=2)
    before = list(Unit.objects.order_by("pk").values())
    lines = outward.Lines(
        sheets.UNITS, sheets.UNITS.out, rows=Unit.objects.all(), reader=cast.zhou, on=DAY
    )

    told = [
        [
            column.parse(cell) if cell not in (None, "") else None
            for column, cell in zip(sheets.COLUMNS, line, strict=True)
        ]
        for line in lines
    ]

    assert load(cast, [sheets.Row(place + 2, *row) for place, row in enumerate(told)]) == []
    assert list(Unit.objects.order_by("pk").values()) == before


def test_a_bad_credit_code_is_no_credit_code():
    column = next(one for one in sheets.COLUMNS if one.key == "credit_code")

    assert column.parse(column.example) == column.example
