"""What a place must be before it opens."""

import re
from decimal import Decimal

from qinghe.lib.verdicts import Refused

CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,23}")


def check_code(code: str) -> None:
    """Refuse a code that an address could not carry. Raises Refused: code_unfit."""
    if not CODE.fullmatch(code):
        raise Refused("code_unfit", "阵地编号用大写字母、数字和短横线，2到24位，请改正。")


def check_map(*, latitude: Decimal | None, longitude: Decimal | None) -> None:
    """Refuse half a position. Raises Refused: half_a_position."""
    if (latitude is None) is not (longitude is None):
        raise Refused("half_a_position", "纬度和经度要么都填，要么都不填，请改正。")


def check_ready(*, has_hours: bool, has_room: bool) -> None:
    """Refuse to open what nobody could find open. Raises Refused: not_ready."""
    lacking = [
        word for word, there in (("开放时间", has_hours), ("房间或区域", has_room)) if not there
    ]
    if lacking:
        raise Refused("not_ready", f"还没有登记{'和'.join(lacking)}，不能开放；请先补齐。")
