"""What one cell may hold. Each parser returns a value or raises Refused with a Chinese sentence.

A parser is given what the workbook holds: text, a float, a bool, a date, a datetime or a time. It
is never given an empty cell: those are None for an optional column and a problem for another.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.db.models import Choices

from qinghe.lib import periods
from qinghe.lib.verdicts import Refused

LONGEST = 500
EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number; what comes after is lost
FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2100, 12, 31)

# Zero-width and non-breaking characters that come along when cells are copied from web pages.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))
_INVISIBLE |= dict.fromkeys(map(ord, "\u00a0\u2007\u202f"), " ")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_DAY_TEXT = r"(?P<y>\d{4})(?:-|/|\.|年)(?P<m>\d{1,2})(?:-|/|\.|月)(?P<d>\d{1,2})日?"
_DAY = re.compile(_DAY_TEXT)
_DAY_OF_EIGHT = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})")
_MOMENT = re.compile(
    _DAY_TEXT + r"[ T]*(?P<H>\d{1,2})[:时](?P<M>\d{1,2})(?:[:分](?P<S>\d{1,2})?秒?)?"
)


def text(value: object) -> str:
    """Return a text without the spaces around it. Raises Refused: not_text, text_too_long."""
    return _text(value, longest=LONGEST)


def text_up_to(longest: int) -> Callable[[object], str]:
    """Return the parser of a text of at most so many characters."""

    def parse(value: object) -> str:
        return _text(value, longest=longest)

    return parse


def code(value: object) -> str:
    """Return a number or code in half-width characters, without any space.

    Raises Refused: not_text, number_too_long, text_too_long.
    """
    return "".join(_text(value, longest=64).translate(_HALF_WIDTH).split())


def whole(value: object) -> int:
    """Return a whole number. Raises Refused: not_whole, number_too_long."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        return _exact(float(value))
    written = _half_width(value).replace(",", "") if isinstance(value, str) else ""
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", written):
        raise Refused("not_whole", f"应填整数，不能是“{shown(value)}”。")
    return int(written)


def day(value: object) -> date:
    """Return a day written as 2022-06-30, 2022/6/30, 2022年6月30日 or as a spreadsheet's date.

    Raises Refused: not_a_day, day_outside.
    """
    if isinstance(value, datetime):
        if value.time() != time.min:
            raise Refused("not_a_day", f"应填日期，不带时刻，不能是“{shown(value)}”。")
        return _within(value.date())
    if isinstance(value, date):
        return _within(value)
    written = _half_width(value)
    found = _DAY.fullmatch(written) or _DAY_OF_EIGHT.fullmatch(written)
    if found is None:
        raise _no_day(value)
    return _day_of(found, value)


def moment(value: object) -> datetime:
    """Return a local moment written as 2022-06-30 14:05 or as a spreadsheet's date with time.

    Raises Refused: not_a_moment, not_a_day, day_outside.
    """
    if isinstance(value, datetime):
        _within(value)
        if value.microsecond:  # a spreadsheet's day fractions do not hit the second exactly
            value = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
        return value.replace(tzinfo=periods.TZ)
    found = _MOMENT.fullmatch(_half_width(value)) if isinstance(value, str) else None
    if found is None:
        raise _no_moment(value)
    on = _day_of(found, value)
    hour, minute, second = int(found["H"]), int(found["M"]), int(found["S"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise _no_moment(value)
    return datetime(on.year, on.month, on.day, hour, minute, second, tzinfo=periods.TZ)


def choice(choices: type[Choices]) -> Callable[[object], str]:
    """Return the parser of one of these choices, given by label or by value."""
    known = {str(label): str(value) for value, label in choices.choices}
    known |= {str(value): str(value) for value, _ in choices.choices}
    named = "、".join(str(label) for _, label in choices.choices if label)

    def parse(value: object) -> str:
        written = _text(value, longest=LONGEST)
        found = known.get(written) or known.get(_half_width(written))
        if found is None:
            raise Refused("not_a_choice", f"应为{named}之一，不能是“{shown(value)}”。")
        return found

    return parse


def _text(value: object, *, longest: int) -> str:
    if isinstance(value, str):
        if not value.isprintable():
            value = _printable(value)
        value = value.strip()
        if len(value) > longest:
            raise Refused(
                "text_too_long", f"最多{longest}个字，这里有{len(value)}个，请缩短后再填。"
            )
        return value
    if isinstance(value, float | int) and not isinstance(value, bool):
        number = float(value)
        return str(_exact(number)) if number.is_integer() else repr(number)
    raise Refused("not_text", f"应填文字，不能是“{shown(value)}”；请把这一列设为文本格式后重填。")


def _printable(value: str) -> str:
    kept = value.translate(_INVISIBLE)
    kept = "".join(" " if letter in "\r\n\t\u3000" else letter for letter in kept)
    bad = [letter for letter in kept if unicodedata.category(letter) in {"Cc", "Cs"}]
    if bad:
        raise Refused("not_text", "含有看不见的控制字符，请删去这个单元格的内容后重新填写。")
    return kept


def _half_width(value: object) -> str:
    written = _text(value, longest=LONGEST)
    return written if written.isascii() else written.translate(_HALF_WIDTH).strip()


def _exact(number: float) -> int:
    if not number.is_integer():
        raise Refused("not_whole", f"应填整数，不能是“{shown(number)}”。")
    if abs(number) >= EXACT:
        raise Refused(
            "number_too_long",
            "超过15位的数字被电子表格按数值保存，末几位已经丢失；请把这一列设为文本格式，再重新填写。",
        )
    return int(number)


def _day_of(found: re.Match[str], value: object) -> date:
    try:
        return _within(date(int(found["y"]), int(found["m"]), int(found["d"])))
    except ValueError as error:
        raise _no_day(value) from error


def _within(on: date) -> date:
    if not FIRST_DAY.year <= on.year <= LAST_DAY.year:
        raise Refused(
            "day_outside",
            f"日期应在{FIRST_DAY.year}年至{LAST_DAY.year}年之间，不能是{on:%Y-%m-%d}。",
        )
    return on


def _no_day(value: object) -> Refused:
    return Refused("not_a_day", f"应填日期，如2022-06-30，不能是“{shown(value)}”。")


def _no_moment(value: object) -> Refused:
    return Refused("not_a_moment", f"应填日期和时刻，如2022-06-30 14:05，不能是“{shown(value)}”。")


def shown(value: object) -> str:
    """Return a cell as a reader knows it, cut when it is long."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
        value = int(value)
    if isinstance(value, datetime):
        value = f"{value:%Y-%m-%d}" if value.time() == time.min else f"{value:%Y-%m-%d %H:%M}"
    written = str(value)
    return written if len(written) <= 30 else f"{written[:30]}…"
