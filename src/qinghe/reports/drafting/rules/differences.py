"""Saying how a figure changed, with the word that says which way (G-55)."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from qinghe.lib.wording import Phrase, Style, say

USUAL = Phrase(Style.PERCENT, decimals=1)
SHARE = "%"


@dataclass(frozen=True)
class Two:
    """A figure now and in the period that it is compared with, unrounded."""

    now: Decimal
    then: Decimal
    unit: str
    decimals: int


@dataclass(frozen=True)
class Said:
    """A change as printed, and the size that the printed number stands for."""

    text: str
    size: Decimal


def say_change(two: Two, *, phrase: Phrase | None = None) -> Said:
    """Say a change: 增长12.5%, 减少320家, 提高1.2个百分点, 持平.

    Percentages differ by 百分点. From nothing there is no percentage, so the difference is said.
    """
    difference = two.now - two.then
    if difference == 0:
        return Said("持平", Decimal(0))
    if two.unit == SHARE:
        return _in_points(difference, decimals=two.decimals)
    wanted = phrase or USUAL
    if wanted.style is Style.PERCENT and two.then > 0:
        return _in_percent(difference / two.then * 100, phrase=wanted)
    if wanted.style is Style.PERCENT:
        wanted = Phrase(Style.EXACT)
    return _in_units(difference, two=two, phrase=wanted)


def _in_points(difference: Decimal, *, decimals: int) -> Said:
    size = _rounded(abs(difference), decimals)
    if size == 0:
        return Said("基本持平", abs(difference))
    return Said(f"{_way(difference, '提高', '下降')}{say(size, Phrase(Style.EXACT))}个百分点", size)


def _in_percent(percent: Decimal, *, phrase: Phrase) -> Said:
    size = abs(percent)
    if _rounded(size, phrase.decimals) == 0:
        return Said("基本持平", size)
    return Said(f"{_way(percent, '增长', '下降')}{say(size, phrase)}", size)


def _in_units(difference: Decimal, *, two: Two, phrase: Phrase) -> Said:
    size = abs(difference)
    if phrase.style is Style.EXACT and not phrase.decimals:
        size = _rounded(size, two.decimals)
        if size == 0:
            return Said("基本持平", abs(difference))
    return Said(f"{_way(difference, '增加', '减少')}{say(size, phrase)}{two.unit}", size)


def _way(difference: Decimal, up: str, down: str) -> str:
    return up if difference > 0 else down


def _rounded(size: Decimal, decimals: int) -> Decimal:
    return size.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
