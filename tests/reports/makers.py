"""Figures and drafts made by hand, for tests that need no records."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from qinghe.analytics.figures import Figures, State
from qinghe.kernel.orgs.models import Org
from qinghe.lib import periods
from qinghe.reports.half_year import blocks
from qinghe.reports.half_year.required import WANTED

FIRST_HALF = periods.half_year(2022, 1)
AS_OF = datetime(2022, 7, 3, 14, 0, tzinfo=UTC)
DISTRICT = Org(
    pk=1,
    code="440307",
    name="龙岗区",
    kind="district",
    level="district",
    path="/440307/",
    opened_on=date(2000, 1, 1),
)


@dataclass(frozen=True)
class Said:
    """What an indicator says of its figures."""

    version: int
    label: str
    unit: str
    decimals: int


def figures(values: dict[str, Decimal | None]) -> Figures:
    """Make figures of the district for the first half of 2022."""
    wanted = {row.code: row for row in WANTED}
    described = {
        code: Said(
            version=1,
            label=wanted[code].label,
            unit=wanted[code].unit,
            decimals=2 if wanted[code].kind == "ratio" else 0,
        )
        for code in values
    }
    return Figures(
        period=FIRST_HALF,
        as_of=AS_OF,
        described=described,
        columns={code: {DISTRICT.pk: value} for code, value in values.items()},
        states={code: {DISTRICT.pk: State.COMPLETE} for code in values},
    )


def draft(values: dict[str, Decimal | None]) -> blocks.Draft:
    """Make a draft of the district's report from some figures."""
    return blocks.draft(org=DISTRICT, period=FIRST_HALF, figures=figures(values))
