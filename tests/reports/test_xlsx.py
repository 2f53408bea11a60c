"""The workbook: areas side by side, communities below each other, and what each figure means."""

import io
from decimal import Decimal

import openpyxl
import pytest

from qinghe.analytics.figures import Figures, State
from qinghe.kernel.orgs import services as orgs
from qinghe.reports.half_year import xlsx
from qinghe.reports.half_year.required import WANTED
from tests.cast import CLERK, NOW, make_cast
from tests.kept import kept

from . import makers

HOURS, SHARE, SESSIONS = "VOL-04", "DIR-03", "VOL-02"
HEAD = 3  # the row of column heads, counted from 1


@kept
def cast():
    return make_cast()


def figures(columns, *, states=None):
    """Make figures of the first half of 2022 from values by code and organisation."""
    described = {code: makers.Said(3, code, "", 1 if code == HOURS else 0) for code in columns}
    described[SHARE] = makers.Said(1, SHARE, "%", 2)
    return Figures(
        period=makers.FIRST_HALF,
        as_of=makers.AS_OF,
        described=described,
        columns={
            code: {org.pk: value for org, value in column.items()}
            for code, column in columns.items()
        },
        states={
            code: dict.fromkeys(
                (org.pk for org in column), (states or {}).get(code, State.COMPLETE)
            )
            for code, column in columns.items()
        },
    )


def opened(org, known):
    content = xlsx.workbook(org=org, period=makers.FIRST_HALF, figures=known)
    return openpyxl.load_workbook(io.BytesIO(content))


def heads(sheet):
    return [cell.value for cell in sheet[HEAD]]


def row(sheet, code, column):
    """Return the cells of the row that has a code in a column, by their heads."""
    for cells in sheet.iter_rows(min_row=HEAD + 1):
        found = dict(zip(heads(sheet), cells, strict=True))
        if found[column].value == code:
            return found
    raise AssertionError(f"no row {code}")


def hours_of(cast):
    return figures(
        {
            HOURS: {
                cast.longgang: Decimal("1763000.25"),
                cast.henggang: Decimal("12.35"),
                cast.bantian: Decimal(0),
                cast.hongmian: Decimal("12.35"),
            }
        }
    )


def test_the_district_and_its_streets_stand_side_by_side(cast):
    sheet = opened(cast.longgang, hours_of(cast))["汇总"]

    found = row(sheet, HOURS, "指标编号")

    assert heads(sheet)[4:] == ["龙岗区", "坂田街道", "横岗街道"]
    assert found["龙岗区"].value == pytest.approx(1763000.3)
    assert found["横岗街道"].value == pytest.approx(12.4)  # rounded half up, as printed
    assert found["横岗街道"].number_format == "0.0"


def test_nought_is_a_number_and_what_is_missing_is_empty(cast):
    known = figures(
        {HOURS: {cast.longgang: Decimal(1), cast.bantian: Decimal(0)}, SHARE: {cast.longgang: None}}
    )
    book = opened(cast.longgang, known)

    hours = row(book["汇总"], HOURS, "指标编号")
    share = row(book["汇总"], SHARE, "指标编号")
    not_fed = row(book["汇总"], "CON-01", "指标编号")

    assert hours["坂田街道"].value == 0
    assert hours["横岗街道"].value is None
    assert share["龙岗区"].value is None
    assert not_fed["龙岗区"].value is None


def test_a_figure_without_any_record_yet_is_empty(cast):
    known = figures({HOURS: {cast.longgang: Decimal(0)}}, states={HOURS: State.MISSING})

    found = row(opened(cast.longgang, known)["汇总"], HOURS, "指标编号")

    assert found["龙岗区"].value is None


def test_a_percentage_shows_the_decimals_of_its_indicator(cast):
    known = figures({SHARE: {cast.longgang: Decimal("36.296")}})

    found = row(opened(cast.longgang, known)["汇总"], SHARE, "指标编号")

    assert found["龙岗区"].value == pytest.approx(36.30)
    assert found["龙岗区"].number_format == "0.00"


def test_every_community_has_a_row_with_its_street(cast):
    sheet = opened(cast.longgang, hours_of(cast))["社区"]

    rows = [[cell.value for cell in cells[:3]] for cells in sheet.iter_rows(min_row=HEAD + 1)]
    column = next(head for head in heads(sheet) if head.startswith(HOURS))

    assert rows == [
        ["坂田街道", "象角塘社区", "440307013901"],
        ["横岗街道", "红棉社区", "440307017901"],
        ["横岗街道", "华乐社区", "440307017902"],
    ]
    assert row(sheet, "红棉社区", "社区")[column].value == pytest.approx(12.4)


def test_a_street_stands_beside_its_communities(cast):
    book = opened(cast.henggang, hours_of(cast))

    assert heads(book["汇总"])[4:] == ["横岗街道", "红棉社区", "华乐社区"]
    assert [cells[1].value for cells in book["社区"].iter_rows(min_row=HEAD + 1)] == [
        "红棉社区",
        "华乐社区",
    ]


def test_a_community_stands_where_it_stood_at_the_periods_end(cast):
    orgs.move_org(org=cast.huale, parent=cast.bantian, on=NOW.date(), at=NOW, by=CLERK)

    sheet = opened(cast.longgang, hours_of(cast))["社区"]

    assert row(sheet, "华乐社区", "社区")["街道"].value == "横岗街道"


def test_the_wanted_figures_come_first_and_in_their_order(cast):
    sheet = opened(cast.longgang, hours_of(cast))["口径"]

    codes = [cells[0].value for cells in sheet.iter_rows(min_row=HEAD + 1)]

    assert codes[: len(WANTED)] == [wanted.code for wanted in WANTED]
    assert len(codes) == len(set(codes))
    assert "VOL-01" in codes  # declared by a system beyond the report or within it


def test_a_meaning_tells_version_state_age_owner_and_whether_it_is_fed(cast):
    sheet = opened(cast.longgang, hours_of(cast))["口径"]

    fed = {head: cell.value for head, cell in row(sheet, HOURS, "指标编号").items()}
    not_fed = {head: cell.value for head, cell in row(sheet, "CON-01", "指标编号").items()}

    assert (fed["版本"], fed["数据状态"], fed["是否接入"]) == (3, "完整", "已接入")
    assert f"{fed['数据截至']:%Y-%m-%d %H:%M}" == "2022-07-03 22:00"  # local, not UTC
    assert fed["主管系统"]
    assert fed["口径"]
    assert (not_fed["报告编号"], not_fed["主管系统"]) == ("F010", "统计报送")
    assert (not_fed["版本"], not_fed["数据截至"]) == (None, None)
    assert not_fed["是否接入"] == "待接入"


def test_a_name_that_looks_like_a_formula_stays_a_name(cast):
    cast.henggang.name = "=1+1"
    cast.henggang.save()

    sheet = opened(cast.longgang, hours_of(cast))["汇总"]

    (cell,) = [cell for cell in sheet[HEAD] if cell.value == "=1+1"]
    assert cell.data_type == "s"


def test_the_same_figures_always_make_the_same_bytes(cast):
    known = hours_of(cast)

    first = xlsx.workbook(org=cast.longgang, period=makers.FIRST_HALF, figures=known)
    again = xlsx.workbook(org=cast.longgang, period=makers.FIRST_HALF, figures=known)

    assert first == again
