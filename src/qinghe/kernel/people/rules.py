"""What memberships and posts allow. Values in, verdicts out."""

import re
from datetime import date

from qinghe.lib import identifiers
from qinghe.lib.identifiers import age_on
from qinghe.lib.verdicts import Refused

YOUNGEST_MEMBER = 14  # T-12; members who joined before 2017 may have been 12
YOUNGEST_BEFORE_2017 = 12
OF_AGE = 18
NO_LONGER_CHILD = 14  # S-03
SHORTEST_REASON = 4
LONGEST_REASON = 200
LONGEST_ADDRESS = 200
LONGEST_NAME = 60
SHORTEST_ID_NUMBER = 15  # the old ones, which are refused by their own sentence

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


def check_party_after_league(*, joined_on: date, party_on: date) -> None:
    """Refuse a day of joining the Party before that of joining the League."""
    if party_on < joined_on:
        raise Refused(
            "party_before_league", f"入党日期不能早于入团日期{joined_on}，请核对两个日期。"
        )


def is_under(years: int, *, birth_date: date | None, day: date) -> bool:
    """Test if somebody is known to be younger than so many full years on a day."""
    return birth_date is not None and (birth_date > day or age_on(birth_date, day) < years)


def kind_of_number(typed: str) -> str:
    """Tell whether something typed is meant as an identity number or as a phone number."""
    signs = "".join(typed.split())
    return "id_number" if len(signs) >= SHORTEST_ID_NUMBER and signs[:-1].isdigit() else "phone"


def check_reason(reason: str) -> str:
    """Return why something is read or refused, or refuse what tells nothing."""
    why = " ".join(reason.split())
    if not SHORTEST_REASON <= len(why) <= LONGEST_REASON:
        raise Refused(
            "reason_needed",
            f"请写明事由（{SHORTEST_REASON}至{LONGEST_REASON}个字），如“核实志愿服务证明”。",
        )
    return why


def check_address(address: str) -> str:
    """Return an address without what surrounds it, or refuse what is none."""
    typed = " ".join(address.split())
    if not 4 <= len(typed) <= LONGEST_ADDRESS:
        raise Refused("bad_address", f"住址应为4至{LONGEST_ADDRESS}个字，请写到社区和门牌。")
    return typed


def check_guardian_name(name: str) -> str:
    """Return a guardian's name, or refuse what cannot be one."""
    typed = " ".join(name.split())
    if not 2 <= len(typed) <= LONGEST_NAME or any(sign.isdigit() for sign in typed):
        raise Refused("bad_guardian_name", "监护人姓名应为2个字以上，不含数字，请改正。")
    return typed


def check_number_agrees(number: str, *, birth_date: date | None, sex: str) -> None:
    """Refuse an identity number that tells another birth date or sex than is known."""
    if birth_date is not None and identifiers.birth_date_of(number) != birth_date:
        raise Refused(
            "other_birth_date",
            "身份证号中的出生日期与已登记的出生日期不一致，请核对后更正其中一处。",
        )
    if sex and identifiers.sex_of(number).value != sex:
        raise Refused(
            "other_sex", "身份证号第17位对应的性别与已登记的性别不一致，请核对后更正其中一处。"
        )


def check_nobody_left(*, members: int, name: str) -> None:
    """Refuse to close an organisation that still has members on its roll."""
    if members:
        raise Refused(
            "has_members",
            f"{name}名册上还有{members}名团员，没有撤销；请先把他们转到别的组织或改用合并。",
        )
