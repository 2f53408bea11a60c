"""How a target is shared out. Whole numbers only: nothing is lost and nothing is added."""

from collections.abc import Iterable, Mapping, Sequence

from qinghe.lib.verdicts import Refused

MOST = 100_000


def equally(total: int, *, among: int) -> list[int]:
    """Share a number out as evenly as can be, the first getting what is over."""
    return by_base(total, bases=[1] * among)


def by_base(total: int, *, bases: Sequence[int]) -> list[int]:
    """Share a number out in proportion to the bases, the largest remainders first.

    Where remainders are alike the first is served first. Without any base it is shared evenly.
    """
    if not bases:
        return []
    whole = sum(bases)
    if not whole:
        return equally(total, among=len(bases))
    shares = [total * base // whole for base in bases]
    order = sorted(range(len(bases)), key=lambda place: (-(total * bases[place] % whole), place))
    for place in order[: total - sum(shares)]:
        shares[place] += 1
    return shares


def check_number(number: int) -> None:
    """Refuse a target that none can mean. Raises Refused: wrong_number."""
    if not 0 <= number <= MOST:
        raise Refused("wrong_number", f"指标应在0至{MOST}之间，没有保存，请改正。")


def check_shares(*, given: Iterable[int], allowed: Iterable[int]) -> None:
    """Refuse to share with whom does not stand below. Raises Refused: wrong_place, nobody_below."""
    named, known = set(given), set(allowed)
    if not known:
        raise Refused("nobody_below", "下面没有可以分解指标的街道、行业团工委或社区，没有保存。")
    if named - known:
        raise Refused("wrong_place", "只能分解给直接下一级的街道、行业团工委或社区，没有保存。")


def remainders(targets: Mapping[int, tuple[int | None, int]]) -> dict[int, int]:
    """Return what of each target is not shared on below it: summed up they are the wholes.

    Targets are given by key, each with its parent's key and its number. Where more is shared than
    there is, the rest is below nought, and the sum over a subtree is its top's number all the same.
    """
    left = {key: number for key, (_, number) in targets.items()}
    for parent, number in targets.values():
        if parent is not None:
            left[parent] -= number
    return left
