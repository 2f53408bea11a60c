"""When a figure on the wall turns amber or red, and what a desk may show. Values in, verdict out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, StrEnum

from qinghe.lib.verdicts import Refused

MOST_ON_DESK = 30
LEAST_MONTHS = 2  # one to look at, one to compare it with
LEAST_BEFORE = 5  # of what is counted by the month: from fewer, a fall is chance


class Light(StrEnum):
    """How a figure stands beside its own past."""

    CALM = "calm"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True)
class Limits:
    """How far the newest month may fall below before, as a share, until it turns."""

    amber: Decimal
    red: Decimal
    least_before: int = 0


class Basis(Enum):
    """What kind of number it is, which decides what it is held against and how strictly."""

    FLOW = Limits(amber=Decimal("0.20"), red=Decimal("0.50"), least_before=LEAST_BEFORE)
    RATE = Limits(amber=Decimal("0.10"), red=Decimal("0.20"))
    STOCK = Limits(amber=Decimal("0.01"), red=Decimal("0.05"))


@dataclass(frozen=True)
class Turn:
    """What became of a figure: its light, and by which share it rose (positive) or fell."""

    light: Light
    change: Decimal | None


STEADY = Turn(Light.CALM, None)


def turn(months: Sequence[Decimal | None], *, basis: Basis) -> Turn:
    """Compare the newest month with what went before it.

    What flows, and a rate of it, is held against the mean of the earlier months; what stands
    against the month before. Without two months, or from next to nothing, there is no verdict.
    """
    known = [month for month in months if month is not None]
    if len(known) < LEAST_MONTHS:
        return STEADY
    *earlier, newest = known
    before = earlier[-1] if basis is Basis.STOCK else sum(earlier, Decimal()) / len(earlier)
    if not before or before < basis.value.least_before:
        return STEADY
    change = (newest - before) / before
    return Turn(_light(-change, basis.value), change)


def _light(fall: Decimal, limits: Limits) -> Light:
    if fall >= limits.red:
        return Light.RED
    return Light.AMBER if fall >= limits.amber else Light.CALM


def check_chosen(*, codes: Collection[str], known: Collection[str]) -> None:
    """Refuse a choice for one's desk that is empty, too long, or of what one may not see.

    Raises Refused: none_chosen, too_many, not_allowed.
    """
    if not codes:
        raise Refused("none_chosen", "请至少选择一项数字；要恢复原样，请勾选“恢复为每个业务一项”。")
    if len(codes) > MOST_ON_DESK:
        raise Refused(
            "too_many",
            f"工作台最多显示{MOST_ON_DESK}项，选了{len(codes)}项，没有保存；请减少几项。",
        )
    if set(codes) - set(known):
        raise Refused("not_allowed", "所选的数字里有您无权查看的，没有保存；请重新选择。")
