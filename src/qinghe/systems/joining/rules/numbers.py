"""Development numbers: a year's quota, handed down level by level (T-20, T-27, T-28)."""

from collections.abc import Mapping
from datetime import date

from qinghe.lib.verdicts import Refused

LENGTH, YEAR_DIGITS = 12, 4  # T-20
FIRST_YEAR = 2017  # T-22: since then every new member has a number
MOST_AT_ONCE = 20_000  # numbers in one batch
SECTORS: Mapping[str, str] = {"school": "学校领域", "society": "社会领域"}
# T-27: a number that was kept for somebody is never given to somebody else.
NUMBER_MOVES: Mapping[str, frozenset[str]] = {
    "issued": frozenset({"reserved", "void"}),
    "reserved": frozenset({"used", "void"}),
}
NUMBER_REQUEST_MOVES: Mapping[str, frozenset[str]] = {
    "asked": frozenset({"answered", "refused", "withdrawn"}),
}


def check_range(*, first: str, last: str, today: date) -> tuple[int, int]:
    """Return the year and the size of a range of numbers as the higher committee wrote it.

    Raises Refused: bad_range, wrong_year, too_many.
    """
    for end in (first, last):
        if len(end) != LENGTH or not (end.isascii() and end.isdigit()):
            raise Refused("bad_range", f"“{end}”不是12位数字，没有登记；请按上级下发的号段填写。")
    year = int(first[:YEAR_DIGITS])
    if last[:YEAR_DIGITS] != first[:YEAR_DIGITS]:
        raise Refused("bad_range", "起止编号的前4位应是同一年份，没有登记；跨年的号段请分开登记。")
    if not FIRST_YEAR <= year <= today.year + 1:
        raise Refused("wrong_year", f"编号前4位{year}不是可登记的年份，没有登记；请核对号段。")
    size = int(last) - int(first) + 1
    if size < 1:
        raise Refused("bad_range", "终止编号小于起始编号，没有登记；请核对号段。")
    if size > MOST_AT_ONCE:
        raise Refused("too_many", f"一次最多登记{MOST_AT_ONCE}个编号，没有登记；请分段登记。")
    return year, size


def numbers_between(*, first: str, last: str) -> list[str]:
    """Return all numbers of a range in order."""
    return [str(number) for number in range(int(first), int(last) + 1)]


def check_in_year(*, year: int, today: date) -> None:
    """Refuse to hand numbers about outside of their year. Raises Refused: wrong_year."""
    if today.year != year:
        raise Refused(
            "wrong_year", f"{year}年度的编号只能在{year}年内下发和收回，没有改动；年后请办理退回。"
        )


def check_year_is_over(*, year: int, today: date) -> None:
    """Refuse the return at year's end while the year lasts. Raises Refused: too_early."""
    if today.year <= year:
        raise Refused(
            "too_early", f"{year}年还没有结束，没有退回；年内多余的编号请上级“收回”，可以再下发。"
        )


def check_amount(wanted: int) -> None:
    """Refuse to move no numbers. Raises Refused: bad_amount."""
    if wanted < 1:
        raise Refused("bad_amount", "数量至少为1，没有改动；请填写要办理的个数。")


def check_enough(*, wanted: int, left: int, whose: str) -> None:
    """Refuse to give more than there is (Σ children ≤ parent). Raises Refused: not_enough."""
    if wanted > left:
        raise Refused(
            "not_enough", f"{whose}只剩{left}个未使用的编号，不足{wanted}个，没有改动；请减少数量。"
        )


def check_below(*, giver_path: str, path: str, name: str) -> None:
    """Refuse to hand numbers sideways, upwards or to oneself. Raises Refused: not_below."""
    if path == giver_path or not path.startswith(giver_path):
        raise Refused("not_below", f"{name}不是本组织的下级，没有下发；请另选组织。")


def check_not_own(*, decider_id: int, asker_id: int) -> None:
    """Refuse who would answer what they asked for themself. Raises Refused: own_request."""
    if decider_id == asker_id:
        raise Refused("own_request", "不能答复自己提出的申请，没有改动，请由另一人办理。")


def check_sector(*, own: str, sector: str, name: str) -> None:
    """Refuse school numbers for society and the other way round (T-27).

    Organisations that lead both, as a street does, have no sector of their own.

    Raises Refused: wrong_sector.
    """
    if own and own != sector:
        raise Refused("wrong_sector", f"{name}属{SECTORS[own]}，不能使用{SECTORS[sector]}的编号。")


def sector_of(own: str) -> str:
    """Return out of which quota an organisation's new members take their numbers."""
    return own or "society"


def check_giver(*, giver: str, other: str, name: str) -> None:
    """Refuse a second giver within a year. Raises Refused: other_giver."""
    if giver != other:
        raise Refused(
            "other_giver", f"{name}本年度的编号由{giver}下发，没有改动；请由{giver}统一办理。"
        )


def check_number_move(*, now: str, to: str) -> None:
    """Refuse a move that the table lacks. Raises Refused: wrong_state."""
    if to not in NUMBER_MOVES.get(now, frozenset()):
        raise Refused("wrong_state", "这个编号现在的状态不能这样办理，没有改动；请刷新后再看。")


def check_request_move(*, now: str, to: str) -> None:
    """Refuse to answer what is answered. Raises Refused: wrong_state."""
    if to not in NUMBER_REQUEST_MOVES.get(now, frozenset()):
        raise Refused("wrong_state", "这份申请已经办结，没有重复办理；请刷新后再看。")


def check_year_of_joining(*, number: str, joined_on: date) -> None:
    """Refuse a number of another year than the League date (T-20). Raises Refused: wrong_year."""
    if number[:YEAR_DIGITS] != str(joined_on.year):
        raise Refused(
            "wrong_year",
            f"编号{number}属{number[:YEAR_DIGITS]}年度，入团日期是{joined_on}，年份不一致，没有使用；"
            "请先释放这个编号，再预留入团当年的编号。",
        )


def check_why(reason: str) -> None:
    """Refuse to let a number go without saying why. Raises Refused: reason_needed."""
    if not reason.strip():
        raise Refused("reason_needed", "请写明原因，没有改动；编号作废后不能恢复。")
