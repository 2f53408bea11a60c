"""What memberships and posts allow. Values in, verdicts out."""

import re
from datetime import date

from qinghe.lib.identifiers import age_on
from qinghe.lib.verdicts import Refused

YOUNGEST_MEMBER = 14  # T-12; members who joined before 2017 may have been 12
YOUNGEST_BEFORE_2017 = 12

_NUMBER = re.compile(r"[0-9A-Za-z_-]{1,20}")


def check_number(number: str) -> str:
    """Return a person's number, or refuse what cannot be one."""
    if not _NUMBER.fullmatch(number):
        raise Refused(
            "bad_number", "人员编号只能用数字、字母、连字符和下划线，不超过20位，请改正。"
        )
    return number


def check_age_of_member(*, birth_date: date | None, joined_on: date) -> None:
    """Refuse a member who was too young on the day of joining (T-12)."""
    if birth_date is None:
        return
    least = YOUNGEST_MEMBER if joined_on >= date(2017, 1, 1) else YOUNGEST_BEFORE_2017
    if age_on(birth_date, joined_on) < least:
        raise Refused("too_young", f"入团时未满{least}周岁，请核对出生日期与入团日期。")


def check_order(*, starts_on: date, ends_on: date, what: str) -> None:
    """Refuse an end before its start."""
    if ends_on < starts_on:
        raise Refused("ends_before_start", f"{what}终止日期不能早于起始日期{starts_on}，请改正。")
