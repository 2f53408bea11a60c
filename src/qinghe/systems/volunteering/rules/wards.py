"""Children below fourteen: beside a guardian, by the guardian's account (V-21, V-22)."""

from datetime import date

from qinghe.lib.identifiers import age_on
from qinghe.lib.verdicts import Refused

from .activities import Terms
from .volunteers import YOUNGEST

MOST_WARDS = 6  # of one guardian
ALONE = Refused(
    "guardian_signs",
    f"未满{YOUNGEST}周岁的由监护人用监护人自己的账号办理，没有登记；请由监护人带同参加。",
)


def grown_on(birth_date: date) -> date:
    """Return the fourteenth birthday; who was born on 29 February grows older on 1 March (I-07)."""
    try:
        return birth_date.replace(year=birth_date.year + YOUNGEST)
    except ValueError:
        return date(birth_date.year + YOUNGEST, 3, 1)


def check_is_child(*, birth_date: date | None, on: date) -> None:
    """Refuse who has an account of their own to register by. Raises: age_unknown, in_future, not_a_child."""
    if birth_date is None:
        raise Refused("age_unknown", "没有登记出生日期，不能办理；请先到社区补登。")
    if birth_date > on:
        raise Refused("in_future", "出生日期不能晚于今天，请改正。")
    if age_on(birth_date, on) >= YOUNGEST:
        raise Refused("not_a_child", f"已满{YOUNGEST}周岁的请本人注册志愿者，没有登记。")


def check_ward_count(count: int) -> None:
    """Refuse more children than one guardian looks after. Raises Refused: too_many_wards."""
    if count >= MOST_WARDS:
        raise Refused(
            "too_many_wards", f"一位监护人名下最多登记{MOST_WARDS}名儿童，没有登记；请联系社区。"
        )


def check_guardian_serves(*, registered: bool) -> None:
    """Refuse a child whose guardian does not serve themself. Raises Refused: guardian_first."""
    if not registered:
        raise Refused("guardian_first", "请先完成您本人的志愿者注册，再登记孩子；没有登记。")


def check_fits_child(terms: Terms) -> None:
    """Refuse a post that takes no children at a guardian's side. Raises Refused: children_not_taken."""
    if not terms.children:
        raise Refused("children_not_taken", f"这个岗位不接受未满{YOUNGEST}周岁的儿童同行。")


def check_guardian_signed(*, signed: bool) -> None:
    """Refuse a child at a session where the guardian has no place. Raises Refused: guardian_not_signed."""
    if not signed:
        raise Refused(
            "guardian_not_signed", "监护人还没有报名这一场，没有为孩子报名；请先为您自己报名。"
        )


def check_guardian_there(*, there: bool) -> None:
    """Refuse a child without the guardian. Raises Refused: guardian_absent."""
    if not there:
        raise Refused(
            "guardian_absent", f"未满{YOUNGEST}周岁须监护人同行，监护人还没有签到，没有登记。"
        )
