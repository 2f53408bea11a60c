"""Calendars as other programs subscribe to them (RFC 5545), as far as shifts need it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

LINE = 75  # octets of a line, its break not counted (3.1)
MAKER = "-//Qinghe//Volunteering//ZH"


@dataclass(frozen=True)
class Event:
    """One thing to go to. `sequence` grows with each change, so that a subscriber takes it over."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    place: str = ""
    description: str = ""
    changed_at: datetime | None = None
    sequence: int = 0
    cancelled: bool = False


def written(events: Iterable[Event], *, name: str, at: datetime) -> str:
    """Return a calendar as text: folded lines that end with CRLF, times in UTC."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{MAKER}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ]
    for event in events:
        lines += _lines(event, at=at)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def escaped(text: str) -> str:
    """Return a text in which nothing is a sign of the format (3.3.11)."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\\n".join("".join(sign for sign in line if sign >= " ") for line in lines)


def folded(line: str) -> str:
    """Return a line broken so that none is over 75 octets, never inside a character (3.1)."""
    parts, room, taken = [""], LINE, 0
    for sign in line:
        size = len(sign.encode())
        if taken + size > room:
            parts.append("")
            room, taken = LINE - 1, 0  # the space that marks a line as going on is counted
        parts[-1] += sign
        taken += size
    return "\r\n ".join(parts)


def moment(at: datetime) -> str:
    """Return a moment in UTC (3.3.5)."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _lines(event: Event, *, at: datetime) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{moment(event.changed_at or at)}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTART:{moment(event.starts_at)}",
        f"DTEND:{moment(event.ends_at)}",
        f"SUMMARY:{escaped(event.summary)}",
    ]
    if event.place:
        lines.append(f"LOCATION:{escaped(event.place)}")
    if event.description:
        lines.append(f"DESCRIPTION:{escaped(event.description)}")
    lines.append(f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}")
    return [*lines, "END:VEVENT"]
