"""A report's words as they are signed and kept: plain values that need no code to be read.

A figure keeps where it comes from: its code, organisation, period and the freezing it was taken
from. What is signed is what is printed; nothing is rendered again.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from itertools import zip_longest

from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import Period
from qinghe.reports.drafting.rules import comparing
from qinghe.reports.drafting.rules.comparing import Stretch
from qinghe.reports.half_year.blocks import Block, Draft, Kind, Number, Run, Text
from qinghe.reports.half_year.outline import day_in_words

Stored = dict[str, object]


@dataclass(frozen=True)
class Piece:
    """Some words of a paragraph; of a figure also what it is and where it stands frozen."""

    text: str
    strong: bool = False
    code: str = ""
    label: str = ""
    org_id: int = 0
    freezing_id: int = 0


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a kept text."""

    kind: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Return its words."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class ParagraphChanged:
    """A paragraph of two kept texts that reads differently."""

    kind: str
    stretches: tuple[Stretch, ...]


def stored(draft: Draft, *, freezings: Mapping[str, int]) -> list[Stored]:
    """Return a draft as it is kept; `freezings` tells the freezing of each period."""
    return [_stored(block, freezings) for block in draft.blocks]


def sha256(found: Sequence[Stored]) -> str:
    """Return the fingerprint of a kept text."""
    whole = json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()


def paragraphs(found: Sequence[Stored]) -> list[Paragraph]:
    """Return a kept text to be shown."""
    return [
        Paragraph(str(block["kind"]), tuple(Piece(**run) for run in _runs(block)))
        for block in found
    ]


def compared(old: Sequence[Stored], new: Sequence[Stored]) -> list[ParagraphChanged]:
    """Return the paragraphs that two kept texts have differently, in reading order, word by word."""
    before, after = paragraphs(old), paragraphs(new)
    matched = SequenceMatcher(
        a=[each.text for each in before], b=[each.text for each in after], autojunk=False
    )
    found = []
    for tag, a, b, c, d in matched.get_opcodes():
        if tag == "equal":
            continue
        for left, right in zip_longest(before[a:b], after[c:d]):
            words = [_words(each) if each else [] for each in (left, right)]
            kind = (right or left or before[a]).kind
            found.append(ParagraphChanged(kind, tuple(comparing.compare_words(*words))))
    return found


def dated(found: Sequence[Stored], *, day: date) -> list[Stored]:
    """Return a kept text with the day of its issue (G-22)."""
    line: Stored = {"kind": str(Kind.DATE), "runs": [{"text": day_in_words(day)}]}
    return [line if block["kind"] == Kind.DATE else dict(block) for block in found]


def as_draft(found: Sequence[Stored], *, org: Org, period: Period, as_of: datetime) -> Draft:
    """Return a kept text in the blocks that the document is made of."""
    blocks = tuple(
        Block(
            Kind(paragraph.kind),
            tuple(Text(piece.text, strong=piece.strong) for piece in paragraph.pieces),
        )
        for paragraph in paragraphs(found)
    )
    return Draft(org=org, period=period, as_of=as_of, blocks=blocks, fed=0, wanted=0)


def figures_in(draft: Draft) -> list[Number]:
    """Return the figures of a draft in reading order."""
    return [run for block in draft.blocks for run in block.runs if isinstance(run, Number)]


def _stored(block: Block, freezings: Mapping[str, int]) -> Stored:
    return {"kind": str(block.kind), "runs": [_run(run, freezings) for run in block.runs]}


def _run(run: Run, freezings: Mapping[str, int]) -> Stored:
    if isinstance(run, Text):
        return {"text": run.text, "strong": True} if run.strong else {"text": run.text}
    found: Stored = {"text": run.text, "code": run.code, "label": run.wanted.label}
    if run.figure is not None:
        found["org_id"] = run.figure.org_id
        found["freezing_id"] = freezings[run.figure.period.name]
    return found


def _runs(block: Stored) -> list[dict]:
    runs = block["runs"]
    return runs if isinstance(runs, list) else []


def _words(paragraph: Paragraph) -> list[str]:
    """Return a paragraph in words, each figure as one."""
    found: list[str] = []
    for piece in paragraph.pieces:
        found += [piece.text] if piece.code else comparing.words(piece.text)
    return found
