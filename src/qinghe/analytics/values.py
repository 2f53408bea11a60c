"""What a figure is, and how far it can be relied on. Plain values: nothing here counts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Protocol, TypeVar

from qinghe.lib.periods import Period
from qinghe.lib.verdicts import Refused
from qinghe.lib.wording import Phrase, Style, say

IN_FULL = Phrase(Style.EXACT)
LABELS = {
    "complete": "完整",
    "incomplete": "报送不全",
    "partial": "未满期",
    "missing": "无数据",
}
Kept = TypeVar("Kept")


class State(StrEnum):
    """How far a figure can be relied on."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"  # some of those who must report have not been accepted
    PARTIAL = "partial"  # the period was not over when the facts were read
    MISSING = "missing"  # there is no record, or no accepted return, at all; 0 is never missing

    @property
    def label(self) -> str:
        """Name the state for the reader."""
        return LABELS[self.value]


WORST_FIRST = (State.MISSING, State.PARTIAL, State.INCOMPLETE, State.COMPLETE)


@dataclass(frozen=True)
class Figure:
    """One number and all that is needed to find it again."""

    code: str
    version: int
    label: str
    unit: str
    decimals: int
    period: Period
    org_id: int
    exact: Decimal | None
    state: State
    as_of: datetime

    @property
    def value(self) -> Decimal | None:
        """Return the number as printed: rounded half up (四舍五入), once, from the exact one."""
        if self.exact is None:
            return None
        return self.exact.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)

    def said(self, phrase: Phrase) -> str | None:
        """Return the number in a report's words, from the exact one; None where there is none.

        Where the words come down to the whole number itself, it is the printed one.
        """
        if self.exact is None or self.value is None:
            return None
        text = say(self.exact, phrase)
        return say(self.value, IN_FULL) if text == say(self.exact, IN_FULL) else text


@dataclass(frozen=True)
class Comparison:
    """A figure beside the same one of another period.

    Where `difference` is None there is nothing to compare with. `percent` is the change in hundredths
    of before, for what is no percentage; the change of a percentage is in 百分点 (G-55).
    """

    now: Figure
    then: Figure | None  # None where the organisation was not in the tree then
    difference: Decimal | None = None

    @property
    def points(self) -> Decimal | None:
        """Return the change of a percentage, in percentage points."""
        return self.difference if self.now.unit == "%" else None

    @property
    def percent(self) -> Decimal | None:
        """Return the change in percent of before; None for a percentage and over nothing."""
        if self.difference is None or self.points is not None:
            return None
        if self.then is None or not self.then.exact:
            return None
        return 100 * self.difference / self.then.exact

    @property
    def said(self) -> str:
        """Say the change with its sign: +12.3%, −0.54个百分点; over nothing, the difference."""
        if self.difference is None:
            return ""
        if self.points is not None:
            return _signed(self.points, "个百分点", decimals=self.now.decimals)
        if self.percent is not None:
            return _signed(self.percent, "%", decimals=1)
        return _signed(self.difference, self.now.unit, decimals=self.now.decimals)

    @property
    def reading_differs(self) -> bool:
        """Test if the two were not counted in the same way."""
        return self.then is not None and self.now.version != self.then.version


def _signed(change: Decimal, unit: str, *, decimals: int) -> str:
    size = abs(change).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    if not size:
        return "基本持平" if change else "持平"
    return f"{'+' if change > 0 else '−'}{size:,}{unit}"


@dataclass(frozen=True)
class Trace:
    """The records behind one figure, and a fingerprint by which two traces are compared."""

    model: str
    ids: list[int]
    count: int
    sha256: str


class Described(Protocol):
    """What an indicator says of its figures, now or when they were frozen."""

    @property
    def version(self) -> int: ...

    @property
    def label(self) -> str: ...

    @property
    def unit(self) -> str: ...

    @property
    def decimals(self) -> int: ...


class Column(Mapping[int, Kept]):
    """One thing for each organisation: a mapping that takes a pointer an organisation, no more.

    A process keeps the figures of many periods; all columns of a period share one set of `places`.
    """

    __slots__ = ("_places", "in_order")

    def __init__(self, places: Mapping[int, int], in_order: Sequence[Kept]) -> None:
        self._places = places
        self.in_order = in_order

    def __getitem__(self, org_id: int) -> Kept:
        return self.in_order[self._places[org_id]]

    def __contains__(self, org_id: object) -> bool:
        return org_id in self._places

    def __iter__(self) -> Iterator[int]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __repr__(self) -> str:
        return repr(dict(self))


class Figures:
    """All figures of one period: `figures["VOL-04", org_id]`."""

    def __init__(
        self,
        *,
        period: Period,
        as_of: datetime,
        described: Mapping[str, Described],
        columns: Mapping[str, Mapping[int, Decimal | None]],
        states: Mapping[str, Mapping[int, State]],
    ) -> None:
        self.period = period
        self.as_of = as_of
        self.states = states
        self._described = described
        self._columns = columns

    def __getitem__(self, key: tuple[str, int]) -> Figure:
        code, org_id = key
        column = self.column(code)
        if org_id not in column:
            raise Refused(
                "org_not_in_period",
                f"{self.period.label}期末的组织树中没有这个组织，没有它的数字。",
            )
        said = self._described[code]
        return Figure(
            code=code,
            version=said.version,
            label=said.label,
            unit=said.unit,
            decimals=said.decimals,
            period=self.period,
            org_id=org_id,
            exact=column[org_id],
            state=self.states[code][org_id],
            as_of=self.as_of,
        )

    def __contains__(self, code: object) -> bool:
        return code in self._columns

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def column(self, code: str) -> Mapping[int, Decimal | None]:
        """Return one indicator's exact values by organisation.

        Raises Refused: unknown_indicator.
        """
        if code not in self._columns:
            raise Refused("unknown_indicator", f"没有编号为“{code}”的指标，请核对编号。")
        return self._columns[code]
