"""Figures made by hand, and reports begun over them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

from qinghe.analytics import catalogue
from qinghe.analytics.figures import Figures, State
from qinghe.analytics.indicators import Indicator, Ratio
from qinghe.kernel.orgs.models import Org
from qinghe.lib import periods
from qinghe.lib.periods import Period
from qinghe.reports.drafting import models, services
from qinghe.reports.half_year.required import WANTED
from tests.reports.makers import Said

H1 = periods.half_year(2022, 1)
AS_OF = datetime(2022, 7, 3, 14, 0, tzinfo=UTC)
AT = datetime(2022, 7, 3, 14, 0, tzinfo=UTC)
# As in the reference report; hedged ones as they may have been before they were hedged.
VALUES: Mapping[str, Decimal] = {
    code: Decimal(value)
    for code, value in {
        **{row.code: "12" for row in WANTED if row.kind != "ratio"},
        "CON-01": "1712034",
        "HON-01": "363",
        "STU-01": "97.4583",
        "ACT-01": "226",
        "ACT-02": "183",
        "HON-04": "34754",
        "AFF-02": "2315",
        "TGT-01": "3",
        "TGT-02": "375",
        "DIR-01": "97",
        "DIR-02": "1060",
        "AFF-04": "99.8411",
        "AFF-05": "98.2629",
        "TGT-05": "1",
        "MTG-03": "3",
        "VOL-01": "40123",
        "VOL-02": "27123",
        "VOL-03": "471987",
        "VOL-04": "1763015.5",
        "VOL-10": "10412",
        "EMG-01": "108",
        "EMG-03": "8934",
        "CAS-03": "8471",
        "DIR-06": "4.3801",
        "DIR-04": "36.3012",
    }.items()
}


class Book:
    """Figures by period and organisation, asked for as analytics is asked."""

    def __init__(self, *, org: Org, values: Mapping[str, Decimal | None] = VALUES) -> None:
        self.columns: dict[str, dict[str, dict[int, Decimal | None]]] = {}
        self.states: dict[tuple[str, str, int], State] = {}
        self.asked: list[str] = []
        for code, value in values.items():
            self.put(code, value, org=org)

    def put(
        self,
        code: str,
        value: Decimal | int | None,
        *,
        org: Org,
        period: Period = H1,
        state: State = State.COMPLETE,
    ) -> None:
        """Set one figure."""
        column = self.columns.setdefault(period.name, {}).setdefault(code, {})
        column[org.pk] = None if value is None else Decimal(value)
        self.states[period.name, code, org.pk] = state

    def of(self, period: Period) -> Figures:
        """Return the figures of a period."""
        self.asked.append(period.name)
        columns = self.columns.get(period.name, {})
        declared = catalogue.INDICATORS
        return Figures(
            period=period,
            as_of=AS_OF,
            described={code: said(code, declared.get(code)) for code in columns},
            columns=columns,
            states={
                code: {org_id: self.states[period.name, code, org_id] for org_id in column}
                for code, column in columns.items()
            },
        )


def said(code: str, declared: Indicator | Ratio | None) -> Said:
    """Return what an indicator says of itself."""
    if declared is not None:
        return Said(1, declared.label, declared.unit, declared.decimals)
    wanted = next(row for row in WANTED if row.code == code)
    decimals = 1 if code == "DIR-04" else 2 if wanted.unit == "%" else 0
    return Said(1, wanted.label, wanted.unit, decimals)


def begun(org: Org, *, by, period: Period = H1) -> models.Report:
    """Begin a report."""
    return services.begin(org=org, period=period, at=AT, by=by)


def passage_with(report: models.Report, words: str) -> models.Passage:
    """Return the passage of a report that has these words in it."""
    return next(
        each
        for each in report.passages.select_related("report__org")
        if words in each.heading or words in each.text
    )
