"""Studying abroad: one stays on the roll of the old school, five years at most (T-61)."""

from datetime import date

from qinghe.lib.verdicts import Refused


def latest_return(*, starts_on: date, years: int) -> date:
    """Return the day up to which somebody may stay on the roll."""
    if (starts_on.month, starts_on.day) == (2, 29):
        return starts_on.replace(year=starts_on.year + years, day=28)
    return starts_on.replace(year=starts_on.year + years)


def check_stay(*, starts_on: date, until: date, years: int) -> None:
    """Refuse a stay that ends before it starts or lasts too long. Raises Refused: wrong_day."""
    if until <= starts_on:
        raise Refused("wrong_day", "保留团籍的截止日期须在出国（境）日期之后，没有保存，请改正。")
    last = latest_return(starts_on=starts_on, years=years)
    if until > last:
        raise Refused(
            "wrong_day", f"出国（境）保留团籍最长{years}年，最晚到{last}；没有保存，请改正。"
        )


def check_not_abroad(*, is_abroad: bool, name: str) -> None:
    """Refuse to transfer somebody who is abroad and stays where they are. Raises Refused: abroad."""
    if is_abroad:
        raise Refused(
            "abroad", f"{name}正在国（境）外学习，团籍保留在原学校；请先登记返回，再办转接。"
        )


def check_return(*, on: date, starts_on: date, today: date) -> None:
    """Refuse a return before the leaving or after today. Raises Refused: wrong_day."""
    if not starts_on <= on <= today:
        raise Refused("wrong_day", f"返回日期须在{starts_on}和今天之间，没有保存，请改正。")
