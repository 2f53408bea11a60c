"""What memberships and posts allow. Values in, verdicts out."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
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


def check_in_league(*, left_on: date | None, name: str) -> None:
    """Refuse a place on a roll to who left the League (T-66). Raises Refused: left_league."""
    if left_on is not None:
        raise Refused(
            "left_league",
            f"{name}已于{left_on}离团，没有列入名册；重新入团的请按发展团员的程序办理。",
        )


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


@dataclass(frozen=True)
class Known:
    """What tells one human being from another, as far as it is on the books."""

    birth_date: date | None
    sex: str
    id_number: str


@dataclass(frozen=True)
class Stay:
    """A place on a roll, from one day up to another, of the person who is kept or of the other."""

    key: int
    org_id: int
    starts_on: date
    ends_on: date | None
    of_kept: bool


def check_two_rows(*, rows: int) -> None:
    """Refuse to merge a row with itself. Raises Refused: same_person."""
    if rows != 2:
        raise Refused("same_person", "两份档案是同一条记录，没有合并；请分别选择。")


def check_not_merged(*, is_merged: bool) -> None:
    """Refuse what has been merged before. Raises Refused: already_merged."""
    if is_merged:
        raise Refused("already_merged", "其中一份档案已经合并过，没有再合并，请刷新后再看。")


def check_same_human(one: Known, other: Known) -> None:
    """Refuse to merge two who are known to differ. Raises Refused: other_person."""
    told = (
        ("身份证号", one.id_number, other.id_number),
        ("出生日期", one.birth_date, other.birth_date),
        ("性别", one.sex, other.sex),
    )
    differing = [label for label, first, second in told if first and second and first != second]
    if differing:
        raise Refused(
            "other_person",
            f"两份档案的{'、'.join(differing)}不同，没有合并；确是同一人的，请先更正写错的一份。",
        )


def check_chosen(chosen: int | None, *, among: Collection[int], what: str) -> int:
    """Return which of two stands, or refuse to guess. Raises Refused: choice_needed."""
    if chosen is None or chosen not in among:
        raise Refused("choice_needed", f"两份档案都有{what}，没有合并；请选择以哪一份为准。")
    return chosen


def place_that_goes_on(stays: Sequence[Stay], *, org_id: int | None) -> int | None:
    """Return the open place that goes on, asking for a choice only between two organisations.

    Raises Refused: choice_needed.
    """
    still = [stay for stay in stays if stay.ends_on is None]
    orgs = {stay.org_id for stay in still}
    if len(orgs) > 1:
        chosen = check_chosen(org_id, among=orgs, what="在册的团组织")
        still = [stay for stay in still if stay.org_id == chosen]
    first = min(still, key=lambda stay: (stay.starts_on, not stay.of_kept), default=None)
    return first.key if first else None


def without_overlaps(stays: Sequence[Stay], *, org_id: int | None) -> list[Stay]:
    """Return places of one person so that no two hold on one day (T-65).

    What goes on stands whole, then what the kept person had, then the rest; whatever overlaps one
    that stands ends where that begins, or begins where it ends. Nothing is removed: what is left of
    no day ends on the day on which it began. Raises Refused: choice_needed.
    """
    going_on = place_that_goes_on(stays, org_id=org_id)
    ranked = sorted(stays, key=lambda one: (one.key != going_on, not one.of_kept, one.starts_on))
    standing: list[Stay] = []
    for stay in ranked:
        cut = stay
        for other in sorted(standing, key=lambda one: one.starts_on):
            cut = _beside(cut, other)
        standing.append(cut)
    return standing


def _beside(stay: Stay, other: Stay) -> Stay:
    """Return a place cut so that it does not hold on a day of another."""
    begins_after = other.ends_on is not None and stay.starts_on >= other.ends_on
    if begins_after or (stay.ends_on is not None and stay.ends_on <= other.starts_on):
        return stay
    if stay.starts_on < other.starts_on:
        return replace(stay, ends_on=other.starts_on)
    if other.ends_on is None or (stay.ends_on is not None and stay.ends_on <= other.ends_on):
        return replace(stay, ends_on=stay.starts_on)
    return replace(stay, starts_on=other.ends_on)
