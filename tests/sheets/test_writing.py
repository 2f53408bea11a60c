import io
import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qinghe.edges.sheets import Problem, cells, guard, reading, workbook, writing
from qinghe.edges.sheets.limits import DEFAULT

from . import makers

# All that a spreadsheet can hold: no lone surrogates, none of the two code points XML lacks.
TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=40
)
DANGEROUS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠a",
    "=HYPERLINK(\"http://x\")", "http://example.org", "{=1}", "0012",
]  # fmt: skip


def read_back(content: bytes) -> list[list[object]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(content)
        guard.check(path)
        with workbook.opened(path, limits=DEFAULT) as (head, chunks):
            rows = [list(head.cells)]
            for chunk in chunks:
                rows += [list(row) for row in zip(*chunk.columns, strict=True)]
            return rows


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(TEXT, min_size=3, max_size=3), min_size=1, max_size=30))
def test_any_text_comes_back_as_it_went(rows):
    content = writing.export(["a", "b", "c"], [*rows, ["end", "end", "end"]])

    back = read_back(content)

    assert back[1 : len(rows) + 1] == rows


@settings(max_examples=10, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.datetimes(datetime(1901, 1, 1), datetime(2099, 12, 31)).map(  # noqa: DTZ001
                lambda moment: moment.replace(microsecond=0, tzinfo=cells.periods.TZ)
            ),
            st.dates(date(1901, 1, 1), date(2099, 12, 31)),
            st.integers(-(10**14), 10**14),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_moments_days_and_numbers_come_back_as_they_went(rows):
    back = read_back(writing.export(["a", "b", "c"], rows))

    assert [
        (cells.moment(moment), cells.day(day), cells.whole(number))
        for moment, day, number in back[1:]
    ] == rows


@pytest.mark.parametrize("text", DANGEROUS)
def test_nothing_in_a_cell_runs(text):
    """Bar 42."""
    content = writing.export(["a"], [[text]])

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        written = b"".join(archive.read(name) for name in archive.namelist())
    assert not re.search(rb"<f[ >]|<hyperlink", written)
    assert read_back(content)[1] == [text]


def test_values_are_written_in_their_own_type():
    moment = datetime(2022, 6, 30, 15, 30, tzinfo=UTC)

    back = read_back(writing.export(["a"] * 6, [[moment, True, None, Decimal("1.5"), 10**17, 3]]))

    assert back[1] == [
        datetime.fromisoformat("2022-06-30T23:30"), "是", "", 1.5, "100000000000000000", 3.0,
    ]  # fmt: skip


def test_a_template_takes_what_is_typed_and_explains_itself(saved):
    content = writing.template(makers.PEOPLE)

    assert read_back(content) == [makers.HEADING]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "填写说明" in archive.read("xl/workbook.xml").decode()
        notes = archive.read("xl/worksheets/sheet2.xml").decode()
        assert 'numFmtId="49"' in archive.read("xl/styles.xml").decode()
    assert "公历" in notes
    assert "P001" in notes
    assert "一人一行。" in notes


def test_refused_rows_come_back_with_their_reasons_and_may_be_mended(saved):
    path = saved(makers.book([["P1", "甲", "女", ""], ["", "=2", "他", "2000-01-01"]]))
    problems = reading.read(path, makers.PEOPLE).problems
    raw = reading.raw_lines(path, wanted={problem.line for problem in problems})

    content = writing.refused_workbook(makers.PEOPLE, raw, problems)

    labels, mended = read_back(content)
    assert labels == [*makers.HEADING, "原行号", "原因"]
    assert mended[1:5] == ["=2", "他", "2000-01-01", 3.0]
    assert mended[5].startswith("人员编号：必填，这里是空的。 性别：")
    again = reading.read(saved(content, "again.xlsx"), makers.PEOPLE)
    assert again.problems == [Problem(2, p.column, p.reason) for p in problems]
