"""Saying a number: the wanted style while it is true, the next truthful one otherwise."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from .claims import Hedge, holds
from .numerals import WAN, YI, fixed, numeral, plain, rounded

_TOKEN = re.compile(r"(?P<style>[a-z]+)(?::(?P<number>0|[1-9][0-9]*))?", re.ASCII)
_MOST_DECIMALS = 6


class Style(StrEnum):
    """The ways a report prints a number."""

    EXACT = "exact"  # 34754
    WAN = "wan"  # 176.3万
    OVER = "over"  # 超2.7万
    MORE = "more"  # 220余
    NEAR = "near"  # 近8500
    ABOUT = "about"  # 约300
    HUNDREDS = "hundreds"  # 百余
    PERCENT = "percent"  # 97.46%


_WITH_STEP = frozenset({Style.OVER, Style.MORE, Style.NEAR, Style.ABOUT})
_WITH_DECIMALS = frozenset({Style.EXACT, Style.WAN, Style.PERCENT})
_CHINESE_ROUND = {100: "百", 1000: "千", WAN: "万"}


@dataclass(frozen=True)
class Phrase:
    """A style, with its decimals or with the step its round numbers are multiples of.

    An exact phrase without decimals keeps all digits of the number.
    """

    style: Style
    decimals: int = 0
    step: Decimal | None = None

    def __post_init__(self) -> None:
        if (self.step is not None) != (self.style in _WITH_STEP):
            raise ValueError(f"{self.style} and step {self.step} do not go together")
        if self.step is not None and (self.step < 1 or self.step != self.step.to_integral_value()):
            raise ValueError(f"a step is a whole number from 1, not {self.step}")
        most = _MOST_DECIMALS if self.style in _WITH_DECIMALS else 0
        if not 0 <= self.decimals <= most:
            raise ValueError(f"{self.style} takes 0 to {most} decimals, not {self.decimals}")

    def __str__(self) -> str:
        if self.step is not None:
            return f"{self.style}:{plain(self.step)}"
        if self.style in (Style.WAN, Style.PERCENT) or self.decimals:
            return f"{self.style}:{self.decimals}"
        return str(self.style)

    @staticmethod
    def parse(token: str) -> "Phrase":
        """Read the short form used in outlines: exact, wan:1, over:1000, hundreds, percent:2."""
        found = _TOKEN.fullmatch(token)
        if found is None:
            raise ValueError(f"not a phrase: {token!r}")
        style, number = Style(found["style"]), found["number"]
        if (number is None) != (token in ("exact", "hundreds")):
            raise ValueError(f"not a phrase: {token!r}")
        if number is None:
            return Phrase(style)
        if style in _WITH_STEP:
            return Phrase(style, step=Decimal(number))
        phrase = Phrase(style, decimals=int(number))
        if str(phrase) != token:
            raise ValueError(f"not a phrase: {token!r}")
        return phrase


def say(value: Decimal, phrase: Phrase) -> str:
    """Print an exact number in the style wanted, or in the nearest one that is true (G-54).

    Round numbers lose their hedge. A hedge that would be untrue is tried with smaller steps; where
    none fits the number is printed exactly. A percentage is given in percent: 97.46.
    """
    if not value.is_finite():
        raise ValueError(f"{value} cannot be printed")
    if phrase.style is Style.PERCENT:
        return _percent(value, decimals=phrase.decimals)
    if phrase.style is Style.EXACT and phrase.decimals:
        return rounded(Fraction(value), decimals=phrase.decimals)
    if value <= 0 or phrase.style is Style.EXACT:
        return plain(value)
    if phrase.style is Style.WAN:
        return _wan(value, decimals=phrase.decimals)
    if phrase.style is Style.HUNDREDS:
        return _hundreds(value)
    return _hedged(value, phrase)


def usual_step(value: Decimal) -> int:
    """Return the step of which two leading digits are left, as reports hedge: 220余, 近8500."""
    return int(max(10, 10 ** (len(str(math.floor(abs(value)))) - 2)))


def _percent(value: Decimal, *, decimals: int) -> str:
    if value in (0, 100):
        return f"{plain(value)}%"
    return f"{fixed(Fraction(value), decimals=decimals)}%"


def _wan(value: Decimal, *, decimals: int) -> str:
    exact = Fraction(value)
    if exact < WAN:
        return plain(value)
    said = rounded(exact / WAN, decimals=decimals)
    if exact < YI and Decimal(said) < WAN:
        return f"{said}万"
    return f"{rounded(exact / YI, decimals=decimals)}亿"


def _hundreds(value: Decimal) -> str:
    """Say 百余, 千余, 万余 of what lies below twice that, else N余 with two leading digits."""
    if value < 10:
        return plain(value)
    leading = 10 ** (len(str(math.floor(value))) - 1)
    if leading in _CHINESE_ROUND and leading < value < 2 * leading:
        return f"{_CHINESE_ROUND[leading]}余"
    return _hedged(value, Phrase(Style.MORE, step=Decimal(usual_step(value))))


def _floor(value: Fraction, step: int) -> int:
    return math.floor(value / step) * step


def _ceiling(value: Fraction, step: int) -> int:
    return math.ceil(value / step) * step


def _nearest(value: Fraction, step: int) -> int:
    return math.floor(value / step + Fraction(1, 2)) * step


_HEDGES: dict[Style, tuple[Hedge, Callable[[Fraction, int], int], str]] = {
    Style.OVER: (Hedge.OVER, _floor, "超{}"),
    Style.MORE: (Hedge.MORE, _floor, "{}余"),
    Style.NEAR: (Hedge.NEAR, _ceiling, "近{}"),
    Style.ABOUT: (Hedge.ABOUT, _nearest, "约{}"),
}


def _hedged(value: Decimal, phrase: Phrase) -> str:
    hedge, to_step, form = _HEDGES[phrase.style]
    exact = Fraction(value)
    step = int(phrase.step or 1)
    while step:
        number = to_step(exact, step)
        if number == exact:
            return numeral(number)
        if _speakable(hedge, number) and holds(hedge, number=Fraction(number), value=exact):
            return form.format(numeral(number))
        step = _next_step(step)
    return plain(value)


def _speakable(hedge: Hedge, number: int) -> bool:
    """Keep 余 to whole tens and more: nobody writes 3余 or 223余."""
    return hedge is not Hedge.MORE or (number >= 10 and number % 10 == 0)


def _next_step(step: int) -> int:
    """Return the greatest power of ten below a step, or 0 below 1."""
    power = int(10 ** (len(str(step)) - 1))
    return power if power < step else power // 10
