"""团青比: members among the students of graduating classes, and its ceiling (T-15).

The ceiling is a dated parameter. Exceeded, it is a question to the committee, which says why it
admits all the same, unless the ceiling itself was set as one that is refused.
"""

from dataclasses import dataclass
from datetime import date

from qinghe.lib.periods import school_year_starts
from qinghe.lib.verdicts import Refused


@dataclass(frozen=True)
class Ratio:
    """Members and students of the graduating classes of one place, and the ceiling for them."""

    members: int
    students: int
    per_mille: int | None = None
    is_hard: bool = False

    @property
    def tenths(self) -> int:
        """Return the members in tenths of a percent of the students, cut and never rounded up."""
        return self.members * 1000 // self.students if self.students else 0

    @property
    def words(self) -> str:
        """Return it as a page says it."""
        told = f"{self.members}/{self.students}，{_percent(self.tenths)}"
        return told if self.per_mille is None else f"{told}（上限{_percent(self.per_mille)}）"

    def exceeds(self, *, more: int = 0) -> bool:
        """Test if so many more members would be above the ceiling."""
        if self.per_mille is None:
            return False
        return (self.members + more) * 1000 > self.per_mille * self.students


def school_year_of(year: int) -> tuple[date, date]:
    """Return from when to when (not included) the classes that graduate in a year are so."""
    return school_year_starts(year - 1), school_year_starts(year)


def check_ratio(ratio: Ratio | None, *, why: str) -> str:
    """Return why one more is admitted above the ceiling, or nothing where none is exceeded.

    Raises Refused: over_ceiling, reason_needed.
    """
    if ratio is None or not ratio.exceeds(more=1):
        return ""
    over = f"批准后毕业班团员{ratio.members + 1}人、学生{ratio.students}人，超过团青比上限"
    if ratio.is_hard:
        raise Refused("over_ceiling", f"{over}{_percent(ratio.per_mille or 0)}，没有批准。")
    if not why.strip():
        raise Refused(
            "reason_needed",
            f"{over}{_percent(ratio.per_mille or 0)}，没有批准；仍要批准的，请写明超过上限的理由。",
        )
    return why.strip()


def _percent(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}%"
