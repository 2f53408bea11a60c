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

    FLOW = "flow"  # those whose day lies within it
    STOCK = "stock"  # those that hold at its end


@dataclass(frozen=True)
class Indicator:
    """One way of counting the rows of one fact.

    `of` picks what is summed or counted distinct; a COUNT has none. Integers are summed and `per`
    divides at the end (minutes are summed, `per=60` prints hours). `code` is printed and quoted:
    it is never reused. A new formula is a new `version`; frozen figures keep theirs.
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

    def __post_init__(self) -> None:
        _check_named(self.code, self.meaning, self.decimals, self.version)
        if self.kind is Kind.RATIO:
            raise ValueError(f"{self.code} must be declared as a Ratio")
        if (self.of is None) is not (self.kind is Kind.COUNT):
            raise ValueError(f"{self.code}: `of` goes with sums and distincts, and with them only")
        if self.time is Time.STOCK and not self.over.is_stock:
            raise ValueError(f"{self.code}: fact {self.over.name} has no `until` to stand on")
        if self.per < 1:
            raise ValueError(f"{self.code} cannot be given per {self.per}")


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


def _check_named(code: str, meaning: str, decimals: int, version: int) -> None:
    if not re.fullmatch(r"[A-Z]{2,8}-[0-9]{2,3}", code):
        raise ValueError(f"{code!r} is not a code such as VOL-04")
    if not meaning:
        raise ValueError(f"{code} does not say what it means")
    if decimals < 0 or version < 1:
        raise ValueError(f"{code} cannot have {decimals} decimals and version {version}")
