"""What a certificate of service may say, and how it becomes one (V-10…V-15)."""

from datetime import date

from qinghe.lib.verdicts import Moves, Refused

SHOWN_IN_THE_UNIT = 7  # days (V-11)
LONGEST_CERTIFIED = 40  # years; more is a slip of the pen
CODE_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is read as another
CODE_LENGTH = 8
CERTIFICATE_MOVES: Moves = {
    "record": frozenset({"noticed", "revoked"}),
    "noticed": frozenset({"sealed", "revoked"}),
    "sealed": frozenset({"revoked"}),
}


def certificate_number(*, day: date, serial: str) -> str:
    """Return a certificate's number: the day it was made and eight digits."""
    return f"ZM{day:%Y%m%d}{serial}"


def check_certified(*, first: date, last: date, today: date) -> None:
    """Refuse a span that no certificate can speak of. Raises Refused: wrong_order, future_service."""
    if last < first:
        raise Refused("wrong_order", "截止日期早于起始日期，没有开具，请改正日期。")
    if last > today:
        raise Refused("future_service", "只能证明已经发生的服务，截止日期请不晚于今天。")
    if today.year - first.year > LONGEST_CERTIFIED:
        raise Refused("wrong_order", "起始日期过早，没有开具，请改正日期。")


def check_served(minutes: int) -> None:
    """Refuse to certify nothing. Raises Refused: nothing_served."""
    if minutes <= 0:
        raise Refused(
            "nothing_served",
            "这段时间在该单位没有已生效的服务时长，没有开具；请换一段时间或换出具单位。",
        )


def check_shown(*, until: date | None, today: date) -> None:
    """Refuse to seal before it has hung seven days in the unit (V-11). Raises Refused: on_notice."""
    if until is None or today <= until:
        shown = f"，公示至{until.isoformat()}" if until else ""
        raise Refused(
            "on_notice", f"单位内公示未满{SHOWN_IN_THE_UNIT}天{shown}，期满后再盖章出具。"
        )


def tenths_of_hours(minutes: int) -> str:
    """Write minutes as hours with one decimal, never rounded up (V-36)."""
    tenths = minutes // 6
    return f"{tenths // 10:,}.{tenths % 10}"


def tenths_still_lacking(minutes: int) -> str:
    """Write what is lacking as hours with one decimal, never rounded down: it must be enough."""
    return tenths_of_hours(minutes + 5)
