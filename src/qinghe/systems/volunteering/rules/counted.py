"""Whether hours came to count, or ceased to: what other houses' systems may be told."""

from enum import StrEnum


class Turn(StrEnum):
    """Which way the minutes that count went; the value is the code of the event."""

    CONFIRMED = "volunteering.hours_confirmed"
    TAKEN_BACK = "volunteering.hours_taken_back"


TURN_WORDS = {Turn.CONFIRMED: "时长生效", Turn.TAKEN_BACK: "时长收回（作废、暂停计入或核减）"}


def counted(*, state: str, minutes: int) -> int:
    """Return the minutes of an attendance that count: only what is in effect does (V-36)."""
    return minutes if state == "effective" else 0


def turn_of(*, before: int, now: int) -> Turn | None:
    """Tell what happened when the minutes that count changed; nothing when they did not."""
    if before == now:
        return None
    return Turn.CONFIRMED if now > before else Turn.TAKEN_BACK
