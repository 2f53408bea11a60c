"""With whom a target may be shared out, and what it may be. How it is shared: `lib.sharing`."""

from collections.abc import Iterable

from qinghe.lib.verdicts import Refused

MOST = 100_000


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
