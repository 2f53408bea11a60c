"""A report as it reads now: its passages joined with its figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from qinghe.analytics import figures
from qinghe.kernel.access.actors import Actor
from qinghe.reports.drafting import models, rules
from qinghe.reports.drafting.rules import checking, numbering
from qinghe.reports.drafting.rules.findings import Finding, Surroundings
from qinghe.reports.half_year import blocks
from qinghe.reports.half_year.blocks import Block, Draft, Kind, Run, Text
from qinghe.reports.half_year.outline import day_in_words

from . import names, seen
from .lookup import FiguresOf, Lookup

PassageKind = models.Passage.Kind
HEADINGS = {PassageKind.PART: Kind.HEADING1, PassageKind.ITEM: Kind.HEADING2}


@dataclass(frozen=True)
class Shown:
    """One passage with the mark before it, its figures in their places, and what is wrong with it."""

    passage: models.Passage
    mark: str  # 一、 （一） 一是, or nothing
    heading: tuple[Run, ...]
    runs: tuple[Run, ...]
    findings: tuple[Finding, ...]
    may_write: bool


@dataclass(frozen=True)
class Page:
    """A whole report to write in."""

    report: models.Report
    shown: tuple[Shown, ...]
    ending: tuple[Finding, ...]
    as_of: datetime

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return everything that was found, in reading order."""
        return (*(each for one in self.shown for each in one.findings), *self.ending)

    @property
    def blocking(self) -> int:
        """Return how many findings keep the report from being issued."""
        return sum(each.blocking for each in self.findings)


def rendered(
    actor: Actor, report: models.Report, *, figures_of: FiguresOf = figures.cached
) -> Draft:
    """Return a report in the blocks that documents and pages are made of.

    Raises Refused: not_allowed, no_facts, facts_outdated.
    """
    seen.require_seen(actor, report)
    passages = _standing(report)
    lookup = Lookup(report=report, texts=_texts(passages), figures_of=figures_of)
    known = lookup.figures(report.span)
    return Draft(
        org=report.org,
        period=report.span,
        as_of=known.as_of,
        blocks=(*_body(passages, lookup), *_ending(report)),
        fed=sum(code in known for code in blocks.BY_CODE),
        wanted=len(blocks.BY_CODE),
    )


def page_of(actor: Actor, report: models.Report, *, figures_of: FiguresOf = figures.cached) -> Page:
    """Return a report passage by passage, with the findings of each.

    Raises Refused: not_allowed, no_facts, facts_outdated.
    """
    seen.require_seen(actor, report)
    passages = _standing(report)
    lookup = Lookup(report=report, texts=_texts(passages), figures_of=figures_of)
    around = names.surroundings(actor, report)
    marks = numbering.marks([each.kind for each in passages])
    return Page(
        report=report,
        shown=tuple(
            _shown(actor, passage, mark, lookup, around)
            for passage, mark in zip(passages, marks, strict=True)
        ),
        ending=tuple(checking.of_ending(_ending_of(report))),
        as_of=lookup.figures(report.span).as_of,
    )


def preview(
    actor: Actor,
    passage: models.Passage,
    *,
    heading: str,
    text: str,
    figures_of: FiguresOf = figures.cached,
) -> Shown:
    """Return a passage as it would read with these words, which are not kept.

    Raises Refused: not_allowed, no_facts, facts_outdated.
    """
    report = passage.report
    seen.require_seen(actor, report)
    passages = _standing(report)
    marks = numbering.marks([each.kind for each in passages])
    mark = next((m for m, each in zip(marks, passages, strict=True) if each.pk == passage.pk), "")
    passage.heading, passage.text = heading, text
    lookup = Lookup(report=report, texts=(heading, text), figures_of=figures_of)
    return _shown(actor, passage, mark, lookup, names.surroundings(actor, report))


