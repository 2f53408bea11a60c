"""Where and when a ceremony may be held, what it must show, and who may accept it (S015)."""

from collections.abc import Collection, Sequence
from datetime import date

from qinghe.lib.verdicts import Refused

MOST_STEPS = 20


def check_school(*, is_school: bool, name: str) -> None:
    """Refuse who is neither a school nor the corps of a street or the district.

    Raises Refused: not_a_school.
    """
    if not is_school:
        raise Refused(
            "not_a_school",
            f"{name}不是学校团委、少工委，也不是街道或区，没有保存；请选学校的最上一级组织。",
        )


def check_day_has_come(*, day: date, today: date) -> None:
    """Refuse to write down what has not taken place. Raises Refused: too_early."""
    if today < day:
        raise Refused("too_early", "日期还没有到，没有保存；请在开展之后登记。")


def check_no_twin(*, others: int, again: str) -> None:
    """Refuse a second of its kind on one day unless somebody says why. Raises Refused: same_day."""
    if others and not again.strip():
        raise Refused(
            "same_day",
            "这所学校当天已登记过同一类仪式，没有保存；确属另一场的，请写明说明（如“下午场”）。",
        )


def check_steps(*, required: Sequence[tuple[int, str]], done: Collection[int]) -> None:
    """Refuse a ceremony that left out what its outline asks for. Raises Refused: steps_missing."""
    missing = [text for key, text in required if key not in done]
    if missing:
        raise Refused(
            "steps_missing", f"缺少必做要点：{'、'.join(missing)}。没有提交，草稿已保存。"
        )


def check_evidence(count: int) -> None:
    """Refuse a ceremony that nothing shows. Raises Refused: evidence_needed."""
    if not count:
        raise Refused(
            "evidence_needed", "还没有照片或佐证材料，没有提交；请先在本页上传至少一个文件。"
        )


def check_the_other_pair_of_eyes(*, submitted_by: int | None, reviewer: int) -> None:
    """Refuse who would look at what they handed in themselves. Raises Refused: own_record."""
    if submitted_by == reviewer:
        raise Refused("own_record", "不能审核自己提交的记录，没有改动；请由另一人审核。")


def check_outline(*, starts_on: date, today: date, texts: Sequence[str], required: int) -> None:
    """Refuse an outline of the past, one that asks for nothing, or that says something twice.

    Raises Refused: day_is_over, no_steps, too_many_steps, step_twice.
    """
    if starts_on < today:
        raise Refused("day_is_over", "起用日期已经过去，没有保存；请填今天或以后的日期。")
    if not required:
        raise Refused("no_steps", "至少要有一条必做要点，没有保存。")
    if len(texts) > MOST_STEPS:
        raise Refused("too_many_steps", f"要点最多{MOST_STEPS}条，没有保存；请合并后再填。")
    if len(set(texts)) < len(texts):
        raise Refused("step_twice", "有的要点写了两次，没有保存；请每条只留一次。")
