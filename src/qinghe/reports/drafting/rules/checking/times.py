"""累计, 新增, 共计, 全年 and 期末 go with the time that an indicator counts over (G-58)."""

import re
from collections.abc import Iterator

from qinghe.lib.periods import PeriodKind
from qinghe.reports.drafting.rules.findings import Code, Spot

from .spoken import Placed, Spoken

FLOW, STOCK, ANNUAL = "flow", "stock", "annual"
_MEANS = {FLOW: "期内发生数", STOCK: "期末存量", ANNUAL: "全年数"}
_ALLOWED = {
    "累计": {FLOW, ANNUAL},
    "新增": {FLOW},
    "共计": {STOCK},
    "总计": {STOCK},
    "全年": {ANNUAL},
    "期末": {STOCK},
    "年末": {STOCK},
}
_WEAK = frozenset({"共计", "总计"})  # also said of what was added up within a period
_WORDS = re.compile("|".join(_ALLOWED))
_CLAUSE = re.compile(r"[^，。；：！？\n]*$")
_SENTENCE = re.compile(r"[^。；！？\n]*$")
_YEARLY = re.compile(r"全年|年度|当年|本年|今年")


def mismatches(spoken: Spoken) -> Iterator[Spot]:
    """Yield each figure that the nearest of these words before it does not fit."""
    for each in spoken.placed:
        if not each.is_level() or not each.is_said() or each.is_in_words():
            continue
        before = spoken.before(each)
        word = _nearest(before)
        if word and not _fits(word, each):
            yield _spot(
                each,
                f"“{each.known.label}”是{_MEANS[each.known.time]}，不能说“{word}”。",
                weak=_is_weak(word, each),
            )
        elif each.known.time == ANNUAL and not _says_year(before, each):
            yield _spot(each, f"“{each.known.label}”是全年数，请写明“全年”。")


def _nearest(before: str) -> str:
    clause = _CLAUSE.search(before)
    words = _WORDS.findall(clause.group() if clause else "")
    return words[-1] if words else ""


def _fits(word: str, each: Placed) -> bool:
    of_a_year = each.known.period.kind is PeriodKind.YEAR
    return each.known.time in _ALLOWED[word] or (word == "全年" and of_a_year)


def _is_weak(word: str, each: Placed) -> bool:
    return word in _WEAK and each.known.time == FLOW


def _says_year(before: str, each: Placed) -> bool:
    sentence = _SENTENCE.search(before)
    said = _YEARLY.search(sentence.group() if sentence else "")
    return bool(said) or each.known.period.kind is PeriodKind.YEAR


def _spot(each: Placed, advice: str, *, weak: bool = False) -> Spot:
    return Spot(Code.WRONG_TIME, each.start, each.end, advice, warning=weak)
