"""The parts that streets and communities take, and what of the project's means each gets."""

from collections.abc import Iterable
from datetime import date

from qinghe.lib.verdicts import Refused


def check_below(*, giver: str, taker: str) -> None:
    """Refuse a part for who does not stand below its giver. Raises Refused: wrong_place."""
    if taker == giver or not taker.startswith(giver):
        raise Refused("wrong_place", "分工只能给本单位下级的街道、社区和单位，没有保存，请改选。")


def check_given(*, is_deepest: bool, is_taken: bool) -> None:
    """Refuse to give on what was not taken, or a third time. Raises: too_deep, not_taken."""
    if is_deepest:
        raise Refused("too_deep", "分工最多到第三级，没有再往下分；请由上一级直接安排。")
    if not is_taken:
        raise Refused("not_taken", "这项分工还没有承接，或者已经交验，不能再往下分，没有保存。")


def check_within(
    *, starts_on: date, due_on: date, first: date, last: date, whose: str = "项目"
) -> None:
    """Refuse days outside of what a part belongs to. Raises Refused: wrong_order, outside."""
    if due_on < starts_on:
        raise Refused("wrong_order", "完成日期不能早于开始日期，没有保存，请改正。")
    if starts_on < first or due_on > last:
        raise Refused(
            "outside",
            f"日期要在{whose}的{first.isoformat()}至{last.isoformat()}之内，没有保存，请改正。",
        )


def check_fresh(*, is_there: bool, what: str) -> None:
    """Refuse the same twice. Raises Refused: there_already."""
    if is_there:
        raise Refused("there_already", f"已有同样的{what}，没有重复保存，请换一个名称。")


def check_settled_below(*, open_below: int) -> None:
    """Refuse to hand in before those below have. Raises Refused: open_below."""
    if open_below:
        raise Refused("open_below", f"下级还有{open_below}项分工没有验收，没有交验。")


def check_outcome(*, outcome: str) -> None:
    """Refuse to hand in without a word. Raises Refused: outcome_needed."""
    if not outcome.strip():
        raise Refused("outcome_needed", "请写完成情况，没有交验。")


def check_another(*, submitted_by: int, decides: int) -> None:
    """Refuse who decides about what they handed in themselves. Raises Refused: own_part."""
    if submitted_by == decides:
        raise Refused("own_part", "交验人不能验收自己交的分工，没有改动；请由另一位同事办理。")


def check_shares(*, given: int, whole: int, others: Iterable[int], below: int, unit: str) -> None:
    """Refuse more than there is, or less than was given on. Raises Refused: too_much, given_on."""
    left = whole - sum(others)
    if given > left:
        raise Refused("too_much", f"还能分{left}{unit}，没有保存，请改正数量。")
    if given < below:
        raise Refused("given_on", f"其中{below}{unit}已经分给下级，不能少于这个数，没有保存。")


def check_used(*, used: int, given: int, unit: str) -> None:
    """Refuse that more was used than was given. Raises Refused: used_too_much."""
    if used > given:
        raise Refused("used_too_much", f"分到{given}{unit}，填写的使用数更多，没有保存，请核对。")
