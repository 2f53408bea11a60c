"""Who may be a volunteer."""

from datetime import date

from qinghe.lib.identifiers import age_on
from qinghe.lib.verdicts import Refused

YOUNGEST = 14  # V-21: younger ones serve only in a guardian's account
OF_AGE = 18  # V-20


def check_old_enough(*, birth_date: date | None, on: date) -> None:
    """Refuse who is too young for an account of their own (V-21). Raises Refused: too_young."""
    if birth_date is not None and _age(birth_date, on) < YOUNGEST:
        raise Refused("too_young", f"未满{YOUNGEST}周岁，不能单独注册，请由监护人带同参加。")


def check_guardian(*, birth_date: date | None, on: date, agreed_on: date | None) -> None:
    """Refuse a minor whose guardian has not agreed (V-20). Raises Refused: guardian_needed."""
    minor = birth_date is not None and _age(birth_date, on) < OF_AGE
    if minor and (agreed_on is None or agreed_on > on):
        raise Refused("guardian_needed", f"未满{OF_AGE}周岁须监护人同意，请填写监护人同意日期。")


def check_not_own_application(*, decider_id: int, applicants: set[int | None]) -> None:
    """Refuse who would put themself or their child on the roll. Raises Refused: own_application."""
    if decider_id in applicants:
        raise Refused(
            "own_application", "不能审核本人或本人孩子的注册申请，没有改动，请由他人审核。"
        )


def _age(birth_date: date, on: date) -> int:
    return age_on(birth_date, on) if birth_date <= on else 0
