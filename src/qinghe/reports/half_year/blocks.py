"""The draft of a report: an outline and the figures of one organisation and period, joined.

Nothing is stored: whoever shows a draft makes it anew, so it can only say what the figures say.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from qinghe.analytics import figures as analytics
from qinghe.analytics.figures import Figure, Figures
from qinghe.kernel.orgs.models import Org
from qinghe.lib import wording
from qinghe.lib.periods import Period

from . import outline as outlines
from .outline import NAMES, OUTLINE, Item, Names, Outline, Part, RunIn
from .required import WANTED, Wanted

WAITING = "［待接入］"  # no system feeds it
NO_DATA = "［无数据］"  # a system feeds it, but has no record up to the period's end
UNKNOWN = "［未知数字］"  # the text names what does not exist
UNSAID = frozenset({WAITING, NO_DATA, UNKNOWN})
NONE = "none"  # 0 of these is no number
IN_WORDS = "word"  # 三个百分百, 第三次全体会议
TOKEN = re.compile(r"\{([A-Z]{3}-\d{2})(?:\|([a-z]+(?::\d+)?))?\}")
BY_CODE: Mapping[str, Wanted] = {wanted.code: wanted for wanted in WANTED}


@dataclass(frozen=True)
class Text:
    """Plain words; `strong` ones open a run-in."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Number:
    """A figure in its sentence: how it is said, and where it comes from."""

    text: str
    wanted: Wanted
    figure: Figure | None  # None while no system feeds it

    @property
    def code(self) -> str:
        """Return the code of the indicator that says this number."""
        return self.wanted.code


Run = Text | Number


class Kind(StrEnum):
    TITLE = "title"
    HEADING1 = "heading1"
    HEADING2 = "heading2"
    PARAGRAPH = "paragraph"
    SIGNATURE = "signature"
    DATE = "date"
    NOTE = "note"


@dataclass(frozen=True)
class Block:
    """One paragraph of the report; a title has one block a line."""

    kind: Kind
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """Return the words of the paragraph."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Draft:
    """A whole report as it stands now."""

    org: Org
    period: Period
    as_of: datetime
    blocks: tuple[Block, ...]
    fed: int
    wanted: int

    @property
    def waiting(self) -> int:
        """Return how many figures no system feeds yet."""
        return self.wanted - self.fed


def draft(
    *, org: Org, period: Period, figures: Figures, outline: Outline = OUTLINE, names: Names = NAMES
) -> Draft:
    """Join an outline with the figures of one organisation and period.

    Raises Refused: org_not_in_period.
    """
    known = _known(figures, org)
    join = _Joiner(values=names.values(org=org, period=period), figures=known)
    return Draft(
        org=org,
        period=period,
        as_of=figures.as_of,
        blocks=tuple(join.outline(outlines.fitting(outline, org=org))),
        fed=sum(code in known for code in BY_CODE),
        wanted=len(WANTED),
    )


def current(*, org: Org, period: Period) -> Draft:
    """Return the report of an organisation as of the last rebuild of the facts.

    Raises Refused: no_facts, facts_outdated, org_not_in_period.
    """
    return draft(org=org, period=period, figures=analytics.cached(period))


def _known(figures: Figures, org: Org) -> dict[str, Figure]:
    return {code: figures[code, org.pk] for code in BY_CODE if code in figures}


def say(wanted: Wanted, figure: Figure | None, *, phrase: str = "") -> str:
    """Return a figure as it is printed, or that it is not fed yet, or that there is no record."""
    if figure is None:
        return WAITING
    return said(wanted, figure, phrase=phrase) or NO_DATA


def said(wanted: Wanted, figure: Figure, *, phrase: str = "") -> str | None:
    """Return a fed figure as it is printed; None where there is no number to print."""
    if figure.value == 0 and wanted.zero == NONE:
        return None
    words = phrase or wanted.phrase
    if words == IN_WORDS:
        return None if figure.value is None else _in_words(figure.value)
    return figure.said(wording.Phrase.parse(words))


def _in_words(value: Decimal) -> str:
    """Write a number that stands inside a fixed word (G-51), as far as it has a short word."""
    whole = value == value.to_integral_value() and 1 <= value <= 99
    return wording.chinese_number(int(value)) if whole else f"{value:f}"


class _Joiner:
    """Puts names and figures in the places that an outline leaves for them."""

    def __init__(self, *, values: Mapping[str, str], figures: Mapping[str, Figure]) -> None:
        self.values = values
        self.figures = figures

    def outline(self, outline: Outline) -> list[Block]:
        blocks = [Block(Kind.TITLE, (Text(self._named(line)),)) for line in outline.title]
        blocks += [Block(Kind.PARAGRAPH, self._runs(text)) for text in outline.opening]
        for number, part in enumerate(outline.parts, start=1):
            blocks += self._part(part, number=number)
        blocks.append(Block(Kind.SIGNATURE, (Text(self._named(outline.signature)),)))
        blocks.append(Block(Kind.DATE, (Text(self._named(outline.date)),)))
        blocks.append(Block(Kind.NOTE, (Text(self._named(outline.note)),)))
        return blocks

    def _part(self, part: Part, *, number: int) -> list[Block]:
        heading = f"{wording.chinese_number(number)}、{self._named(part.heading)}"
        blocks = [Block(Kind.HEADING1, (Text(heading),))]
        if part.opening or part.run_ins:
            runs = self._runs(part.opening) + self._run_ins(part.run_ins)
            blocks.append(Block(Kind.PARAGRAPH, runs))
        for place, item in enumerate(part.items, start=1):
            blocks += self._item(item, number=place)
        return blocks

    def _item(self, item: Item, *, number: int) -> list[Block]:
        heading = f"（{wording.chinese_number(number)}）{self._named(item.heading)}"
        return [
            Block(Kind.HEADING2, (Text(heading),)),
            Block(Kind.PARAGRAPH, self._run_ins(item.run_ins)),
        ]

    def _run_ins(self, run_ins: tuple[RunIn, ...]) -> tuple[Run, ...]:
        runs: list[Run] = []
        for number, run_in in enumerate(run_ins, start=1):
            opening = f"{wording.chinese_number(number)}是{self._named(run_in.heading)}。"
            runs.append(Text(opening, strong=True))
            runs += self._runs(run_in.text)
        return tuple(runs)

    def _runs(self, text: str) -> tuple[Run, ...]:
        runs: list[Run] = []
        place = 0
        for token in TOKEN.finditer(text):
            if token.start() > place:
                runs.append(Text(self._named(text[place : token.start()])))
            runs.append(self._number(code=token[1], phrase=token[2] or ""))
            place = token.end()
        if place < len(text):
            runs.append(Text(self._named(text[place:])))
        return tuple(runs)

    def _number(self, *, code: str, phrase: str) -> Number:
        wanted, figure = BY_CODE[code], self.figures.get(code)
        return Number(say(wanted, figure, phrase=phrase), wanted, figure)

    def _named(self, text: str) -> str:
        return outlines.named(text, self.values)
