"""When a consent counts, and whose it must be. Values in, verdicts out."""

from collections.abc import Collection
from datetime import date

from qinghe.lib.identifiers import age_on
from qinghe.lib.verdicts import Refused

ADULT = 18  # V-20
TEEN = 14  # S-03, V-22: below it every use needs the guardian's express consent

# What a person between 14 and 18 cannot agree to alone: registering to serve (V-20), being trained.
WITH_GUARDIAN = frozenset({"volunteering", "training"})


def age(birth_date: date, on: date) -> int:
    """Return full years of age; nobody is younger than nothing."""
    return age_on(birth_date, on) if birth_date <= on else 0


def needs_guardian(*, purpose: str, birth_date: date | None, on: date) -> bool:
    """Test if a guardian has to agree. An unknown day of birth is taken for an adult's."""
    if birth_date is None:
        return False
    years = age(birth_date, on)
    return years < TEEN or (years < ADULT and purpose in WITH_GUARDIAN)


def check_guardian(*, purpose: str, birth_date: date | None, on: date, by_guardian: bool) -> None:
    """Refuse a consent that only a guardian may give (S-03, V-20, V-22). Raises guardian_needed."""
    if needs_guardian(purpose=purpose, birth_date=birth_date, on=on) and not by_guardian:
        raise Refused(
            "guardian_needed", "未成年人的这项同意须由监护人作出，没有记录；请由监护人办理。"
        )


def check_guardian_told(*, name: str, phone: str, relation: str) -> None:
    """Refuse a guardian of whom something is missing. Raises Refused: guardian_incomplete."""
    if not (name.strip() and phone.strip() and relation.strip()):
        raise Refused("guardian_incomplete", "监护人的姓名、电话和与本人关系都须填写，请补齐。")


def check_guardian_of_age(*, birth_date: date | None, on: date) -> None:
    """Refuse a guardian who is a minor. Raises Refused: guardian_too_young."""
    if birth_date is not None and age(birth_date, on) < ADULT:
        raise Refused("guardian_too_young", "监护人须年满18周岁，没有登记；请核对监护人信息。")


def check_agreed(*, notice: int, agreed: Collection[int], title: str) -> None:
    """Refuse to use data that nobody agreed to (S-01, S-02). Raises Refused: consent_needed."""
    if notice not in agreed:
        raise Refused("consent_needed", f"还没有同意《{title}》，没有办理；请阅读后勾选同意。")


def check_in_force(*, starts_on: date, today: date) -> None:
    """Refuse a consent to a notice that is not in force yet. Raises Refused: notice_not_yet."""
    if starts_on > today:
        raise Refused("notice_not_yet", f"这一版告知书自{starts_on.isoformat()}起才启用。")


def check_child_rules(*, responsible: str) -> None:
    """Refuse a child's data while nobody is named in charge of it (S-04). Raises nobody_in_charge."""
    if not responsible.strip():
        raise Refused(
            "nobody_in_charge",
            "儿童个人信息保护负责人尚未指定，暂不受理未满14周岁的注册；填写内容没有保存，"
            "请联系所在社区团组织。",
        )


def check_reason(reason: str) -> None:
    """Refuse an empty reason. Raises Refused: reason_needed."""
    if not reason.strip():
        raise Refused("reason_needed", "请写明事由。")


def check_term(*, days: int, least: int) -> None:
    """Refuse to keep records for less than the law asks (S-11, S-14). Raises Refused: too_short."""
    if days < least:
        raise Refused("too_short", f"依规至少保存{least}天，没有改动；请填写不少于{least}的天数。")
