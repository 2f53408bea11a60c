"""Rows in, figures out."""

from decimal import Decimal

import pytest

from qinghe.analytics import figures
from qinghe.lib import periods
from qinghe.systems.assessments import indicators, queries
from tests.desk import build_facts

from . import makers
from .makers import sheet_of

pytestmark = pytest.mark.django_db
H2 = periods.half_year(2022, 2)


def test_rows_become_figures(cast):
    makers.announced(cast, marks=(5_000, 5_101))

    found = figures.compute(build_facts(), indicators.INDICATORS, H2)

    district, street = cast.longgang.pk, cast.henggang.pk
    told = {
        code: (found[code, district].value, found[code, street].value)
        for code in ("ASM-01", "ASM-02", "ASM-03", "ASM-04", "ASM-06")
    }
    assert told == {
        "ASM-01": (2, 1),
        "ASM-02": (Decimal("70.51"), Decimal("70.00")),  # of 70.505, rounded half up
        "ASM-03": (Decimal("25.00"), Decimal("25.00")),
        "ASM-04": (Decimal("141.01"), Decimal("70.00")),
        "ASM-06": (2, 1),
    }


def test_late_and_not_announced_do_not_count(cast, scheme):
    makers.hand_in(cast, scheme, at=makers.on(25))

    found = figures.compute(build_facts(), indicators.INDICATORS, H2)

    assert found["ASM-01", cast.longgang.pk].value == 0
    assert found["ASM-02", cast.longgang.pk].value is None


def test_what_is_behind_a_figure_is_shown_as_far_as_it_may_be(cast, scheme):
    makers.hand_in(cast, scheme)
    mine, other = (sheet_of(scheme, org) for org in (cast.henggang, cast.bantian))

    lines = queries.assessment_lines(cast.chen, [mine.pk, other.pk])

    assert [(line.pk, dict(line.cells)["得分"]) for line in lines] == [(mine.pk, "未公示")]


def test_figures_are_taken_as_they_are_printed(cast, scheme):
    build_facts()

    found = queries.readings_of(cast.lin, scheme)

    sheet = sheet_of(scheme, cast.henggang)
    assert found[makers.CODE, sheet.org_id].value == 0
