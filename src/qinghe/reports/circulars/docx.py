"""The circular as a 公文: set by the half-year report's page and styles, with tables in the text."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

from docx import Document as open_document
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import Period
from qinghe.reports.half_year import docx
from qinghe.reports.half_year.blocks import Block, Draft, Kind, Text

from . import composing, queries
from .composing import Composed, Grid
from .models import Circular

MARK = "\ue000{}"  # where a table goes; no text that somebody typed holds it
WIDTH = 8845  # 156 mm in twips: the type area (G-01)
SIZE = Pt(12)  # 小四 in tables (G-06)
LINE = Pt(20)
FONT = docx.FANG_SONG


def of(actor: Actor, circular: Circular) -> bytes:
    """Return a circular as it reads now; of an issued one as it was issued.

    Raises Refused: no_facts, facts_outdated.
    """
    sheet = queries.sheet_of(actor, circular)
    made = composing.composed(
        circular,
        sheet=sheet,
        words=queries.words_of(actor, circular),
        to=queries.addressed_orgs(actor, circular),
    )
    return document(made, org=circular.org, period=circular.span, as_of=sheet.as_of)


def document(composed: Composed, *, org: Org, period: Period, as_of: datetime | None) -> bytes:
    """Return a circular as the bytes of a .docx file, with a red head where it has a number.

    The same circular makes the same bytes.
    """
    stamp = as_of or datetime(2000, 1, 1, tzinfo=UTC)
    grids = [piece for piece in composed.body if isinstance(piece, Grid)]
    draft = Draft(
        org=org,
        period=period,
        as_of=stamp,
        blocks=tuple(_blocks(composed)),
        fed=0,
        wanted=0,
    )
    head = docx.Head(composed.signature, composed.number) if composed.number else None
    made = open_document(io.BytesIO(docx.document(draft, head=head)))
    for place, grid in enumerate(grids):
        _put(made, _marked(made, MARK.format(place)), grid)
    _addressed(made, composed)
    return docx.packed(made, at=stamp)


def _blocks(composed: Composed) -> list[Block]:
    """Return the paragraphs, with a mark for each table."""
    blocks = [_block(Kind.TITLE, composed.title)]
    places = iter(range(len(composed.body)))
    for piece in composed.body:
        if isinstance(piece, Grid):
            blocks.append(_block(Kind.PARAGRAPH, MARK.format(next(places))))
        else:
            blocks.append(piece)
    blocks.append(_block(Kind.SIGNATURE, composed.signature))
    blocks.append(_block(Kind.DATE, composed.dated))
    return blocks


def _block(kind: Kind, text: str) -> Block:
    return Block(kind, (Text(text),))


def _marked(made: Document, mark: str) -> Paragraph:
    return next(each for each in made.paragraphs if each.text == mark)


def _addressed(made: Document, composed: Composed) -> None:
    """Put the addressees below the title, flush left (G-15)."""
    title = next(each for each in made.paragraphs if each.text == composed.title)
    after = made.paragraphs[_place(made, title) + 2]  # one blank line stands below the title
    to = after.insert_paragraph_before(composed.to)
    to.style = docx.BODY.label
    _no_indent(to)


def _place(made: Document, paragraph: Paragraph) -> int:
    return next(n for n, each in enumerate(made.paragraphs) if each._p is paragraph._p)


def _no_indent(paragraph: Paragraph) -> None:
    """Take the two characters away that a paragraph of text begins with."""
    properties = paragraph._p.get_or_add_pPr()
    for old in properties.findall(qn("w:ind")):
        properties.remove(old)
    _set_xml(properties, f'<w:ind {nsdecls("w")} w:firstLineChars="0" w:firstLine="0"/>')


def _set_xml(properties: BaseOxmlElement, xml: str) -> None:
    """Add a property of a paragraph where the format's order wants it: before the alignment."""
    element = parse_xml(xml)
    alignment = properties.find(qn("w:jc"))
    if alignment is None:
        properties.append(element)
    else:
        alignment.addprevious(element)


def _put(made: Document, marked: Paragraph, grid: Grid) -> None:
    """Set a table in the place of its mark, with a head that repeats on every page."""
    table = made.add_table(rows=0, cols=len(grid.heads))
    _frame(table, grid)
    _line(table, grid.heads, "head")
    for line in grid.lines:
        _line(table, line, "line")
    marked._p.addprevious(table._tbl)
    marked._p.getparent().remove(marked._p)


def _frame(table: Table, grid: Grid) -> None:
    properties = table._tbl.tblPr
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    ns = nsdecls("w")
    for old in list(properties):
        properties.remove(old)
    for xml in (
        f'<w:tblW {ns} w:w="{WIDTH}" w:type="dxa"/>',
        f'<w:jc {ns} w:val="center"/>',
        f"<w:tblBorders {ns}>{borders}</w:tblBorders>",
        f'<w:tblLayout {ns} w:type="fixed"/>',
        f'<w:tblCellMar {ns}><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>'
        "</w:tblCellMar>",
    ):
        properties.append(parse_xml(xml))
    total = sum(grid.widths)
    for column, share in zip(table._tbl.tblGrid.gridCol_lst, grid.widths, strict=True):
        column.set(qn("w:w"), str(WIDTH * share // total))


def _line(table: Table, texts: Sequence[str], kind: Literal["head", "line"]) -> None:
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    ns = nsdecls("w")
    properties.append(parse_xml(f"<w:cantSplit {ns}/>"))
    if kind == "head":
        properties.append(parse_xml(f"<w:tblHeader {ns}/>"))
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.gridCol_lst]
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = width * 635  # a twip is 635 of the units of a document
        paragraph = cell.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.line_spacing = LINE
        run = paragraph.add_run(text)
        run.font.size, run.font.name = SIZE, docx.LATIN
        face = docx.HEI if kind == "head" else FONT
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
