"""A new level is no difference, and a decrease is no multiple (G-55)."""

import re
from collections.abc import Iterator

from qinghe.reports.drafting.rules.findings import Code, Spot
from qinghe.reports.drafting.rules.tokens import Against

from .spoken import Placed, Spoken

_VERB = "增长|增加|增多|提高|提升|上升|下降|减少|降低|回落|下滑"
_AS_CHANGE = re.compile(
    rf"(?:(?<!新)(?:{_VERB})了?|(?:同比|环比)(?:{_VERB})?了?)(?:超过?|近|约|逾)?$"
)
_AS_LEVEL = re.compile(rf"(?:(?:{_VERB}|增|升|降|减)(?:到|至|为|了)?|达到?|到|至)$")
_TIMES_LESS = re.compile(r"(?:下降|减少|降低|缩减|缩小|回落|下滑)[^，。；！？\n]{0,12}?倍")
_CLAUSE = re.compile(r"[^，。；：！？\n]*$")
_BASES = {
    Against.LAST_YEAR: re.compile(r"同比|上年同期|去年同期|上年|去年"),
    Against.PREVIOUS: re.compile(r"环比|上期|上一期|上个?季度|上个?月|上半年|下半年"),
}
_NAMES = {Against.LAST_YEAR: "上年同期", Against.PREVIOUS: "上一期"}


def mixed_up(spoken: Spoken) -> Iterator[Spot]:
    """Yield levels said as differences, differences said as levels, and decreases by multiples."""
    for each in spoken.placed:
        before = spoken.before(each)
        yield from (_level if each.is_level() else _change)(each, before)
    for found in _TIMES_LESS.finditer(spoken.typed):
        yield Spot(
            Code.TIMES_LESS, *found.span(), "减少、下降不用倍数，请改用百分数或减少的数量（G-55）。"
        )


def _level(each: Placed, before: str) -> Iterator[Spot]:
    found = _AS_CHANGE.search(before)
    if found and not each.is_in_words():
        yield Spot(
            Code.LEVEL_AS_CHANGE,
            each.start - len(found.group()),
            each.end,
            f"这里是“{each.known.label}”的总量，不是增减的量；请写“达到”，"
            "或把数字标记改为同比、环比（G-55）。",
        )


def _change(each: Placed, before: str) -> Iterator[Spot]:
    found = _AS_LEVEL.search(before)
    if found:
        yield Spot(
            Code.CHANGE_AS_LEVEL,
            each.start - len(found.group()),
            each.end,
            f"数字标记已经写明增减，请删去前面的“{found.group()}”（G-55）。",
        )
    clause = _CLAUSE.search(before)
    said = clause.group() if clause else ""
    meant = Against(each.token.against)
    other = next(one for one in Against if one is not meant)
    if _BASES[other].search(said) and not _BASES[meant].search(said):
        yield Spot(
            Code.WRONG_BASE,
            each.start,
            each.end,
            f"这个数字是与{_NAMES[meant]}比的，前面的文字说的是另一期；请改文字或改数字标记。",
        )
