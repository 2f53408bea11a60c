"""What is counted, and how. Declarations only: nothing here runs a query."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import ibis.expr.types as ir

from .facts import Fact

Of: TypeAlias = Callable[[ir.Table], ir.Column]
Where: TypeAlias = Callable[[ir.Table], ir.BooleanValue]


class Kind(StrEnum):
    """How rows become a number."""

    COUNT = "count"
    SUM = "sum"
    DISTINCT = "distinct"
    RATIO = "ratio"


class Time(StrEnum):
    """Which rows belong to a period."""

    FLOW = "flow"  # those whose day, or whole span, lies within it
    STOCK = "stock"  # those that hold at its end
    ANNUAL = "annual"  # those of the calendar year of its end: a quota of the year (G-58)


@dataclass(frozen=True)
class Equals:
    """The rows whose column holds one word.

    It is a `where` like any other. Indicators of one fact that differ only in the word are counted
    by one grouped query, however many they are.
    """

    column: str
    word: str

    def __call__(self, rows: ir.Table) -> ir.BooleanValue:
        """Return the condition."""
        return rows[self.column] == self.word


@dataclass(frozen=True)
class Answered:
    """What tells how far a figure has been reported: a row for each answer that was asked for.

    The fact has a column `answered`, 1 for what came in and was accepted, else 0. Rows are chosen
    by period as the indicator's own are. `counted` is how each respondent came to the number, or
    `target` where it was set and not counted: the unit fits that (G-57), for what is done with the
    answers is always a sum.
    """

    over: Fact
    where: Where | None = None
    counted: str = "count"  # count | sum | distinct | target

    def __post_init__(self) -> None:
        if self.over.columns.get("answered") != "int64":
            raise ValueError(f"fact {self.over.name} does not say what was answered")


@dataclass(frozen=True)
class Indicator:
    """One way of counting the rows of one fact.

    `of` picks what is summed or counted distinct; a COUNT has none. Integers are summed and `per`
    divides at the end (minutes are summed, `per=60` prints hours). `code` is printed and quoted:
    it is never reused. A new formula is a new `version`; frozen figures keep theirs.

    `answered` goes with what others report: it gives each organisation's figure its own state. Such
    a figure is what its respondents counted, added up: whom two of them counted is in it twice,
    whatever its unit (G-57).
    """

    code: str
    label: str
    unit: str
    kind: Kind
    over: Fact
    meaning: str
    of: Of | None = None
    where: Where | None = None
    time: Time = Time.FLOW
    per: int = 1
    decimals: int = 0
    version: int = 1
    answered: Answered | None = None
    is_target: bool = False  # set and not counted: its unit says what it aims at (G-57)

    def __post_init__(self) -> None:
        _check_named(self.code, self.meaning, self.decimals, self.version)
        if self.kind is Kind.RATIO:
            raise ValueError(f"{self.code} must be declared as a Ratio")
        if (self.of is None) is not (self.kind is Kind.COUNT):
            raise ValueError(f"{self.code}: `of` goes with sums and distincts, and with them only")
        for fact in (self.over, self.answered.over) if self.answered else (self.over,):
            if self.time is Time.STOCK and not fact.is_stock:
                raise ValueError(f"{self.code}: fact {fact.name} has no `until` to stand on")
        if self.per < 1:
            raise ValueError(f"{self.code} cannot be given per {self.per}")

    @property
    def reads(self) -> tuple[Fact, ...]:
        """Return every fact that is asked: what is counted, and what tells how much of it there is."""
        answered = self.answered.over if self.answered else None
        return tuple(fact for fact in (self.over, answered, self.over.within) if fact)

    @property
    def is_reported(self) -> bool:
        """Test if the figure is a sum of what others counted, and not counted from records."""
        return self.answered is not None

    @property
    def counted(self) -> str:
        """Tell how it was counted, here or by those who reported it; its unit fits this."""
        if self.is_target:
            return "target"
        return self.kind.value if self.answered is None else self.answered.counted


@dataclass(frozen=True)
class Ratio:
    """One indicator over another, from their unrounded values; over nothing it is empty, never 0."""

    code: str
    label: str
    unit: str
    top: Indicator
    bottom: Indicator
    meaning: str
    scale: int = 100
    decimals: int = 2
    version: int = 1

    def __post_init__(self) -> None:
        _check_named(self.code, self.meaning, self.decimals, self.version)

    @property
    def kind(self) -> Kind:
        """Tell that this is a ratio, so that both declarations answer the same question."""
        return Kind.RATIO

    @property
    def is_reported(self) -> bool:
        """Test if a half of it is a sum of what others counted."""
        return self.top.is_reported or self.bottom.is_reported

    @property
    def counted(self) -> str:
        """Tell how it was counted; its unit fits this."""
        return self.kind.value


def _check_named(code: str, meaning: str, decimals: int, version: int) -> None:
    if not re.fullmatch(r"[A-Z]{2,8}-[0-9]{2,3}", code):
        raise ValueError(f"{code!r} is not a code such as VOL-04")
    if not meaning:
        raise ValueError(f"{code} does not say what it means")
    if decimals < 0 or version < 1:
        raise ValueError(f"{code} cannot have {decimals} decimals and version {version}")
