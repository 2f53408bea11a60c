"""When what was found is to be put right, and who looks at it again."""

from datetime import date

from qinghe.lib import workdays
from qinghe.lib.verdicts import Refused

DAYS_AFTER_RETURN = 3


def due_on(*, day: date, days: int) -> date:
    """Return the last day for putting right what was found, so many working days on."""
    return workdays.workday_after(day, count=days)


def due_after_return(*, due: date, today: date) -> date:
    """Return the last day after a return: the old one, or three working days if that is later."""
    return max(due, workdays.workday_after(today, count=DAYS_AFTER_RETURN))


def check_apart(*, done_by: int, checked_by: int) -> None:
    """Refuse to let people look at their own work again. Raises Refused: own_work."""
    if done_by == checked_by:
        raise Refused("own_work", "整改和复查不能是同一个人，没有改动，请由别人复查。")


def check_due(*, due: date, day: date) -> None:
    """Refuse a last day before the first. Raises Refused: wrong_order."""
    if due < day:
        raise Refused("wrong_order", f"整改期限不能早于{day.isoformat()}，没有保存。")


def check_still_to_do(*, state: str) -> None:
    """Refuse to hand over what is not to be done any more. Raises Refused: wrong_state."""
    if state != "open":
        raise Refused("wrong_state", "只有待整改的问题可以转交，没有改动。")
