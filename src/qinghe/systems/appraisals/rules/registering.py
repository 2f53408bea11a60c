"""Who may be registered, and who is put off until when (T-43)."""

import calendar
from datetime import date

from qinghe.lib.verdicts import Refused

from .grading import PASSING


def months_after(day: date, *, months: int) -> date:
    """Return the same day some months later, or the last day of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


def check_defer_months(months: int, *, least: int, most: int) -> None:
    """Refuse a deferral that is shorter or longer than the terms allow."""
    if not least <= months <= most:
        raise Refused("bad_months", f"暂缓注册为{least}至{most}个月，没有注册，请改正。")


def check_deferral(*, grade: str, who: str) -> None:
    """Refuse to defer somebody who cannot be registered anyway."""
    if grade not in PASSING:
        raise Refused(
            "cannot_register",
            f"{who}没有基本合格以上的等次，本来就不能注册，不用暂缓；没有注册，请去掉这一项。",
        )


def overdue_since(today: date) -> date:
    """Return the day up to which a campaign closed more than a year ago (T-43)."""
    return months_after(today, months=-12)
