"""Where an item stands in its list, and what it may say."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from qinghe.lib.verdicts import Refused

DEEPEST = 3
_MOST = 999  # three digits of a path


def path_of(number: str) -> str:
    """Return the path of a number as a document prints it: 1.12 is 001.012.

    Raises Refused: wrong_number.
    """
    steps = number.strip().rstrip(".").split(".")
    right = all(step.isdecimal() and 1 <= int(step) <= _MOST for step in steps)
    if not right or len(steps) > DEEPEST:
        raise Refused("wrong_number", f"序号应写成1、1.2或1.2.3，不能是“{number}”。")
    return "".join(f"{int(step):03d}." for step in steps)


def above(path: str) -> str:
    """Return the path one level up; of a field it is empty."""
    return path[:-4]


def level_of(path: str) -> int:
    """Return how deep a path lies: 1 is a field."""
    return path.count(".")


def next_path(parent: str, *, taken: Iterable[str]) -> str:
    """Return the first path after all that are taken below a parent.

    Raises Refused: too_deep, too_many.
    """
    if level_of(parent) >= DEEPEST:
        raise Refused("too_deep", "任务下面不能再分，没有保存；请列在举措下面。")
    last = max((int(path[len(parent) : len(parent) + 3]) for path in taken), default=0)
    if last >= _MOST:
        raise Refused("too_many", f"同一级最多列{_MOST}项，没有保存。")
    return f"{parent}{last + 1:03d}."


def check_days(*, starts_on: date | None, due_on: date | None) -> None:
    """Refuse an end before its beginning. Raises Refused: wrong_order."""
    if starts_on and due_on and due_on < starts_on:
        raise Refused("wrong_order", "结束日期早于开始日期，没有保存，请改正。")


def check_target(*, target: Decimal | None, unit: str, code: str) -> None:
    """Refuse a number of nothing, or a measure without a number.

    Raises Refused: unit_needed, target_needed.
    """
    if target is not None and not unit.strip():
        raise Refused("unit_needed", "填了目标值就要填单位，没有保存。")
    if target is None and code:
        raise Refused("target_needed", "选了指标就要填目标值，没有保存。")


def check_leads(*, has_lead: bool, is_open: bool) -> None:
    """Refuse to open what somebody answers for already. Raises Refused: has_lead."""
    if has_lead and is_open:
        raise Refused("has_lead", "已有牵头单位的任务不开放认领，没有保存；两者请选其一。")


def check_standing(*, dropped_on: date | None) -> None:
    """Refuse to touch what was dropped. Raises Refused: dropped."""
    if dropped_on is not None:
        raise Refused("dropped", "这一项已经取消，没有改动。")
