"""What a drive takes in and sends out."""

from datetime import date

from qinghe.lib.verdicts import Refused


def check_in_time(*, opens_on: date, closes_on: date, day: date, is_open: bool) -> None:
    """Refuse a donation outside the days of its drive. Raises Refused: drive_closed."""
    if not is_open or not opens_on <= day <= closes_on:
        raise Refused(
            "drive_closed",
            f"这次募集只在{opens_on.isoformat()}至{closes_on.isoformat()}接收，没有登记；请核对日期。",
        )


def check_accepted(*, quantity: int, accepted: int, reason: str) -> None:
    """Refuse to accept more than was brought, nothing, or less without a reason.

    Raises Refused: too_many, nothing_accepted, reason_needed.
    """
    if accepted > quantity:
        raise Refused("too_many", f"送来{quantity}，入库不能多于送来的数量，请改正。")
    if accepted < 1:
        raise Refused("nothing_accepted", "一件也不入库的，请办理“不予入库”并写明原因。")
    if accepted < quantity and not reason.strip():
        raise Refused("reason_needed", "入库少于送来数量，请写明差额的原因（破损、不适宜等）。")


def check_stock(*, quantity: int, stock: int, unit: str) -> None:
    """Refuse to send more than is there. Raises Refused: not_enough."""
    if quantity > stock:
        raise Refused("not_enough", f"库存只有{stock}{unit}，不够发出{quantity}{unit}。")
