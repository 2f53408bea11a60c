"""How much dues are, and who is behind with them (rules §1.6). Amounts are whole fen."""

from dataclasses import dataclass
from datetime import date

from qinghe.lib.verdicts import Refused

BEHIND = 3  # months in a row: 团员连续3个月未交团费
SPANS = (1, 3, 12)  # a month, a quarter, a year


@dataclass(frozen=True)
class Scale:
    """The terms that hold: see `DuesTerms`."""

    pay_from: int
    low_fen: int
    per_mille: int
    most_fen: int
    student_fen: int


def dues_of(*, scale: Scale, pay: int | None) -> int:
    """Return a month's dues in fen of somebody with a monthly pay in yuan, or with none."""
    if pay is None:
        return scale.student_fen
    if pay < scale.pay_from:
        return scale.low_fen
    return min(pay * scale.per_mille // 1_000 * 100, scale.most_fen)


def month_of(day: date) -> date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def months_on(month: date, months: int) -> date:
    """Return the first day of the month so many months on, or back."""
    years, place = divmod(month.month - 1 + months, 12)
    return date(month.year + years, place + 1, 1)


def months_between(first: date, last: date) -> int:
    """Return how many months lie from one first day of a month to another."""
    return (last.year - first.year) * 12 + last.month - first.month


def months_behind(*, since: date, paid_to: date | None, day: date) -> int:
    """Return how many whole months in a row, up to the last one, somebody has not paid.

    `since` is the first month that they were to pay, `paid_to` the latest month that they did.
    """
    owed = max(since, months_on(paid_to, 1)) if paid_to else since
    return max(0, months_between(owed, month_of(day)))


def check_pay(*, category: str, pay: int | None) -> None:
    """Refuse a category without what it rests on. Raises Refused: pay_needed, pay_unasked."""
    if category == "earning" and pay is None:
        raise Refused("pay_needed", "有收入的请填月收入，用来算出每月金额；月收入不会保存。")
    if category == "student" and pay is not None:
        raise Refused("pay_unasked", "学生或没有收入的不用填月收入，没有保存；请清空。")


def check_reduced(*, fen: int, now: int | None) -> None:
    """Refuse a reduction that reduces nothing. Raises Refused: no_rate, not_less."""
    if now is None:
        raise Refused("no_rate", "还没有核定每月金额，没有提请；请先核定标准。")
    if fen >= now:
        raise Refused("not_less", "减免后的金额应低于现在的每月金额，请改正。")


def check_months(*, first: date, since: date | None, last: date, most: date) -> None:
    """Refuse months nobody owes, or too far ahead. Raises Refused: no_rate, too_far."""
    if since is None or first < since:
        raise Refused("no_rate", "其中有人这个月还没有核定每月金额，没有登记；请先核定标准。")
    if last > most:
        raise Refused("too_far", "最多预交到一年以后，没有登记；请改正月份。")
