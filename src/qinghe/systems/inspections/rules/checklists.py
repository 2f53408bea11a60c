"""What a version of a checklist must say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qinghe.lib.verdicts import Refused

MOST_ITEMS, DAYS_MOST, WEIGHT_MOST = 20, 60, 100


class Photo(StrEnum):
    """When an item needs a photo."""

    NEVER = "never"
    IF_FAILED = "if_failed"
    ALWAYS = "always"


@dataclass(frozen=True)
class ItemText:
    """One item as it is entered; a veto alone keeps a point from passing.

    `days` are the working days within which what fails is to be put right.
    """

    text: str
    weight: int
    veto: bool
    photo: Photo
    days: int


def check_checklist(*, items: Sequence[ItemText], pass_mark: int) -> None:
    """Refuse a checklist that could not be gone through.

    Raises Refused: no_items, too_many_items, item_twice, weight_unclear, days_unclear, mark_unclear.
    """
    if not items:
        raise Refused("no_items", "至少写一条检查项，没有保存。")
    if len(items) > MOST_ITEMS:
        raise Refused("too_many_items", f"一张检查表最多{MOST_ITEMS}条，没有保存。")
    if len({one.text.strip() for one in items}) < len(items):
        raise Refused("item_twice", "有两条检查项写得一样，没有保存，请合并。")
    for one in items:
        _check_item(one)
    if not 1 <= pass_mark <= 100:
        raise Refused("mark_unclear", "达标分应在1到100之间，没有保存。")


def _check_item(one: ItemText) -> None:
    if not 1 <= one.weight <= WEIGHT_MOST:
        raise Refused("weight_unclear", f"“{one.text}”的分值应在1到{WEIGHT_MOST}之间，没有保存。")
    if not 1 <= one.days <= DAYS_MOST:
        raise Refused(
            "days_unclear", f"“{one.text}”的整改期限应在1到{DAYS_MOST}个工作日之间，没有保存。"
        )


def check_starts(*, starts_on: date, today: date) -> None:
    """Refuse a version that would begin before it was known. Raises Refused: day_is_over."""
    if starts_on < today:
        raise Refused(
            "day_is_over", "新版本从今天或以后起用；已经做过的巡查保留当时的检查表，没有保存。"
        )
