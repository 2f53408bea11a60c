"""The formulas of a freezing, written down as SQL so that they outlive the code that made them.

A figure can so be counted again years later, by whatever reads Parquet and runs SQL, whether or not
an indicator has had a new version since.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from qinghe.analytics import catalogue, compiling, formulas, reckoning
from qinghe.analytics.indicators import Indicator, Ratio
from qinghe.lib.periods import Period

NAME = "formulas.json"


@dataclass(frozen=True)
class Part:
    """What reads facts: an indicator, or one half of a ratio.

    Every query gives rows of an organisation's id and one whole number. A part that others report
    has the numbers given, the answers due and those that came in. Of the others there are records at
    all from the first day on of the fact, or of the one that it is `within`.
    """

    label: str
    model: str
    fact: str
    per: int
    until: str  # the last day that it looks at
    total: str
    records: str
    given: str = ""
    due: str = ""
    came: str = ""
    within: str = ""


@dataclass(frozen=True)
class Formula:
    """An indicator: one part, or two and the scale of their quotient."""

    code: str
    version: int
    label: str
    unit: str
    decimals: int
    kind: str
    meaning: str
    parts: tuple[Part, ...]
    scale: int = 1


def written(indicators: Iterable[Indicator | Ratio], period: Period) -> list[Formula]:
    """Write indicators down for a period, in the order of their codes."""
    return [_formula(each, period) for each in sorted(indicators, key=lambda each: each.code)]


def dump(found: Iterable[Formula], path: Path) -> None:
    """Write formulas to a file, the same ones always in the same way."""
    rows = [asdict(each) for each in found]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def load(path: Path) -> dict[str, Formula]:
    """Read formulas back, by code."""
    rows = json.loads(path.read_text())
    found = (
        Formula(**{**row, "parts": tuple(Part(**part) for part in row["parts"])}) for row in rows
    )
    return {formula.code: formula for formula in found}


def _formula(indicator: Indicator | Ratio, period: Period) -> Formula:
    return Formula(
        code=indicator.code,
        version=indicator.version,
        label=indicator.label,
        unit=indicator.unit,
        decimals=indicator.decimals,
        kind=str(indicator.kind),
        meaning=indicator.meaning,
        parts=tuple(_part(each, period) for each in catalogue.parts(indicator)),
        scale=indicator.scale if isinstance(indicator, Ratio) else 1,
    )


def _part(indicator: Indicator, period: Period) -> Part:
    told = reckoning.coverage(indicator)
    asked = (told.given, told.due, told.came) if told else ()
    given, due, came = [compiling.total_sql(each, period) for each in asked] or ("", "", "")
    return Part(
        label=indicator.label,
        model=indicator.over.model,
        fact=indicator.over.name,
        per=indicator.per,
        until=formulas.span_of(indicator.time, period).end.isoformat(),
        total=compiling.total_sql(indicator, period),
        records=compiling.records_of_all_sql(indicator, period),
        given=given,
        due=due,
        came=came,
        within=indicator.over.within.name if indicator.over.within else "",
    )