def findings(
    actor: Actor, report: models.Report, *, figures_of: FiguresOf = figures.cached
) -> list[Finding]:
    """Return everything that is wrong with a report, in reading order.

    Raises Refused: not_allowed, no_facts, facts_outdated.
    """
    return list(page_of(actor, report, figures_of=figures_of).findings)


def _standing(report: models.Report) -> list[models.Passage]:
    """Return the passages of a report that were not removed, in their order."""
    found = list(
        report.passages.filter(removed_at__isnull=True).select_related("street", "changed_by")
    )
    for each in found:
        each.report = report
    return found


def _runs_of(text: str, lookup: Lookup) -> tuple[Run, ...]:
    """Return a text with its figures in the places of its tokens."""
    return tuple(
        Text(piece.text) if piece.token is None else lookup.look(piece.token).number
        for piece in rules.parse(text)
    )


def _ending_of(report: models.Report) -> checking.Ending:
    """Return what stands below the text."""
    return checking.Ending(report.signature, report.dated_on, report.contact)


def _shown(
    actor: Actor,
    passage: models.Passage,
    mark: str,
    lookup: Lookup,
    around: Surroundings,
) -> Shown:
    known = {
        token: lookup.look(token).known
        for text in (passage.heading, passage.text)
        for token in rules.tokens(text)
    }
    read = checking.Read(passage.pk, passage.kind, passage.heading, passage.text)
    return Shown(
        passage=passage,
        mark=mark,
        heading=_runs_of(passage.heading, lookup),
        runs=_runs_of(passage.text, lookup),
        findings=tuple(checking.of_passage(read, known=known, around=around)),
        may_write=seen.may_write(actor, passage),
    )


def _texts(passages: Iterable[models.Passage]) -> list[str]:
    return [text for each in passages for text in (each.heading, each.text)]


def _body(passages: Sequence[models.Passage], lookup: Lookup) -> list[Block]:
    """Return the paragraphs; run-ins go on in the paragraph that they follow."""
    found: list[Block] = []
    goes_on = False
    marks = numbering.marks([each.kind for each in passages])
    for passage, mark in zip(passages, marks, strict=True):
        runs = _runs_of(passage.text, lookup)
        if passage.kind == PassageKind.TITLE:
            found += [
                Block(Kind.TITLE, _runs_of(line, lookup)) for line in passage.text.split("\n")
            ]
        elif passage.kind in HEADINGS:
            heading = (Text(mark), *_runs_of(passage.heading, lookup))
            found.append(Block(HEADINGS[PassageKind(passage.kind)], _merged(heading)))
        elif passage.kind == PassageKind.RUN_IN:
            opening = _strong((Text(mark), *_runs_of(passage.heading, lookup), Text("。")))
            before = found.pop().runs if goes_on else ()
            found.append(Block(Kind.PARAGRAPH, (*before, *opening, *runs)))
        else:
            found.append(Block(Kind.PARAGRAPH, runs))
        if passage.kind == PassageKind.PART and runs:
            found.append(Block(Kind.PARAGRAPH, runs))
        goes_on = passage.kind == PassageKind.RUN_IN or (
            passage.kind == PassageKind.PART and bool(runs)
        )
    return found


def _ending(report: models.Report) -> list[Block]:
    said = [
        (Kind.SIGNATURE, report.signature),
        (Kind.DATE, day_in_words(report.dated_on)),
        (Kind.NOTE, report.contact),
    ]
    return [Block(kind, (Text(text),)) for kind, text in said if text]


def _merged(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Join words that stand side by side, so that a mark and its heading are one run."""
    found: list[Run] = []
    for run in runs:
        last = found[-1] if found else None
        if isinstance(run, Text) and isinstance(last, Text):
            found[-1] = Text(last.text + run.text, strong=last.strong)
        else:
            found.append(run)
    return tuple(found)


def _strong(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    return tuple(
        Text(run.text, strong=True) if isinstance(run, Text) else run for run in _merged(runs)
    )


__all__ = ["Page", "Shown", "findings", "page_of", "preview", "rendered"]
