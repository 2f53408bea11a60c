"""The checker: what is wrong with a text, and where (G-12, G-14, G-17, G-22, G-50 to G-58).

A number typed by hand is 未溯源 and blocks issuing; so does text that contradicts its figure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from qinghe.reports.drafting.rules import writing
from qinghe.reports.drafting.rules.findings import (
    HEADING,
    TEXT,
    Code,
    Finding,
    Known,
    Spot,
    Surroundings,
)
from qinghe.reports.drafting.rules.tokens import Token

from . import changes, figures, marks, numbers, orgs, spans, times, units
from .spoken import Spoken, speak


@dataclass(frozen=True)
class Read:
    """A passage as it is to be checked."""

    passage_id: int
    kind: str
    heading: str
    text: str


@dataclass(frozen=True)
class Ending:
    """What stands below the text."""

    signature: str
    dated_on: date | None
    contact: str


def of_passage(read: Read, *, known: Mapping[Token, Known], around: Surroundings) -> list[Finding]:
    """Return what is wrong with a passage: its heading first, each in reading order."""
    found: list[Finding] = []
    for part, text in ((HEADING, read.heading), (TEXT, read.text)):
        if text:
            spoken = speak(text, known=known, fixed=around.fixed)
            spots = [
                *_of_text(spoken, around),
                *_of_place(spoken, part=part, read=read, around=around),
            ]
            found += [
                _finding(spot, text, passage_id=read.passage_id, part=part)
                for spot in _in_order(spots)
            ]
    if not read.text and read.kind in (
        writing.TITLE,
        writing.OPENING,
        writing.RUN_IN,
        writing.PARAGRAPH,
    ):
        spot = Spot(Code.EMPTY, 0, 0, "这一段还没有内容，请写上或移除。")
        found.append(_finding(spot, "", passage_id=read.passage_id, part=TEXT))
    return found


def of_ending(ending: Ending) -> list[Finding]:
    """Return what is missing or wrong below the text."""
    found = []
    if not ending.signature:
        found.append(("signature", "", Spot(Code.EMPTY, 0, 0, "请填写署名。")))
    if ending.dated_on is None:
        found.append(("dated_on", "", Spot(Code.EMPTY, 0, 0, "请填写成文日期。")))
    found += [
        ("contact", ending.contact, spot)
        for spot in (*marks.half_width(ending.contact), *marks.unpaired(ending.contact))
    ]
    return [_finding(spot, text, passage_id=None, part=part) for part, text, spot in found]


def _of_text(spoken: Spoken, around: Surroundings) -> Iterable[Spot]:
    yield from numbers.untraced(spoken)
    yield from numbers.contradictions(spoken)
    yield from numbers.doubled(spoken)
    yield from figures.missing(spoken)
    yield from figures.decimals(spoken)
    yield from units.mismatches(spoken)
    yield from changes.mixed_up(spoken)
    yield from times.mismatches(spoken)
    yield from spans.mismatches(spoken, own=around.period)
    yield from marks.of_text(spoken.source)
    yield from orgs.unknown(spoken, names=around.org_names)


def _of_place(spoken: Spoken, *, part: str, read: Read, around: Surroundings) -> Iterable[Spot]:
    """Yield what is wrong only because of where the text stands."""
    is_title = read.kind == writing.TITLE
    if part == HEADING or is_title:
        yield from marks.stops_in_heading(spoken.source)
    if is_title or read.kind == writing.OPENING or (part == HEADING and read.kind == writing.PART):
        yield from spans.foreign(spoken, own=around.period)
    if is_title:
        yield from spans.not_named(spoken, own=around.period)


def _in_order(spots: Iterable[Spot]) -> list[Spot]:
    """Return the spots in reading order, each thing said once of one place."""
    once = {(spot.code, spot.start, spot.end): spot for spot in reversed(list(spots))}
    return sorted(once.values(), key=lambda spot: (spot.start, spot.end, spot.code))


def _finding(spot: Spot, text: str, *, passage_id: int | None, part: str) -> Finding:
    return Finding(
        code=spot.code,
        passage_id=passage_id,
        start=spot.start,
        end=spot.end,
        words=text[spot.start : spot.end],
        blocking=spot.blocking,
        advice=spot.advice,
        part=part,
    )
