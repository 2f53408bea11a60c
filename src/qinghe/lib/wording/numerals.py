"""Writing and rounding numbers, exactly: no floats and no limit on digits."""

import math
from decimal import Decimal
from fractions import Fraction

WAN = 10_000
YI = 100_000_000

_DIGITS = "零一二三四五六七八九"


def half_up(value: Fraction) -> int:
    """Round to a whole number as 四舍五入 does: a half goes away from zero."""
    size = math.floor(abs(value) + Fraction(1, 2))
    return size if value >= 0 else -size


def plain(value: Decimal) -> str:
    """Write a number with all its digits and no idle zeros: 34754, 12.5."""
    written = f"{value:f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written in ("-0", "") else written


def fixed(value: Fraction, *, decimals: int) -> str:
    """Write a number rounded half-up to so many decimals, keeping their zeros: 98.50."""
    scaled = half_up(value * 10**decimals)
    digits = str(abs(scaled)).rjust(decimals + 1, "0")
    cut = len(digits) - decimals
    sign = "-" if scaled < 0 else ""
    return sign + digits[:cut] + ("." + digits[cut:] if decimals else "")


def rounded(value: Fraction, *, decimals: int) -> str:
    """Write a number rounded half-up to at most so many decimals: 176.3, 4."""
    written = fixed(value, decimals=decimals)
    return written.rstrip("0").rstrip(".") if "." in written else written


def numeral(number: int) -> str:
    """Write a round number exactly, in 亿 or 万 where that leaves at most two decimals (G-52)."""
    for size, character in ((YI, "亿"), (WAN, "万")):
        if number >= size and number * 100 % size == 0:
            return f"{rounded(Fraction(number, size), decimals=2)}{character}"
    return str(number)


def chinese_number(number: int) -> str:
    """Write 1 to 99 in Chinese, for ordinals: 一, 十二, 九十九."""
    if not 1 <= number <= 99:
        raise ValueError(f"ordinals run from 1 to 99, not {number}")
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")
