"""Points as a workbook: a whole file against itself and the books."""

from datetime import date
from decimal import Decimal

import pytest

from qinghe.systems.inspections.models import Point
from qinghe.systems.inspections.sheets import POINTS, Row, resolve
from tests.cast import NOW

from .makers import make_point

pytestmark = pytest.mark.django_db
SOURCE = {"file": "f" * 64, "sheet": "inspections.points", "lines": [2, 3]}


def row(line=2, **changed):
    told = {
        "code": f"HG-2{line}",
        "name": f"点位{line}",
        "kind": "志愿服务站点",
        "org": "440307017",
        "address": "横岗街道红棉路2号",
        "latitude": Decimal("22.642100"),
        "longitude": Decimal("114.199300"),
        "opened_on": date(2022, 1, 1),
    }
    return Row(line, **{**told, **changed})


def test_a_row_has_the_columns_in_order():
    assert Row._fields == ("line", *(column.key for column in POINTS.columns))


def test_a_file_becomes_points(cast):
    resolved = resolve(cast.chen, [row(2), row(3, latitude=None, longitude=None)], NOW)
    POINTS.write(ready=resolved.ready, at=NOW, by=cast.chen, source=SOURCE)

    assert resolved.problems == []
    assert set(Point.objects.values_list("code", flat=True)) == {"HG-22", "HG-23"}


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"kind": "灯塔"}, "类别"),
        ({"org": "440307013"}, "责任单位代码"),
        ({"code": "红棉"}, ""),
        ({"code": "HG-001"}, "点位编号"),
        ({"latitude": None}, ""),
        ({"latitude": Decimal("114.2"), "longitude": Decimal("22.6")}, "纬度"),
        ({"opened_on": date(2022, 7, 4)}, ""),
    ],
)
def test_a_line_that_cannot_be_is_refused_by_its_column(cast, point, changed, column):
    found = resolve(cast.chen, [row(2, **changed)], NOW)

    assert [(one.line, one.column) for one in found.problems] == [(2, column)]
    assert found.ready == []


def test_a_name_or_a_code_stands_once(cast):
    make_point(cast, org=cast.henggang)
    there = row(2, name="红棉站HG-001")

    found = resolve(cast.chen, [there, row(3, code="HG-9"), row(4, code="HG-9")], NOW)

    assert [(one.line, one.column) for one in found.problems] == [
        (2, "名称"),
        (3, "点位编号"),
        (4, "点位编号"),
    ]
