"""What a workbook says is read cell by cell, and each bad one named (bar 41)."""

import io
from datetime import date

import pytest
import xlsxwriter

from qinghe.edges.sheets import Problem, reading
from qinghe.lib.verdicts import Refused

from . import makers

SHEETS = (makers.PEOPLE, makers.PLACES)


def read(path):
    return reading.read(path, makers.PEOPLE, known=SHEETS)


def test_rows_keep_the_lines_they_stand_on(saved):
    found = read(saved(makers.book([["P1", "甲", "男", "2000-01-02"], [], ["P2", "乙", "", ""]])))

    assert found.rows == [
        makers.Row(2, "P1", "甲", "male", date(2000, 1, 2)),
        makers.Row(4, "P2", "乙", None, None),
    ]
    assert found.problems == []
    assert found.count == 2


def test_columns_may_stand_in_any_order_and_optional_ones_may_be_left_out(saved):
    found = read(saved(makers.book([["甲", "P1"]], heading=["姓名 *", "人员编号"])))

    assert found.rows == [makers.Row(2, "P1", "甲", None, None)]


@pytest.mark.parametrize(
    ("heading", "code", "named"),
    [
        (["人员编号", "性别"], "missing_column", "姓名"),
        ([*makers.HEADING, "籍贯"], "unknown_column", "籍贯"),
        ([*makers.HEADING, "姓名"], "duplicate_column", "姓名"),
        (["地点编号", "名称"], "wrong_sheet", "地点台账"),
        (["", ""], "no_heading", "第一行"),
    ],
)
def test_a_wrong_heading_is_named(heading, code, named, saved):
    with pytest.raises(Refused) as refusal:
        read(saved(makers.book([["a", "b", "c", "d", "e"]], heading=heading)))

    assert refusal.value.code == code
    assert named in refusal.value.reason


def test_a_heading_alone_is_no_data(saved):
    with pytest.raises(Refused) as refusal:
        read(saved(makers.book([["", " "], []])))

    assert refusal.value.code == "no_rows"


def test_each_bad_cell_is_told_with_line_and_column(saved):
    rows = [
        ["P1", "甲", "女", "2000-01-02"],
        ["", "乙", "女", ""],
        [440307199901011234, "丙", "他", "2000-13-01"],
    ]

    found = read(saved(makers.book(rows)))

    assert [(problem.line, problem.column) for problem in found.problems] == [
        (3, "人员编号"),
        (4, "人员编号"),
        (4, "性别"),
        (4, "出生日期"),
    ]
    assert found.problems[0].reason == reading.REQUIRED
    assert "文本格式" in found.problems[1].reason
    assert [row.line for row in found.rows] == [2]
    assert found.count == 3


def test_trailing_empty_rows_and_columns_do_not_count(saved):
    rows = [["P1", "甲", "", "", "", " "], *[["", " ", "", "", ""]] * 50]

    assert len(read(saved(makers.book(rows))).rows) == 1


def test_errors_formulas_and_merges_are_not_read_as_empty_cells(saved):
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet()
    page.write_row(0, 0, makers.HEADING)
    page.write_row(1, 0, ["P1", "甲"])
    page.write_formula(1, 2, "=NA()", None, "#N/A")
    page.write_row(2, 0, ["P2"])
    page.write_formula(2, 1, '="乙"&"丙"', None, "乙丙")
    page.write_row(3, 0, ["P3"])
    page.write_formula(3, 1, '="丁"', None, "")
    page.write_row(4, 0, ["P4", "戊"])
    page.merge_range(5, 0, 6, 0, "P5")
    page.write_row(5, 1, ["己"])
    page.write_row(6, 1, ["庚"])
    book.close()

    found = read(saved(target.getvalue()))

    assert [(problem.line, problem.column) for problem in found.problems] == [
        (6, ""),
        (2, "性别"),
        (4, "姓名"),
        (7, "人员编号"),
    ]
    assert "#N/A" in found.problems[1].reason
    assert "公式" in found.problems[2].reason
    assert {row.number: row.name for row in found.rows}["P2"] == "乙丙"


def test_a_table_that_does_not_begin_in_column_a_is_read_all_the_same(saved):
    rows = [[None, *row] for row in makers.people_rows(3)]

    found = read(saved(makers.book(rows, heading=[None, *makers.HEADING])))

    assert [row.number for row in found.rows] == ["N000001", "N000002", "N000003"]


def test_problems_across_pieces_of_a_long_file_name_their_lines(saved):
    rows = makers.people_rows(12_000)
    rows[11_500][3] = "不知道"

    found = read(saved(makers.book(rows)))

    assert found.problems == [
        Problem(11_502, "出生日期", "应填日期，如2022-06-30，不能是“不知道”。")
    ]
    assert len(found.rows) == 11_999
