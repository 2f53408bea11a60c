"""What a service point must say of itself."""

import re
from datetime import date
from decimal import Decimal

from qinghe.lib.verdicts import Refused

_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,23}")


def check_code(code: str) -> None:
    """Refuse a code that cannot stand on a label. Raises Refused: code_unclear."""
    if not _CODE.fullmatch(code):
        raise Refused(
            "code_unclear", "点位编号为2至24位大写字母、数字或短横，如 HG-001，没有保存。"
        )


def check_map(*, latitude: Decimal | None, longitude: Decimal | None) -> None:
    """Refuse half a place on the map. Raises Refused: half_a_place."""
    if (latitude is None) is not (longitude is None):
        raise Refused("half_a_place", "纬度和经度要么都填，要么都不填，没有保存。")


def check_days(*, opened_on: date, closed_on: date | None, today: date) -> None:
    """Refuse days that have not come, or an end before the beginning.

    Raises Refused: day_to_come, wrong_order.
    """
    if opened_on > today or (closed_on is not None and closed_on > today):
        raise Refused("day_to_come", "日期不能晚于今天，没有保存，请改正。")
    if closed_on is not None and closed_on < opened_on:
        raise Refused("wrong_order", f"停用日期不能早于启用日期{opened_on.isoformat()}，没有保存。")


def tags_of(typed: str) -> str:
    """Return words typed with spaces, commas or 、 between them in one way: each once, by 、."""
    return "、".join(dict.fromkeys(re.split(r"[\s,，、;；]+", typed.strip()))).strip("、")
