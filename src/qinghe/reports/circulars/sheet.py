"""What a circular says in numbers: computed while it is written, kept once it is issued."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from qinghe.analytics.figures import State

from . import rules
from .models import RankedBy
from .rules import Change

NOTHING = "—"
PERCENT = "%"
# Whole enough to be put beside others. What has not all come in would be ranked below its due.
RANKABLE = (State.COMPLETE.value, State.PARTIAL.value)


@dataclass(frozen=True)
class Row:
    """One organisation under one figure."""

    org_id: int
    org_code: str
    name: str
    state: str
    value: Decimal | None
    exact: Decimal | None
    goal: Decimal | None
    completion: Decimal | None
    rank: int | None
    tied: bool
    last_year: Change
    previous: Change

    @property
    def said_state(self) -> str:
        """Say what is wrong with the number, or nothing."""
        return "" if self.state == State.COMPLETE else State(self.state).label

    @property
    def said_rank(self) -> str:
        """Say the place, with a word where it is shared."""
        return said_place(self.rank, tied=self.tied)


@dataclass(frozen=True)
class Board:
    """One figure with the organisation's own row and those of the streets, in the tree's order."""

    code: str
    version: int
    label: str
    unit: str
    decimals: int
    is_ratio: bool
    meaning: str
    ranked_by: str
    own: Row
    rows: tuple[Row, ...]

    @property
    def in_points(self) -> bool:
        """Test if it is a percentage, whose differences are 百分点 (G-55)."""
        return self.unit == PERCENT

    @property
    def order_label(self) -> str:
        """Say what the places go by."""
        return str(RankedBy(self.ranked_by).label)

    @property
    def in_order(self) -> list[Row]:
        """Return the streets by their places; those without one last, in the tree's order."""
        return sorted(self.rows, key=lambda row: (row.rank is None, row.rank or 0))

    @property
    def has_goals(self) -> bool:
        """Test if anybody has a goal."""
        return any(row.goal is not None for row in (self.own, *self.rows))

    @property
    def goal_gap(self) -> Decimal | None:
        """Return by how much the streets' goals miss the parent's; nothing where they do not add up."""
        if self.is_ratio or self.own.goal is None or not any(r.goal for r in self.rows):
            return None
        return sum((row.goal or Decimal(0) for row in self.rows), Decimal(0)) - self.own.goal

    @property
    def unranked(self) -> list[Row]:
        """Return the streets that have no place."""
        return [row for row in self.rows if row.rank is None]

    @property
    def behind(self) -> list[Row]:
        """Return the streets that have not reached their goals."""
        return [
            row
            for row in self.rows
            if row.completion is not None
            and not rules.reached(completion=row.completion, in_points=self.in_points)
        ]


@dataclass(frozen=True)
class Together:
    """One street under all figures: its places, and the mean of them."""

    name: str
    org_code: str
    rows: tuple[Row, ...]
    mean: Decimal | None
    place: int | None
    tied: bool

    @property
    def said_place(self) -> str:
        """Say the place, with a word where it is shared."""
        return said_place(self.place, tied=self.tied)


@dataclass(frozen=True)
class Reported:
    """How far one street has reported: itself and those below it."""

    org_id: int
    name: str
    expected: int
    submitted: int
    accepted: int
    late: int
    late_names: str

    @property
    def missing(self) -> int:
        """Return how many have not reported at all."""
        return self.expected - self.submitted

    @property
    def complete_percent(self) -> Decimal | None:
        """Return 报送完整率."""
        return rules.percent(self.submitted, self.expected)

    @property
    def timely_percent(self) -> Decimal | None:
        """Return 报送及时率."""
        return rules.percent(self.submitted - self.late, self.expected)


@dataclass(frozen=True)
class Sheet:
    """All figures of a circular at one moment."""

    as_of: datetime | None
    boards: tuple[Board, ...]
    reported: tuple[Reported, ...] = ()

    @property
    def together(self) -> list[Together]:
        """Return the streets by the mean of their places; who lacks one comes last, unplaced."""
        if not self.boards:
            return []
        lines = list(zip(*(board.rows for board in self.boards), strict=True))
        means = {row[0].org_id: rules.mean_rank([each.rank for each in row]) for row in lines}
        places = rules.ranks(means, order=rules.Order.LOW)
        shared = rules.shared(places)
        found = [
            Together(
                row[0].name,
                row[0].org_code,
                tuple(row),
                means[row[0].org_id],
                places[row[0].org_id],
                row[0].org_id in shared,
            )
            for row in lines
        ]
        return sorted(found, key=lambda line: (line.place is None, line.place or 0))

    @property
    def sha256(self) -> str:
        """Return the fingerprint of every number shown."""
        return hashlib.sha256("\n".join(self._lines()).encode()).hexdigest()

    def _lines(self) -> Iterator[str]:
        for board in self.boards:
            yield _joined([board.code, board.version, board.unit, board.ranked_by])
            for row in (board.own, *board.rows):
                yield _joined(_told(row))
        for each in self.reported:
            numbers = (each.expected, each.submitted, each.accepted, each.late)
            yield _joined([each.org_id, *numbers, each.late_names])


def said_place(place: int | None, *, tied: bool) -> str:
    """Say a place, with a word where it is shared; where there is none a dash."""
    if place is None:
        return NOTHING
    return f"{place}（并列）" if tied else str(place)


def _told(row: Row) -> Sequence[object]:
    before = (row.last_year.then, row.last_year.change, row.previous.then, row.previous.change)
    return (row.org_id, row.state, row.value, row.goal, row.completion, row.rank, *before)


def _joined(parts: Sequence[object]) -> str:
    return "|".join(
        f"{part.normalize():f}" if isinstance(part, Decimal) else str(part) for part in parts
    )
