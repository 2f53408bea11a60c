"""Reading what a text says of a number, and telling whether it is true (rule G-54)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from .fixed_words import free_numbers
from .numerals import WAN, YI, half_up


class Hedge(StrEnum):
    """How far a printed number leaves the exact one open."""

    NONE = "none"
    OVER = "over"
    MORE = "more"
    NEAR = "near"
    ABOUT = "about"
    FAULTY = "faulty"  # two hedges at once (G-53), or 千, 百, 十 after digits (G-52): never right


_HEDGE_BY_WORD = {
    "超过": Hedge.OVER,
    "超": Hedge.OVER,
    "逾": Hedge.OVER,
    "近": Hedge.NEAR,
    "约": Hedge.ABOUT,
}
_SIZES = {"百": 100, "千": 1000, "万": WAN, "亿": YI}
_TENTH = Fraction(1, 10)
_TWENTIETH = Fraction(1, 20)


@dataclass(frozen=True)
class Claim:
    """A number as printed: where it stands, its hedge, and the worth of its last digit shown."""

    start: int
    end: int
    text: str
    hedge: Hedge
    number: Fraction
    place: Fraction

    def is_true_of(self, value: Decimal) -> bool:
        """Test if an exact value may be printed so. Percentages are compared in percent."""
        return holds(self.hedge, number=self.number, value=Fraction(value), place=self.place)


def holds(
    hedge: Hedge, *, number: Fraction, value: Fraction, place: Fraction = Fraction(1)
) -> bool:
    """Test if an exact value may be printed as this number with this hedge (G-54)."""
    match hedge:
        case Hedge.NONE:
            return half_up(value / place) * place == number
        case Hedge.OVER:
            return 0 < number < value and value - number < number * _TENTH
        case Hedge.MORE:
            return 0 < number <= value < number + _last_unit(number)
        case Hedge.NEAR:
            return number - number * _TWENTIETH <= value < number
        case Hedge.ABOUT:
            return number > 0 and abs(value - number) <= number * _TWENTIETH
        case Hedge.FAULTY:
            return False


def claims(text: str, *, names: Iterable[str] = ()) -> list[Claim]:
    """Return the numbers a text claims, in order; fixed words, dates and list marks are none.

    Neither are digits inside further `names` of the writer's own.
    """
    return [_read(found) for found in free_numbers(text, names=names)]


def is_true(text: str, value: Decimal) -> bool:
    """Test if a text prints one number, and the exact value may be printed so."""
    found = claims(text)
    return len(found) == 1 and found[0].is_true_of(value)


def contradicts(text: str, value: Decimal) -> bool:
    """Test if a text prints numbers and none of them may stand for the exact value."""
    found = claims(text)
    return bool(found) and not any(claim.is_true_of(value) for claim in found)


def _read(found: re.Match[str]) -> Claim:
    start, end, said = found.start(), found.end(), found.group()
    if found["round"]:
        size = Fraction(_SIZES[found["round"]])
        return Claim(start, end, said, Hedge.MORE, size, size)
    digits = found["digits"].replace(",", "")
    size = Fraction(_SIZES.get(found["size"] or "", 1))
    decimals = len(digits.partition(".")[2])
    sign = -1 if found["sign"] else 1
    return Claim(
        start=start,
        end=end,
        text=said,
        hedge=_hedge_in(found),
        number=sign * Fraction(digits) * size,
        place=size / 10**decimals,
    )


def _hedge_in(found: re.Match[str]) -> Hedge:
    more = found["more"] or found["more_of"]
    if found["spoken"] or (found["hedge"] and more) or (found["more"] and found["more_of"]):
        return Hedge.FAULTY
    if found["hedge"]:
        return _HEDGE_BY_WORD[found["hedge"]]
    return Hedge.MORE if more else Hedge.NONE


def _last_unit(number: Fraction) -> Fraction:
    """Return one unit of a number's last digit that is not zero: 10 for 220, 1000 for 27000."""
    unit = Fraction(1)
    while number % unit:
        unit /= 10
    while number % (unit * 10) == 0:
        unit *= 10
    return unit
