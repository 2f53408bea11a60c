"""Figures that are not there, not whole, or said with the wrong number of decimals (G-56)."""

from collections.abc import Iterator

from qinghe.lib.wording import Phrase, Style
from qinghe.reports.drafting.rules.findings import Availability, Code, Spot
from qinghe.reports.drafting.rules.tokens import IN_WORDS

from .spoken import Placed, Spoken

_CODES = {
    Availability.UNKNOWN: Code.UNKNOWN_FIGURE,
    Availability.NOT_FED: Code.NOT_FED,
    Availability.NO_DATA: Code.NO_DATA,
    Availability.INCOMPLETE: Code.INCOMPLETE,
    Availability.EARLY: Code.INCOMPLETE,
    Availability.READING_DIFFERS: Code.READING_DIFFERS,
}


def missing(spoken: Spoken) -> Iterator[Spot]:
    """Yield each figure that cannot be relied on."""
    for each in spoken.placed:
        code = _CODES.get(each.known.availability)
        if code:
            yield Spot(code, each.start, each.end, each.known.advice)


def decimals(spoken: Spoken) -> Iterator[Spot]:
    """Yield each percentage said with other decimals than its indicator has."""
    for each in spoken.placed:
        phrase = _percent(each)
        if phrase is None or not each.is_level():
            continue
        known = each.known
        if known.unit != "%":
            yield Spot(
                Code.WRONG_UNIT, each.start, each.end, f"“{known.label}”不是比率，不能写成百分数。"
            )
        elif phrase.decimals != known.decimals:
            yield Spot(
                Code.DECIMALS,
                each.start,
                each.end,
                f"“{known.label}”按规定保留{known.decimals}位小数。",
            )


def _percent(each: Placed) -> Phrase | None:
    said = each.known.phrase
    if said in ("", IN_WORDS):
        return None
    phrase = Phrase.parse(said)
    return phrase if phrase.style is Style.PERCENT else None
