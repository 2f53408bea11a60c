"""How the log is written: for people or as JSON, and in either case without a word about anybody.

Log calls of the house pass constants, numbers and names of the code. What libraries add (a path, a
value in a database's complaint, a typed host) may be anybody's, so every line is cleaned: Chinese
text, long numbers, mail addresses and values that a database quotes are taken out of messages and
of faults alike. A traceback keeps files, lines and functions.
"""

import json
import logging
import re
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime

from . import environment

# What a call may add beside its message; anything else that hangs on a record stays out.
FIELDS = ("view", "method", "status", "ms", "statements", "account", "shape")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CHINESE = re.compile(r"[㐀-鿿豈-﫿][㐀-鿿豈-﫿·]*")
_NUMBER = re.compile(r"(?<![\w.])\+?\d(?:[ -]?\d){6,}[Xx]?(?!\w)")
# Chinese that was read byte by byte, escaped or written for an address.
_BYTES = re.compile(r"(?:[\x80-\xff]|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|%[0-9a-fA-F]{2})+")
_QUOTED = re.compile(r"=\s*\([^)]*\)")  # DETAIL: Key (phone)=(…) already exists.
_ROW = re.compile(r"(Failing row contains|DETAIL:).*", re.DOTALL)
MOST = 2_000
FORMATTERS = {
    "line": {"()": "qinghe.config.logs.Line"},
    "json": {"()": "qinghe.config.logs.JsonLine"},
}


def chosen() -> str:
    """Return which of them this run is told to write with. Raises ImproperlyConfigured."""
    return environment.choice("QINGHE_LOG", default="line", among=tuple(FORMATTERS))


def cleaned(text: str) -> str:
    """Return a text without what could be somebody's."""
    text = _ROW.sub(r"\1 ‹row›", _QUOTED.sub("=(‹value›)", text))
    for pattern, instead in (
        (_MAIL, "‹mail›"),
        (_BYTES, "‹text›"),
        (_CHINESE, "‹text›"),
        (_NUMBER, "‹number›"),
    ):
        text = pattern.sub(instead, text)
    return text[:MOST].replace("\n", " ").replace("\r", " ")


class Line(logging.Formatter):
    """One line for people, the frames of a fault below it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as text."""
        head = (_moment(record), record.levelname, _request(record), record.name)
        fields = (f"{name}={value}" for name, value in _fields(record).items())
        first = " ".join((*head, _message(record), *fields))
        return "\n".join([first, *(line for fault in _faults(record) for line in _shown(fault))])


class JsonLine(logging.Formatter):
    """One JSON object a line, for whatever gathers logs."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as JSON."""
        told: dict[str, object] = {
            "at": _moment(record),
            "level": record.levelname,
            "logger": record.name,
            "request_id": _request(record),
            "message": _message(record),
        }
        told |= _fields(record)
        if faults := list(_faults(record)):
            told["faults"] = faults
        return json.dumps(told, ensure_ascii=False, default=lambda value: type(value).__name__)


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds")


def _request(record: logging.LogRecord) -> str:
    return str(getattr(record, "request_id", "-"))


def _fields(record: logging.LogRecord) -> dict[str, object]:
    return {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}


def _message(record: logging.LogRecord) -> str:
    return cleaned(record.getMessage())


def _faults(record: logging.LogRecord) -> Iterator[dict[str, object]]:
    """Yield the fault and what caused it, each by type, cleaned words and frames."""
    fault = record.exc_info[1] if record.exc_info else None
    seen: set[int] = set()
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        frames = traceback.extract_tb(fault.__traceback__)
        yield {
            "type": f"{type(fault).__module__}.{type(fault).__qualname__}",
            "words": cleaned(str(fault)),
            "frames": [f"{each.filename}:{each.lineno} {each.name}" for each in frames],
        }
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)


def _shown(fault: dict[str, object]) -> Iterator[str]:
    yield f"  {fault['type']}: {fault['words']}"
    frames = fault["frames"]
    if isinstance(frames, list):
        yield from (f"    {frame}" for frame in frames)
