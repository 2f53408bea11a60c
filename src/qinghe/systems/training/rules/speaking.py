"""Lecturers, booked lectures and online sessions."""

from datetime import date, datetime, timedelta

from qinghe.lib.verdicts import Refused

APART = timedelta(hours=2)  # a lecturer is not sent to two places within it
STARS = range(1, 6)


def check_named(*, has_person: bool, name: str) -> None:
    """Refuse a lecturer who is nobody, or two at once. Raises Refused: name_needed."""
    if has_person == bool(name.strip()):
        raise Refused("name_needed", "人员编号和外请讲师姓名填一项，不能都填，也不能都不填。")


def check_a_team(*, kind: str) -> None:
    """Refuse lecturers of what is no team of lecturers. Raises Refused: not_a_team."""
    if kind != "team":
        raise Refused("not_a_team", "只有讲师队、宣讲团可以这样办理，没有保存。")


def check_in_the_team(*, joined_on: date, left_on: date | None, day: date) -> None:
    """Refuse to send who is not in the team that day. Raises Refused: not_in_the_team."""
    if day < joined_on or (left_on is not None and left_on <= day):
        raise Refused("not_in_the_team", "这位讲师当天不在队，没有保存；请另选讲师。")


def check_days(*, first: date, last: date, today: date) -> None:
    """Refuse wished days that are over or upside down. Raises Refused: in_the_past, wrong_order."""
    if first < today:
        raise Refused("in_the_past", "希望的日期已经过去，没有提交；请改正。")
    if last < first:
        raise Refused("wrong_order", "最晚日期不能早于最早日期，没有提交；请改正。")


def check_starts(*, starts_at: datetime, at: datetime) -> None:
    """Refuse to arrange what lies in the past. Raises Refused: in_the_past."""
    if starts_at <= at:
        raise Refused("in_the_past", "宣讲时间已经过去，没有保存；请核对。")


def check_free(*, others: int) -> None:
    """Refuse a lecturer who is elsewhere within two hours. Raises Refused: lecturer_busy."""
    if others:
        raise Refused("lecturer_busy", "这位讲师前后两小时内另有安排，没有派课；请另选讲师或时间。")


def check_over(*, starts_at: datetime | None, at: datetime) -> None:
    """Refuse to write down what has not taken place. Raises Refused: too_early."""
    if starts_at is None or at < starts_at:
        raise Refused("too_early", "还没有到宣讲时间，开讲后再登记人次。")


def check_day_has_come(*, day: date, today: date) -> None:
    """Refuse an online session held before its day. Raises Refused: too_early."""
    if today < day:
        raise Refused("too_early", "这一期还没有到播出日期，播出后再登记人次。")


def check_day_ahead(*, day: date, today: date) -> None:
    """Refuse to announce what is over. Raises Refused: in_the_past."""
    if day < today:
        raise Refused("in_the_past", "播出日期已经过去，没有发布；请改正日期。")


def check_free_to_go(*, ahead: int) -> None:
    """Refuse to let a lecturer go who is still expected. Raises Refused: still_expected."""
    if ahead:
        raise Refused("still_expected", f"这位讲师还有{ahead}场安排，没有办理；请先改派或取消。")


def check_rating(*, state: str, is_rated: bool, stars: int) -> None:
    """Refuse an evaluation of what was not held, a second one, or odd stars.

    Raises Refused: wrong_state, rated_already, wrong_stars.
    """
    if state != "held":
        raise Refused("wrong_state", "登记完成后才能评价。")
    if is_rated:
        raise Refused("rated_already", "这场宣讲已经评价过，没有重复登记。")
    if stars not in STARS:
        raise Refused("wrong_stars", "请选1至5星。")
