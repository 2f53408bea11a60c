"""When a class may be published, signed up for, called and certified."""

from datetime import date, datetime

from qinghe.lib.identifiers import age_on
from qinghe.lib.verdicts import Refused

ADULT, TEEN = 18, 14  # V-20, V-22
TRAINING, CHILD = "training", "child"  # the purposes that are agreed to, each by itself (S-02)


def check_ahead(*, starts_at: datetime, at: datetime) -> None:
    """Refuse to publish what has begun. Raises Refused: in_the_past."""
    if starts_at <= at:
        raise Refused("in_the_past", "只能发布还没有开始的班次，没有保存；请核对开始时间。")


def check_where(*, place: str, link: str) -> None:
    """Refuse a class that nobody could find. Raises Refused: where_needed."""
    if not (place.strip() or link.strip()):
        raise Refused("where_needed", "请填写上课地点，线上的填写网址。")


def check_ages(*, youngest: int | None, oldest: int | None) -> None:
    """Refuse an age range without anybody in it. Raises Refused: wrong_ages."""
    if youngest is not None and oldest is not None and youngest > oldest:
        raise Refused("wrong_ages", "最小年龄大于最大年龄，没有保存；请改正。")


def check_open(*, state: str, starts_at: datetime, at: datetime) -> None:
    """Refuse to sign up for, or let go of, what is off or has begun. Raises Refused: class_closed."""
    if state != "planned" or at >= starts_at:
        raise Refused("class_closed", "这个班次已经开始、结束或取消，报名没有改动。")


def check_age(
    *, birth_date: date | None, youngest: int | None, oldest: int | None, on: date
) -> None:
    """Refuse who is too young or too old on the day. Raises Refused: age_unknown, wrong_age."""
    if youngest is None and oldest is None:
        return
    if birth_date is None:
        raise Refused("age_unknown", "没有出生日期，不能核对年龄，没有报名；请先补齐个人信息。")
    years = age_on(birth_date, on) if birth_date <= on else 0
    if years < (youngest or 0) or (oldest is not None and years > oldest):
        raise Refused("wrong_age", f"本班招收{ages(youngest, oldest)}，没有报名；请另选班次。")


def ages(youngest: int | None, oldest: int | None) -> str:
    """Return who is taken, in words."""
    if youngest is None and oldest is None:
        return "不限年龄"
    if oldest is None:
        return f"{youngest}周岁及以上"
    if youngest is None:
        return f"{oldest}周岁及以下"
    return f"{youngest}至{oldest}周岁"


def check_place_left(*, taken: int, capacity: int) -> None:
    """Refuse when all places are taken. Raises Refused: class_full."""
    if taken >= capacity:
        raise Refused("class_full", f"{capacity}个名额已经报满，没有报名；请另选班次。")


def purposes_for(*, birth_date: date | None, on: date) -> tuple[str, ...]:
    """Return what has to be agreed to before a person's data is used here (S-01…S-04)."""
    return (TRAINING, CHILD) if is_child(birth_date=birth_date, on=on) else (TRAINING,)


def is_child(*, birth_date: date | None, on: date) -> bool:
    """Test if somebody is below fourteen."""
    return birth_date is not None and (birth_date > on or age_on(birth_date, on) < TEEN)


def is_minor(*, birth_date: date | None, on: date) -> bool:
    """Test if somebody is below eighteen."""
    return birth_date is not None and (birth_date > on or age_on(birth_date, on) < ADULT)


def check_signs_alone(*, birth_date: date | None, on: date) -> None:
    """Refuse a child below fourteen who acts without the guardian (V-21). Raises: guardian_signs."""
    if is_child(birth_date=birth_date, on=on):
        raise Refused("guardian_signs", "未满14周岁的，由监护人用监护人自己的账号报名；没有报名。")


def check_roll_call(*, starts_at: datetime, at: datetime) -> None:
    """Refuse to call a roll before the class begins. Raises Refused: too_early."""
    if at < starts_at:
        raise Refused("too_early", "班次还没有开始，开始后才能点名。")


def check_results(*, is_examined: bool, state: str, has_certificates: bool) -> None:
    """Refuse results where there is no examination, no roll yet, or paper out already.

    Raises Refused: not_examined, wrong_state, certified_already.
    """
    if not is_examined:
        raise Refused("not_examined", "这门课程不设考核，不用登记成绩。")
    if state != "held":
        raise Refused("wrong_state", "还没有点名，不能登记考核结果；请先点名。")
    if has_certificates:
        raise Refused("certified_already", "已经发放结业证书，考核结果不再改动。")


def check_roll_may_change(*, has_results: bool) -> None:
    """Refuse another roll call once something rests on the first. Raises Refused: results_entered."""
    if has_results:
        raise Refused("results_entered", "已经登记考核结果或发证，点名记录不再改动。")
