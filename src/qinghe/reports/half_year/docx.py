"""The report as a document that an office may issue: GB/T 9704-2012 as far as a summary goes.

Page, styles and bytes are those of every official document (`edges.official`); here the blocks of
a report are put into it. The same draft always makes the same bytes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC

from docx.document import Document
from docx.text.paragraph import Paragraph

from qinghe.edges import official
from qinghe.edges.official import (
    BODY,
    ENDING,
    FANG_SONG,
    HEADING1,
    HEADING2,
    HEI,
    LATIN,
    NOTE,
    NUMBER,
    ROW,
    RULE_DOWN,
    TITLE,
    Form,
    Place,
    packed,
    width,
)

from .blocks import UNSAID, Block, Draft, Kind, Run, Text

__all__ = ["BODY", "FANG_SONG", "HEI", "LATIN", "Head", "document", "packed", "width"]


@dataclass(frozen=True)
class Head:
    """What stands above the title of a numbered document: who issues it, and under which number."""

    organ: str
    number: str


FORM_OF: Mapping[Kind, Form] = {
    Kind.TITLE: TITLE,
    Kind.HEADING1: HEADING1,
    Kind.HEADING2: HEADING2,
    Kind.PARAGRAPH: BODY,
    Kind.SIGNATURE: ENDING,
    Kind.DATE: ENDING,
    Kind.NOTE: NOTE,
}


def document(draft: Draft, *, head: Head | None = None) -> bytes:
    """Return the report as the bytes of a .docx file, with a red head where it has a number."""
    made = official.blank()
    if head is not None:
        _head(made, head)
    _paragraphs(made, draft)
    _properties(made, draft)
    return packed(made, at=draft.as_of)


def _head(made: Document, head: Head) -> None:
    """Set the red head: the mark 35 mm down, the number two lines below, the rule 4 mm below that.

    The mark is as large as one line of the type area allows (G-11, G-12, G-13). Two blank lines
    follow, below which the title stands (G-14).
    """
    official.add_mark(made, f"{head.organ}文件")
    for text in ("", "", head.number):
        official.add(made, NUMBER, text)
    rule = made.paragraphs[-1]._p.get_or_add_pPr()
    border = f'<w:bottom w:val="single" w:sz="12" w:space="{RULE_DOWN}" w:color="FF0000"/>'
    rule.append(official.element(f"<w:pBdr {{ns}}>{border}</w:pBdr>"))
    for _ in range(2):
        official.add(made, TITLE)


def _paragraphs(made: Document, draft: Draft) -> None:
    """Set the blocks; a blank line goes below the title and above the signature.

    A title has two blank lines above it where a red rule stands (G-14). A summary has none, so
    its title opens the type area. A signature takes the last paragraph with it: a page that
    has nothing but the ending would need the words that G-23 forbids.
    """
    ending = _ending(draft.blocks)
    before: Kind | None = None
    for block in draft.blocks:
        if before is Kind.TITLE and block.kind is not Kind.TITLE:
            official.set_form(made.add_paragraph(), TITLE)
        if block.kind is Kind.SIGNATURE:
            made.paragraphs[-1].paragraph_format.keep_with_next = True
            official.set_form(made.add_paragraph(), ENDING)
        paragraph = made.add_paragraph()
        official.set_form(paragraph, FORM_OF[block.kind])
        if block.kind in ending:
            official.place(paragraph, ending[block.kind])
        for run in block.runs:
            _write(paragraph, run)
        before = block.kind


def _write(paragraph: Paragraph, run: Run) -> None:
    """Write one run; a number that nobody feeds yet is marked, lest it be issued."""
    if isinstance(run, Text):
        marks = "<w:b/>" if run.strong else ""
    else:
        marks = '<w:highlight w:val="yellow"/>' if run.text in UNSAID else ""
    element = official.run_element("<w:t/>", marks=marks)
    element[-1].text = run.text
    element[-1].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    paragraph._p.append(element)


def _ending(blocks: Sequence[Block]) -> dict[Kind, Place]:
    """Return where the signature and the date stand (G-20).

    Without a seal the signature stands 2 characters from the right and the date starts 2 to the
    right of its start; a longer date stands at 2 itself and moves the signature left. The date is
    measured from the left, so that it starts there however wide a font makes its digits.
    """
    widths = {block.kind: width(block.text) for block in blocks}
    signature, date = widths.get(Kind.SIGNATURE, 0), widths.get(Kind.DATE, 0)
    right = 400 + date - signature if date > signature else 200
    left = max(0, ROW - right - signature + 200)
    return {Kind.SIGNATURE: Place("right", right), Kind.DATE: Place("left", left)}


def _properties(made: Document, draft: Draft) -> None:
    known = made.core_properties
    words = {kind: "".join(b.text for b in draft.blocks if b.kind is kind) for kind in Kind}
    known.title, known.author = words[Kind.TITLE], words[Kind.SIGNATURE]
    known.last_modified_by = words[Kind.SIGNATURE]
    known.subject = f"{draft.org.name}{draft.period.label}"
    known.comments = known.keywords = ""
    known.language, known.revision = "zh-CN", 1
    known.created = known.modified = draft.as_of.astimezone(UTC)
