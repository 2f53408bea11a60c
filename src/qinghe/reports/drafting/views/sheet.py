"""A report as lines of a sheet: fields that are written in, and what stands around them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from qinghe.analytics.figures import State
from qinghe.reports.drafting import rules
from qinghe.reports.drafting.queries import Page, Shown
from qinghe.reports.drafting.rules.comparing import Stretch
from qinghe.reports.drafting.rules.findings import HEADING, TEXT, Finding
from qinghe.reports.drafting.rules.merging import Merged
from qinghe.reports.half_year.blocks import Run, Text

HEADED = {"part": "heading1", "item": "heading2"}
JOINED = frozenset({"run_in"})


@dataclass(frozen=True)
class Bit:
    """Words, or a chip: what it prints, the token that it stands for, and the way to its figure."""

    text: str
    token: str = ""
    url: str = ""
    label: str = ""
    tone: str = ""  # waiting | partial


@dataclass(frozen=True)
class Field:
    """A heading or a text where it stands on the sheet."""

    passage_id: int
    name: str
    bits: tuple[Bit, ...]
    mark: str = ""
    after: str = ""
    hint: str = ""
    is_title: bool = False

    @property
    def is_strong(self) -> bool:
        """Test if it opens a run-in."""
        return bool(self.after)


@dataclass(frozen=True)
class Line:
    """One printed paragraph: the fields that go on in it."""

    kind: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Change:
    """Some words of two texts that are compared: same, old or new."""

    side: str
    text: str


@dataclass(frozen=True)
class Part:
    """A part of a merged text: its words by each writer, as kept and as printed."""

    author: str  # nobody | mine | theirs | both
    is_clash: bool
    kept: str
    mine: str
    theirs: str
    mine_said: str
    theirs_said: str


def lines(page: Page) -> list[Line]:
    """Return a report as the lines that it prints."""
    found: list[Line] = []
    goes_on = False
    for shown in page.shown:
        kind = shown.passage.kind
        if kind in HEADED:
            found.append(Line(HEADED[kind], (_heading(shown, page),)))
        if kind in JOINED:
            before = found.pop().fields if goes_on else ()
            opening = _heading(shown, page, after="。")
            found.append(Line("paragraph", (*before, opening, _text(shown, page))))
        elif kind not in HEADED or shown.passage.text:
            line = "title" if kind == "title" else "paragraph"
            found.append(Line(line, (_text(shown, page),)))
        goes_on = kind in JOINED or (kind == "part" and bool(shown.passage.text))
    return found


def known(page: Page) -> list[dict[str, object]]:
    """Return what the page's own program has to know of each passage."""
    return [
        {
            "id": shown.passage.pk,
            "lock": shown.passage.lock,
            "heading": shown.passage.heading,
            "text": shown.passage.text,
            "write": shown.may_write,
            "url": reverse("drafting:passage", args=[shown.passage.pk]),
            "side": reverse("drafting:passage_side", args=[shown.passage.pk]),
        }
        for shown in page.shown
    ]


def places(found: Iterable[Finding]) -> list[dict[str, object]]:
    """Return where each finding stands, in the order in which the panel numbers them."""
    return [
        {
            "passage": each.passage_id,
            "part": each.part,
            "start": each.start,
            "end": each.end,
            "blocking": each.blocking,
        }
        for each in found
    ]


def printed(page: Page, passage_id: int) -> dict[str, str]:
    """Return what each token of a passage prints."""
    shown = next(each for each in page.shown if each.passage.pk == passage_id)
    bits = (
        *_bits(shown.passage.heading, shown.heading, page),
        *_bits(shown.passage.text, shown.runs, page),
    )
    return {bit.token: bit.text for bit in bits if bit.token}


def named(words: str, labels: Mapping[str, str]) -> str:
    """Return words with the name of each figure in the place of its token."""
    return "".join(
        labels.get(piece.token.code, piece.token.code) if piece.token else piece.text
        for piece in rules.parse(words)
    )


def changes(stretches: Sequence[Stretch], said: Mapping[str, str]) -> list[Change]:
    """Return two compared texts with the printed words of their tokens."""
    return [
        Change(
            side=str(stretch.side),
            text=_said(stretch.text, said),
        )
        for stretch in stretches
    ]


def merged(found: Merged, said: Mapping[str, str]) -> list[Part]:
    """Return a merged text, each part as it is kept and as it is printed."""
    return [
        Part(
            author=str(part.author),
            is_clash=part.is_clash,
            kept=part.text,
            mine=part.mine,
            theirs=part.theirs,
            mine_said=_said(part.mine, said),
            theirs_said=_said(part.theirs, said),
        )
        for part in found.parts
    ]


def _said(text: str, said: Mapping[str, str]) -> str:
    return "".join(said.get(piece.text, piece.text) for piece in rules.parse(text))


def _heading(shown: Shown, page: Page, *, after: str = "") -> Field:
    return Field(
        passage_id=shown.passage.pk,
        name=HEADING,
        bits=_bits(shown.passage.heading, shown.heading, page),
        mark=shown.mark,
        after=after,
        hint="小标题",
    )


def _text(shown: Shown, page: Page) -> Field:
    return Field(
        passage_id=shown.passage.pk,
        name=TEXT,
        bits=_bits(shown.passage.text, shown.runs, page),
        hint="写在这里，键入 { 插入数字",
        is_title=shown.passage.kind == "title",
    )


def _bits(text: str, runs: Sequence[Run], page: Page) -> tuple[Bit, ...]:
    return tuple(_bit(piece, run, page) for piece, run in zip(rules.parse(text), runs, strict=True))


def _bit(piece: rules.Piece, run: Run, page: Page) -> Bit:
    if piece.token is None or isinstance(run, Text):
        return Bit(run.text)
    report = page.report
    token = piece.token
    tone = "" if run.figure and run.figure.state is State.COMPLETE else "partial"
    return Bit(
        text=run.text,
        token=piece.text,
        url=reverse(
            "half_year:figure",
            args=[token.code, token.period or report.period, token.org or report.org.code],
        ),
        label=run.wanted.label,
        tone=tone if run.figure else "waiting",
    )
