"""How a number is shared out. Whole numbers only: nothing is lost and nothing is added."""

from collections.abc import Mapping, Sequence


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


def remainders(numbers: Mapping[int, tuple[int | None, int]]) -> dict[int, int]:
    """Return what of each number is not shared on below it: summed up they are the wholes.

    Numbers are given by key, each with its parent's key. Where more is shared than there is, the
    rest is below nought, and the sum over a subtree is its top's number all the same.
    """
    left = {key: number for key, (_, number) in numbers.items()}
    for parent, number in numbers.values():
        if parent is not None:
            left[parent] -= number
    return left
