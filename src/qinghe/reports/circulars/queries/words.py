"""What a circular says in words: its two passages with their figures, and what is wrong with them."""

from dataclasses import dataclass

from qinghe.analytics import figures
from qinghe.kernel.access.actors import Actor
from qinghe.lib.periods import Period
from qinghe.reports.circulars.models import Circular
from qinghe.reports.drafting import rules as drafting
from qinghe.reports.drafting.queries.lookup import Lookup
from qinghe.reports.drafting.rules import checking, writing
from qinghe.reports.drafting.rules.findings import Surroundings
from qinghe.reports.half_year.blocks import Run, Text

PASSAGES = (("opening", "总体情况"), ("demands", "工作要求"))


@dataclass(frozen=True)
class Fault:
    """Something in a passage that keeps a circular from being issued."""

    passage: str
    words: str
    advice: str


@dataclass(frozen=True)
class Passage:
    """One passage: paragraphs of words and figures."""

    label: str
    paragraphs: tuple[tuple[Run, ...], ...]

    @property
    def text(self) -> str:
        """Return the passage as it is printed."""
        return "\n".join("".join(run.text for run in each) for each in self.paragraphs)


@dataclass(frozen=True)
class Words:
    """Both passages and their faults."""

    opening: Passage
    demands: Passage
    faults: tuple[Fault, ...]


def words_of(actor: Actor, circular: Circular) -> Words:
    """Return the passages as they read now; of an issued circular as they were issued.

    Raises Refused: no_facts, facts_outdated.
    """
    if circular.state == Circular.State.ISSUED:
        kept = (circular.said_opening, circular.said_demands)
        opening, demands = (
            Passage(label, _plain(text)) for (_, label), text in zip(PASSAGES, kept, strict=True)
        )
        return Words(opening, demands, ())
    texts = [getattr(circular, name) for name, _ in PASSAGES]
    lookup = Lookup(report=circular, texts=texts, figures_of=figures.cached)
    read = [
        Passage(label, _paragraphs(text, lookup))
        for (_, label), text in zip(PASSAGES, texts, strict=True)
    ]
    faults = [
        fault
        for (_, label), text in zip(PASSAGES, texts, strict=True)
        for fault in _faults(label, text, lookup=lookup, period=circular.span)
    ]
    return Words(read[0], read[1], tuple(faults))


def _plain(text: str) -> tuple[tuple[Run, ...], ...]:
    return tuple((Text(line),) for line in text.split("\n") if line.strip())


def _paragraphs(text: str, lookup: Lookup) -> tuple[tuple[Run, ...], ...]:
    return tuple(
        tuple(
            Text(piece.text) if piece.token is None else lookup.look(piece.token).number
            for piece in drafting.parse(line)
        )
        for line in text.split("\n")
        if line.strip()
    )


def _faults(label: str, text: str, *, lookup: Lookup, period: Period) -> list[Fault]:
    """Return what the report's own checker holds against a text: hand-typed numbers above all."""
    return [
        Fault(label, found.words, found.advice)
        for line in text.split("\n")
        if line.strip()
        for found in checking.of_passage(
            checking.Read(0, writing.PARAGRAPH, "", line),
            known={token: lookup.look(token).known for token in drafting.tokens(line)},
            around=Surroundings(period=period),
        )
        if found.blocking
    ]
