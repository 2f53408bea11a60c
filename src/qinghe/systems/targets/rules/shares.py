"""How far a number is given on, and who may change it when. How it is reckoned: `lib.sharing`."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from qinghe.lib import sharing
from qinghe.lib.verdicts import Refused

MOST = 10_000_000


@dataclass(frozen=True)
class Balance:
    """A number beside what was given on of it.

    `lapsed` is what was given to organisations that are closed and that nobody succeeds: it
    stays in the sum, and yet nobody carries it.
    """

    number: int
    shared: int = 0
    lapsed: int = 0
    is_split: bool = False

    @property
    def gap(self) -> int:
        """Return what nobody below carries; below nought more was given on than there is.

        A number that was not given on is carried where it is.
        """
        return self.number - self.shared + self.lapsed if self.is_split else 0


def balance(number: int, *, below: Iterable[tuple[int, bool]]) -> Balance:
    """Set a number beside the shares right below it, each with whether somebody carries it."""
    rows = list(below)
    lapsed = sum(share for share, is_carried in rows if not is_carried)
    return Balance(number, sum(share for share, _ in rows), lapsed, bool(rows))


def by_figures(total: int, *, figures: Iterable[Decimal | None]) -> list[int]:
    """Share a number out in proportion to figures; who has none of it, or less, counts as nought."""
    hundredths = [max(0, int(figure * 100)) if figure else 0 for figure in figures]
    return sharing.by_base(total, bases=hundredths)


def whole_of(target: Decimal | None) -> int:
    """Return an item's number where it can be shared out. Raises Refused: not_whole."""
    if target is None or target != target.to_integral_value() or target > MOST:
        raise Refused("not_whole", f"只有不超过{MOST}的整数目标值可以分解，没有改动。")
    return int(target)


def check_number(number: int) -> None:
    """Refuse a share that none can mean. Raises Refused: wrong_number."""
    if not 0 <= number <= MOST:
        raise Refused("wrong_number", f"分解数应在0至{MOST}之间，没有保存，请改正。")


def check_below(*, given: Iterable[int], allowed: Iterable[int]) -> None:
    """Refuse to share with who does not stand below. Raises Refused: nobody_below, wrong_place."""
    named, known = set(given), set(allowed)
    if not known:
        raise Refused("nobody_below", "下面没有还可以分解的单位，没有保存。")
    if not named or named - known:
        raise Refused("wrong_place", "只能分解给直接下一级、还没有分解到的单位，没有保存。")


def check_based(*, figures: Iterable[Decimal | None]) -> None:
    """Refuse a base that nobody has. Raises Refused: no_base."""
    if not any(figure and figure > 0 for figure in figures):
        raise Refused("no_base", "这个指标在下级没有数，不能作为基数，没有保存；请换一个。")
