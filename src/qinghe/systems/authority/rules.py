"""What account and role pages allow. Values in, verdicts out; no database, no clock."""

from datetime import date, timedelta

from qinghe.lib.verdicts import Refused

INACTIVE_AFTER = timedelta(days=90)  # S-34
SOON = 30  # days before a role ends in which it waits in the inbox
NUMBER_DIGITS = 9


def number_from(draw: int) -> str:
    """Return the number of a person entered by an invitation: Y and nine digits.

    Drawn, not counted: a number tells neither how many there are nor when one came.
    """
    return f"Y{draw:0{NUMBER_DIGITS}d}"


def check_named(*, number: str, name: str, birth_date: date | None) -> None:
    """Refuse a candidate who is neither on a roll nor fully named."""
    if not number and not (name and birth_date):
        raise Refused("who", "请填写人员编号，或者填写姓名和出生日期。")


def check_same_name(*, known: str, given: str) -> None:
    """Refuse a number that belongs to somebody else than was meant."""
    if given and given != known:
        raise Refused("other_person", "人员编号与姓名不是同一人，没有授予；请核对编号。")


def check_new_to_the_roll(*, twin: str) -> None:
    """Refuse to enter somebody twice: the same name and day of birth on one's own roll."""
    if twin:
        raise Refused(
            "known_already",
            f"您的名册上已有同名、同一天出生的人，编号{twin}；是同一人请填编号，没有重复登记。",
        )


def check_reason(reason: str) -> None:
    """Refuse an act on another's account without a reason."""
    if not reason.strip():
        raise Refused("reason_needed", "请填写事由。")
