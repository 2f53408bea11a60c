"""The period that a sentence names is the period of its figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qinghe.lib.periods import Period, PeriodKind
from qinghe.reports.drafting.rules.findings import Code, Spot

from .spoken import Placed, Spoken

_HALVES = {"上半年": 0, "下半年": 1}
_QUARTERS = "一二三四"
_PART = r"(?P<half>[上下]半年)|第?(?P<quarter>[一二三四])季度|(?P<month>\d{1,2})月份?(?![\d日])"
_NAMED = re.compile(
    rf"(?:(?P<year>\d{{4}})年度?|(?P<relative>今年|本年|去年|上年|前年)度?)(?:{_PART})?"
    r"|(?P<alone>[上下]半年)|第?(?P<alone_quarter>[一二三四])季度"
)
_YEARS_BACK = {"今年": 0, "本年": 0, "去年": 1, "上年": 1, "前年": 2}
_QUOTED = re.compile(r"《[^《》]*》|“[^“”]*”")
_COMPARING = re.compile(r"(?:较|比|与|和|同|对比|相比|不及|高于|低于)$")
_SINCE = re.compile(r"^[^，。；]{0,10}?(?:以来|起|至今|开始)")
_ONWARD = re.compile(r"(?:截至|截止到?|自|从|到|至)$")
_SENTENCE = re.compile(r"[^。；！？\n]*$")


@dataclass(frozen=True)
class Named:
    """A period as a text names it: a year, a part of one, or both."""

    start: int
    end: int
    text: str
    year: int | None
    kind: PeriodKind | None
    place: int  # which half, quarter or month, from 0
    weak: bool  # a month, or the beginning of a longer time: people say that of figures too

    def is_of(self, period: Period) -> bool:
        """Test if a period can be called so."""
        if self.year is not None and period.start.year != self.year:
            return False
        if self.kind is None:
            return True
        months = {PeriodKind.HALF_YEAR: 6, PeriodKind.QUARTER: 3, PeriodKind.MONTH: 1}[self.kind]
        return period.kind is self.kind and (period.start.month - 1) // months == self.place


def mismatches(spoken: Spoken, *, own: Period) -> Iterator[Spot]:
    """Yield the period named last before a figure in its sentence, if the figure is of another."""
    every = _named(spoken.printed, own=own)
    for each in spoken.placed:
        if each.is_in_words():
            continue
        sentence = _SENTENCE.search(spoken.before(each))
        since = sentence.start() if sentence else 0
        before = [one for one in every if since <= one.start and one.end <= each.at]
        if before and not before[-1].is_of(each.known.period):
            yield _spot(before[-1], each, spoken)


def foreign(spoken: Spoken, *, own: Period) -> Iterator[Spot]:
    """Yield each period in a title or an opening that is neither the report's nor the next."""
    for named in _named(spoken.printed, own=own):
        if not named.weak and not any(named.is_of(one) for one in (own, own.next())):
            start, end = spoken.source_span(named.start, named.end)
            yield Spot(
                Code.WRONG_PERIOD,
                start,
                end,
                f"写的是“{named.text}”，而工作总结的报告期是{own.label}。",
            )


def not_named(spoken: Spoken, *, own: Period) -> Iterator[Spot]:
    """Yield a title that does not name the report's period."""
    if own.label not in spoken.printed.replace(" ", ""):
        advice = f"标题里没有报告期“{own.label}”。"
        yield Spot(Code.WRONG_PERIOD, 0, len(spoken.source), advice, warning=True)


def _spot(named: Named, each: Placed, spoken: Spoken) -> Spot:
    start, end = spoken.source_span(named.start, named.end)
    advice = (
        f"写的是“{named.text}”，而“{each.known.label}”是{each.known.period.label}的数字；"
        "请改文字，或在数字标记里改选期间。"
    )
    return Spot(Code.WRONG_PERIOD, start, end, advice, warning=named.weak)


def _named(text: str, *, own: Period) -> list[Named]:
    quoted = [found.span() for found in _QUOTED.finditer(text)]
    return [
        _read(found, text, own)
        for found in _NAMED.finditer(text)
        if not _COMPARING.search(text[: found.start()])
        and not any(start <= found.start() < end for start, end in quoted)
    ]


def _read(found: re.Match[str], text: str, own: Period) -> Named:
    year = int(found["year"]) if found["year"] else None
    if found["relative"]:
        year = own.start.year - _YEARS_BACK[found["relative"]]
    kind, place = _part(found)
    since = _SINCE.search(text[found.end() :]) or _ONWARD.search(text[: found.start()])
    return Named(
        start=found.start(),
        end=found.end(),
        text=found.group(),
        year=year,
        kind=kind,
        place=place,
        weak=kind is PeriodKind.MONTH or since is not None,
    )


def _part(found: re.Match[str]) -> tuple[PeriodKind | None, int]:
    half = found["half"] or found["alone"]
    quarter = found["quarter"] or found["alone_quarter"]
    if half:
        return PeriodKind.HALF_YEAR, _HALVES[half]
    if quarter:
        return PeriodKind.QUARTER, _QUARTERS.index(quarter)
    if found["month"]:
        return PeriodKind.MONTH, int(found["month"]) - 1
    return None, 0
