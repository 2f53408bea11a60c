"""From figures and scores to marks. Marks and figures are whole hundredths: no float ever."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from qinghe.lib.verdicts import Refused

HUNDRED = Decimal(100)
MOST = 100_000  # hundredths: no item and no scheme gives more than a thousand marks


@dataclass(frozen=True)
class Step:
    """From this figure on, these marks; both in hundredths."""

    at_least: int
    marks: int


@dataclass(frozen=True)
class Scale:
    """How a figure becomes marks: in steps, or in proportion to a target up to the full marks."""

    full: int
    target: int | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A figure as it stood when it was taken for an item; `value` is empty where there is none."""

    value: int | None
    version: int
    as_of: datetime
    state: str


@dataclass(frozen=True)
class Scored:
    """The marks of one item, and whether it adds, is on top, or is taken off."""

    sort: str
    marks: int


@dataclass(frozen=True)
class Total:
    """What an organisation comes to; bonus and deduction are within their caps."""

    normal: int
    bonus: int
    deduction: int

    @property
    def whole(self) -> int:
        """Return the sum, never below nought."""
        return max(0, self.normal + self.bonus - self.deduction)


def in_hundredths(number: Decimal) -> int:
    """Return a decimal as whole hundredths, rounded half up once (四舍五入)."""
    return int((number * HUNDRED).to_integral_value(ROUND_HALF_UP))


def as_decimal(hundredths: int) -> Decimal:
    """Return hundredths as a decimal of two digits."""
    return Decimal(hundredths).scaleb(-2)


def in_words(hundredths: int | None) -> str:
    """Write marks as they are printed: two digits, or a dash where there are none yet."""
    return "—" if hundredths is None else str(as_decimal(hundredths))


def marks_for(figure: int, *, scale: Scale) -> int:
    """Return the marks that a figure earns.

    By steps it is what the highest reached step says: steps may fall, for what is better small.
    In proportion, a figure at or above the target earns all, one below nought earns nothing.
    """
    if scale.target is not None:
        return _share(min(max(figure, 0), scale.target), of=scale.target, full=scale.full)
    reached = [step for step in scale.steps if figure >= step.at_least]
    return max(reached, key=lambda step: step.at_least).marks if reached else 0


def mean(marks: Sequence[int]) -> int:
    """Return the mean in whole hundredths, rounded half up."""
    return (2 * sum(marks) + len(marks)) // (2 * len(marks))


def total_of(scored: Iterable[Scored], *, bonus_cap: int, deduction_cap: int) -> Total:
    """Add the marks of an organisation up, bonus and deduction each within its cap."""
    sums = {"normal": 0, "bonus": 0, "deduction": 0}
    for one in scored:
        sums[one.sort] += one.marks
    return Total(
        sums["normal"], min(sums["bonus"], bonus_cap), min(sums["deduction"], deduction_cap)
    )


def check_marks(marks: int, *, full: int) -> None:
    """Refuse marks outside of their item's. Raises Refused: wrong_marks."""
    if not 0 <= marks <= full:
        raise Refused("wrong_marks", f"得分应在0至{in_words(full)}之间，这个分数没有保存，请改正。")


def check_full(full: int) -> None:
    """Refuse an item without marks, or with too many. Raises Refused: wrong_marks."""
    if not 0 < full <= MOST:
        raise Refused("wrong_marks", f"满分应大于0、不超过{in_words(MOST)}，没有保存，请改正。")


def check_scale(scale: Scale) -> None:
    """Refuse a rule that does not tell marks from a figure. Raises Refused: wrong_scale."""
    if (scale.target is None) is not bool(scale.steps):
        raise Refused(
            "wrong_scale", "按数据计分的项目，目标值和分档填且只填一种，没有保存，请改正。"
        )
    if scale.target is not None and scale.target <= 0:
        raise Refused("wrong_scale", "目标值应大于0，没有保存，请改正。")
    bounds = [step.at_least for step in scale.steps]
    if len(set(bounds)) < len(bounds):
        raise Refused("wrong_scale", "有两档的起点相同，没有保存，请改正。")
    if any(not 0 <= step.marks <= scale.full for step in scale.steps):
        raise Refused(
            "wrong_scale", f"每档得分应在0至满分{in_words(scale.full)}之间，没有保存，请改正。"
        )


def check_adds_up(*, normal: Sequence[int], full: int, empty_headings: int) -> None:
    """Refuse to publish what does not come to its full marks. Raises Refused: does_not_add_up."""
    if not normal:
        raise Refused("does_not_add_up", "方案还没有计分项目，没有发布，请先添加。")
    if empty_headings:
        raise Refused("does_not_add_up", f"有{empty_headings}个分类下面没有项目，没有发布。")
    if sum(normal) != full:
        raise Refused(
            "does_not_add_up",
            f"计分项目满分合计{in_words(sum(normal))}分，与方案总分{in_words(full)}分不符，"
            "没有发布，请先调整。",
        )


def _share(figure: int, *, of: int, full: int) -> int:
    return (2 * figure * full + of) // (2 * of)
