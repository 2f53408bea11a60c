"""Badges and rounds, the share that may go for the next star, and the least data on a child."""

import re
from collections.abc import Collection
from datetime import date

from qinghe.lib.verdicts import Refused

# Rules §1.11: one star is the school's to give, two the district's, and so on.
GIVEN_BY = {1: "school", 2: "district", 3: "city", 4: "province", 5: "national"}
NAMED_FROM = 2  # from two stars on it must be said which child it is
STARS = ("", "一星", "二星", "三星", "四星", "五星")
_CODE = re.compile(r"[A-Z0-9-]{2,12}")
_INITIAL = re.compile(r"[A-Z]")


def check_badge(*, family: str, branch: str, star: int, level: str) -> None:
    """Refuse a badge that the rules do not know.

    Raises Refused: star_unclear, branch_unclear, wrong_level.
    """
    if (family == "star") != (star in GIVEN_BY):
        raise Refused("star_unclear", "星级章须选一星至五星，其他章不选星级；没有保存。")
    if (family == "basic") != bool(branch):
        raise Refused("branch_unclear", "基础章须选红星、红旗或火炬，其他章不选；没有保存。")
    if star and level != GIVEN_BY[star]:
        raise Refused(
            "wrong_level", "一星章由学校颁发，二星区级，三星市级，四星省级，五星全国；没有保存。"
        )


def check_round(*, opens_on: date, closes_on: date, today: date) -> None:
    """Refuse a round that is over before it begins. Raises Refused: wrong_order, day_is_over."""
    if closes_on < opens_on:
        raise Refused("wrong_order", "申报截止不能早于开始，没有保存；请改正。")
    if closes_on < today:
        raise Refused("day_is_over", "申报截止日期已经过去，没有保存；请改正。")


def check_round_open(*, opens_on: date, closes_on: date, day: date) -> None:
    """Refuse what comes before or after a round's days. Raises Refused: round_closed."""
    if not opens_on <= day <= closes_on:
        raise Refused(
            "round_closed",
            f"这一轮的申报时间是{opens_on.isoformat()}至{closes_on.isoformat()}，没有保存。",
        )


def check_nominating(*, is_school: bool, name: str) -> None:
    """Refuse a list of what is no school. Raises Refused: not_a_school."""
    if not is_school:
        raise Refused("not_a_school", f"{name}不是学校的最上一级组织，不能申报，没有保存。")


def check_child(*, code: str, initial: str) -> None:
    """Refuse more, or other, data on a child than a school's code and one letter (S-04, S-08).

    Raises Refused: code_unclear, initial_unclear.
    """
    if not _CODE.fullmatch(code):
        raise Refused(
            "code_unclear",
            "校内编号填2至12位大写字母、数字或短横；不要填姓名和身份证号。没有保存。",
        )
    if not _INITIAL.fullmatch(initial):
        raise Refused("initial_unclear", "姓氏首字母填一个大写字母，不要填姓名；没有保存。")


def check_consent(*, consented_on: date | None, day: date, whose: str) -> None:
    """Refuse to hand in what the guardians have not agreed to. Raises Refused: consent_needed."""
    if consented_on is None or consented_on > day:
        raise Refused(
            "consent_needed",
            f"{whose}还没有填监护人同意日期，或日期晚于今天；没有提交，草稿已保存。",
        )


def share_of(*, percent: int, base: int) -> int:
    """Return the whole number that a share of some holders comes to, never rounded up."""
    return percent * base // 100


def check_share(*, what: str, asked: int, used: int, percent: int, base: int) -> None:
    """Refuse more than the share of those who hold what comes before. Raises Refused: over_share."""
    most = share_of(percent=percent, base=base)
    if asked + used > most:
        before = f"，另一轮已申报{used}枚" if used else ""
        raise Refused(
            "over_share",
            f"{what}最多申报{most}枚（{base}的{percent}%{before}），现填{asked}枚；"
            "没有提交，草稿已保存，请减少后再提交。",
        )


def check_holders(*, codes: Collection[str], holding: Collection[str], star: int) -> None:
    """Refuse children who do not hold the star before. Raises Refused: not_a_holder."""
    lacking = sorted(set(codes) - set(holding))
    if lacking:
        raise Refused(
            "not_a_holder",
            f"编号{'、'.join(lacking)}在有效期内没有{STARS[star - 1]}章，不能申报{STARS[star]}章；"
            "没有提交，草稿已保存。",
        )


def check_something(count: int) -> None:
    """Refuse a list on which nothing stands. Raises Refused: nothing_put_up."""
    if not count:
        raise Refused("nothing_put_up", "申报表还是空的，没有提交；请先填写枚数并保存。")


def check_given(*, given: int, count: int, what: str) -> None:
    """Refuse more badges than were put up for. Raises Refused: more_than_put_up."""
    if not 0 <= given <= count:
        raise Refused(
            "more_than_put_up", f"{what}申报{count}枚，颁发不能是{given}枚；没有保存，请改正。"
        )


def check_award_day(*, day: date, submitted_on: date | None, today: date) -> None:
    """Refuse a day before the list was handed in, or to come. Raises Refused: wrong_order."""
    if submitted_on is None or not submitted_on <= day <= today:
        raise Refused("wrong_order", "颁章日期须在提交日期之后、不晚于今天，没有保存；请改正。")
