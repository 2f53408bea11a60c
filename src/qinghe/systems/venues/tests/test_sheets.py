"""Places and their hours as workbooks: whole files against themselves and the books."""

from datetime import date
from decimal import Decimal

import pytest

from qinghe.lib.verdicts import Refused
from qinghe.systems.venues import queries
from qinghe.systems.venues.models import Phase, Venue
from qinghe.systems.venues.sheets import HOURS, SHEETS, VENUES
from qinghe.systems.venues.sheets import hours as of_hours
from qinghe.systems.venues.sheets import venues as of_venues
from tests.cast import NOW

from .makers import AFTERNOON, MONDAY, MORNING, SUNDAY, make_open

pytestmark = pytest.mark.django_db
SOURCE = {"file": "f" * 64, "sheet": "venues.venues", "lines": [2, 3]}


def venue_row(line=2, **changed):
    row = {
        "code": f"HG-2{line}",
        "name": f"阵地{line}",
        "kind": "U站",
        "org": "440307017",
        "address": "横岗街道红棉路2号",
        "capacity": 30,
        "functions": "便民服务",
        "contact": None,
        "latitude": Decimal("22.642100"),
        "longitude": Decimal("114.199300"),
    } | changed
    return of_venues.Row(line, **row)


def hours_row(line=2, *, venue="HG-01", valid_from=MONDAY, closed=True, **days):
    told = [days.get(f"day_{number}") for number in range(1, 8)]
    return of_hours.Row(line, venue, valid_from, *told, closed)


def load(sheet, actor, rows):
    resolved = sheet.resolve(actor, rows, NOW)
    assert resolved.problems == []
    return sheet.write(ready=resolved.ready, at=NOW, by=actor, source=SOURCE)


def columns_refused(sheet, actor, rows):
    return [(one.line, one.column) for one in sheet.resolve(actor, rows, NOW).problems]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.slug)
def test_a_row_has_the_columns_in_order(sheet):
    assert sheet.row._fields == ("line", *(column.key for column in sheet.columns))


def test_a_file_of_places_becomes_places_to_be_prepared(cast):
    assert load(VENUES, cast.chen, [venue_row(2), venue_row(3, latitude=None, longitude=None)]) == 2

    assert set(Venue.objects.values_list("code", "state")) == {
        ("HG-22", "preparing"),
        ("HG-23", "preparing"),
    }
    assert Phase.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"kind": "茶馆"}, "类别"),
        ({"org": "440307013"}, "管理单位代码"),
        ({"code": "HG-01"}, "阵地编号"),
        ({"name": "横岗志愿者之家"}, "名称"),
        ({"capacity": 0}, "容纳人数"),
        ({"latitude": Decimal("114.199300")}, "纬度"),
        ({"longitude": None}, ""),
    ],
)
def test_what_is_wrong_is_said_at_its_cell(cast, venue, changed, column):
    assert columns_refused(VENUES, cast.chen, [venue_row(**changed)]) == [(2, column)]


def test_a_code_stands_once_in_a_file(cast):
    rows = [venue_row(2, code="HG-9"), venue_row(3, code="HG-9")]

    assert columns_refused(VENUES, cast.chen, rows) == [(2, "阵地编号"), (3, "阵地编号")]


def test_degrees_are_read_to_the_sixth_place():
    assert of_venues.degrees(22.6421) == Decimal("22.642100")
    for wrong in ("东经", "181"):
        with pytest.raises(Refused):
            of_venues.degrees(wrong)


def test_a_file_of_hours_sets_the_week_of_each_place(cast, venue):
    assert load(HOURS, cast.chen, [hours_row(day_6=(MORNING, AFTERNOON), closed=False)]) == 1

    hours = queries.hours_of(cast.chen, [venue.pk])[venue.pk]
    assert hours.on(date(2022, 7, 9)) == (MORNING, AFTERNOON)
    assert hours.on(MONDAY) == ()


@pytest.mark.parametrize(
    ("given", "column"),
    [
        ({"venue": "NO", "day_1": (MORNING,)}, "阵地编号"),
        ({"valid_from": date(2022, 7, 1), "day_1": (MORNING,)}, ""),
        ({}, ""),
    ],
)
def test_hours_that_do_not_hold_are_refused(cast, venue, given, column):
    assert columns_refused(HOURS, cast.chen, [hours_row(**given)]) == [(2, column)]


def test_who_keeps_another_street_sets_no_hours_here(cast, venue):
    rows = [hours_row(day_1=(MORNING,))]

    assert columns_refused(HOURS, cast.zhou, rows) == [(2, "阵地编号")]


def test_hours_go_out_as_they_come_in(cast, venue):
    make_open(cast, code="HG-02", name="横岗U站")
    lines = HOURS.out.lines(queries.schedules_seen_by(cast.chen))

    told = [(one.venue.code, one.valid_from, one.texts, one.closed_in_words) for one in lines]

    week = ["09:00-12:00、14:00-18:00"] * 5 + ["", ""]
    assert sorted(told) == [("HG-01", SUNDAY, week, "是"), ("HG-02", SUNDAY, week, "是")]
    assert of_hours.stretches(week[0]) == (MORNING, AFTERNOON)
