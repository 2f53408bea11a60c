"""A report begun from the outline reads as the outline does, and the checker finds nothing in it."""

import pytest

from qinghe.reports.drafting import queries
from qinghe.reports.drafting.rules import Code
from qinghe.reports.half_year import blocks

from .makers import H1, Book, begun


def test_a_report_begun_reads_as_the_outline(report, cast, book):
    drawn = queries.rendered(cast.lin, report, figures_of=book.of)

    made = blocks.draft(org=cast.longgang, period=H1, figures=book.of(H1))
    assert [block.text for block in drawn.blocks] == [block.text for block in made.blocks]
    assert [block.kind for block in drawn.blocks] == [block.kind for block in made.blocks]
    assert drawn.wanted == made.wanted == drawn.fed


def test_nothing_is_found_in_a_report_begun_from_the_outline(report, cast, book):
    assert queries.findings(cast.lin, report, figures_of=book.of) == []


@pytest.mark.parametrize(("place", "who"), [("henggang", "chen"), ("xiangjiaotang", "zhou")])
def test_nothing_but_the_day_is_missing_below(place, who, cast):
    org, writer = getattr(cast, place), getattr(cast, who)
    report = begun(org, by=writer)

    found = queries.findings(writer, report, figures_of=Book(org=org).of)

    assert [(each.code, each.part) for each in found] == [(Code.EMPTY, "dated_on")]


def test_below_the_district_nothing_is_said_that_only_the_district_does(cast):
    report = begun(cast.henggang, by=cast.chen)

    text = "".join(each.heading + each.text for each in report.passages.all())
    assert "全街道" in text
    assert not [word for word in ("区委常委会", "下达", "义工联", "全区") if word in text]
