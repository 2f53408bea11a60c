"""What a certificate of service may say, and how it becomes one (V-10…V-15)."""

from collections.abc import Mapping
from datetime import date

from qinghe.lib.verdicts import Moves, Refused

SHOWN_IN_THE_UNIT = 7  # days (V-11)
LONGEST_CERTIFIED = 40  # years; more is a slip of the pen
CODE_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is read as another
CODE_LENGTH = 8
STATEMENT, SIGNATURE = "志愿服务凭证（青禾1）", "签名："  # of what is signed (ADR 0092)
WHOSE = ("姓名", "志愿者编号")  # no public page repeats these
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


def statement(facts: Mapping[str, str]) -> str:
    """Return what a certificate says, a line each, as it is signed: the same facts are the same bytes."""
    return "\n".join(
        [STATEMENT, *(f"{label}：{' '.join(told.split())}" for label, told in facts.items())]
    )


def with_signature(said: str, signature: str) -> str:
    """Return a statement with its signature as the last line."""
    return f"{said}\n{SIGNATURE}{signature}"


def parted(text: str) -> tuple[str, str]:
    """Return a statement and its signature, both empty where there are none.

    What a mailbox or a reader of codes does to the ends of lines, and before and behind, is undone.
    """
    whole = text.replace("\r\n", "\n").strip(" \n")
    said, found, signature = whole.rpartition(f"\n{SIGNATURE}")
    is_ours = found and said.startswith(f"{STATEMENT}\n编号：")
    return (said, signature) if is_ours else ("", "")


def facts_of(said: str) -> dict[str, str]:
    """Return the facts of a statement by their labels."""
    parts = (line.partition("：") for line in said.split("\n")[1:])
    return {label: told for label, _, told in parts}
