"""The report as a document that an office may issue: GB/T 9704-2012 as far as a summary goes.

Every measure is a rule of the page (G-01…G-27). Fonts are named, never embedded; who lacks one
sees the next best. The same draft always makes the same bytes.
"""

import io
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from docx import Document as open_template
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from qinghe.lib import periods

from .blocks import UNSAID, Block, Draft, Kind, Run, Text

SONG, HEI, KAI, FANG_SONG = "宋体", "黑体", "楷体_GB2312", "仿宋_GB2312"
TITLE_SONG = "方正小标宋简体"
LATIN = "Times New Roman"
SIZE_2, SIZE_3, SIZE_4 = 22, 16, 14  # points of 二号, 三号 and 四号 (G-06)

# G-01, G-03, G-04: 156 × 225 mm hold 22 lines of 28 characters. The section declares that grid.
# Paragraphs keep to it by measures of their own, since not every reader can set a character of 16
# points in a cell of 15.79: LibreOffice gives it two. Lengths are in twips, 1/20 of a point.
LINE = 579
CHARACTER_SPACE = -848  # of the grid, in 1/4096 of a point
SQUEEZE = -5  # 28 characters of 315 twips are 441.0 points of the 442.2 there are
CHARACTER = SIZE_3 * 20 + SQUEEZE
ROW = 2800  # indents and widths are counted in hundredths of a character, as Word does
# G-27: the dash stands in the middle of a line of 14 points, 7 mm below the type area.
FOOTER_UP = Mm(35) - Mm(7) - Mm(14 / 2 * 25.4 / 72)

MARK_DOWN = 1984  # 35 mm (G-11), in twips
MARK_LARGEST, MARK_WIDTH = 52, 442  # points
RULE_DOWN = 11  # 4 mm (G-13), in points

KEPT_PARTS = ("/styles", "/settings", "/footer")  # what the template brings beside these goes


@dataclass(frozen=True)
class Form:
    """How one kind of paragraph is set."""

    key: str
    label: str
    asian: str = FANG_SONG
    latin: str = LATIN
    points: int = SIZE_3
    align: str = "both"
    first: int = 200  # indent of the first line, in hundredths of a character (G-16)
    outline: int | None = None
    with_next: bool = False
    line: int = LINE


@dataclass(frozen=True)
class Place:
    """Where a paragraph stands that is not indented as its kind is: how far from which edge."""

    edge: str  # left | right
    hundredths: int


@dataclass(frozen=True)
class Head:
    """What stands above the title of a numbered document: who issues it, and under which number."""

    organ: str
    number: str


BODY = Form("GwBody", "公文正文")
TITLE = Form(
    "GwTitle",
    "公文标题",
    asian=TITLE_SONG,
    points=SIZE_2,
    align="center",
    first=0,
    with_next=True,
)
HEADING1 = Form("GwHeading1", "公文一级标题", asian=HEI, latin=HEI, outline=0, with_next=True)
HEADING2 = Form("GwHeading2", "公文二级标题", asian=KAI, outline=1, with_next=True)
ENDING = Form("GwEnding", "公文落款", align="right", first=0, with_next=True)
NOTE = Form("GwNote", "公文附注")
MARK = Form("GwMark", "公文发文机关标志", asian=TITLE_SONG, align="center", first=0, with_next=True)
NUMBER = Form("GwNumber", "公文发文字号", align="center", first=0, with_next=True)
PAGE_NUMBER = Form(
    "GwPageNumber",
    "公文页码",
    asian=SONG,
    latin=SONG,
    points=SIZE_4,
    first=0,
    line=SIZE_4 * 20,
)
FORMS = (BODY, TITLE, HEADING1, HEADING2, ENDING, NOTE, MARK, NUMBER, PAGE_NUMBER)
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
    made = open_template()
    _leave_template(made)
    _settings(made)
    _styles(made)
    _page(made.sections[0])
    _page_numbers(made.sections[0])
    if head is not None:
        _head(made, head)
    _paragraphs(made, draft)
    _properties(made, draft)
    return packed(made, at=draft.as_of)


# ── The page ─────────────────────────────────────────────────────────────────────────────────────


def _leave_template(made: Document) -> None:
    """Drop what the template brings and a report does not need: themes, a thumbnail, a font table."""
    for part in (made.part, made.part.package):
        for key, rel in list(part.rels.items()):
            kind = rel.reltype
            if not kind.endswith((*KEPT_PARTS, "/officeDocument", "/core-properties")):
                del part.rels[key]


def _settings(made: Document) -> None:
    """Print on both sides, bound on the left (G-07), with page numbers of two hands (G-27)."""
    _replace_children(
        made.settings.element,
        """
        <w:zoom w:percent="100"/>
        <w:mirrorMargins/>
        <w:defaultTabStop w:val="420"/>
        <w:evenAndOddHeaders/>
        <w:characterSpacingControl w:val="doNotCompress"/>
        <w:compat><w:useFELayout/><w:compatSetting w:name="compatibilityMode"
          w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>
        <w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>
        """,
    )


def _page(section: Section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), FOOTER_UP
    properties = section._sectPr
    for grid in properties.xpath("./w:docGrid"):
        properties.remove(grid)
    properties.append(
        _element(
            f'<w:docGrid {{ns}} w:type="linesAndChars" w:linePitch="{LINE}"'
            f' w:charSpace="{CHARACTER_SPACE}"/>'
        )
    )


def _page_numbers(section: Section) -> None:
    """Number the pages: outside, one character in from the edge (G-27)."""
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        _set(paragraph, PAGE_NUMBER)
        _place(paragraph, Place(side, 100))
        for inner in (
            "<w:t>—</w:t>",
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            "<w:t>—</w:t>",
        ):
            paragraph._p.append(_run_element(inner))


# ── Paragraphs ───────────────────────────────────────────────────────────────────────────────────


def _head(made: Document, head: Head) -> None:
    """Set the red head: the mark 35 mm down, the number two lines below, the rule 4 mm below that.

    The mark is as large as one line of the type area allows (G-11, G-12, G-13). Two blank lines
    follow, below which the title stands (G-14).
    """
    words = f"{head.organ}文件"
    points = min(MARK_LARGEST, MARK_WIDTH // max(1, len(words)))
    mark = made.add_paragraph()
    _set(mark, MARK)
    line = round(points * 20 * 1.3)
    spacing = f'w:before="{MARK_DOWN}" w:after="0" w:line="{line}" w:lineRule="exact"'
    mark._p.get_or_add_pPr().append(_element(f"<w:spacing {{ns}} {spacing}/>"))
    marks = f'<w:color w:val="FF0000"/><w:sz w:val="{points * 2}"/><w:szCs w:val="{points * 2}"/>'
    _put(mark, words, marks=marks)
    for text in ("", "", head.number):
        number = made.add_paragraph()
        _set(number, NUMBER)
        if text:
            _put(number, text)
    rule = made.paragraphs[-1]._p.get_or_add_pPr()
    border = f'<w:bottom w:val="single" w:sz="12" w:space="{RULE_DOWN}" w:color="FF0000"/>'
    rule.append(_element(f"<w:pBdr {{ns}}>{border}</w:pBdr>"))
    for _ in range(2):
        _set(made.add_paragraph(), TITLE)


def _put(paragraph: Paragraph, text: str, *, marks: str = "") -> None:
    element = _run_element("<w:t/>", marks=marks)
    element[-1].text = text
    paragraph._p.append(element)


def _paragraphs(made: Document, draft: Draft) -> None:
    """Set the blocks; a blank line goes below the title and above the signature.

    A title has two blank lines above it where a red rule stands (G-14). A summary has none, so
    its title opens the type area.
    """
    ending = _ending(draft.blocks)
    before: Kind | None = None
    for block in draft.blocks:
        if before is Kind.TITLE and block.kind is not Kind.TITLE:
            _set(made.add_paragraph(), TITLE)
        if block.kind is Kind.SIGNATURE:
            _set(made.add_paragraph(), ENDING)
        paragraph = made.add_paragraph()
        _set(paragraph, FORM_OF[block.kind])
        if block.kind in ending:
            _place(paragraph, ending[block.kind])
        for run in block.runs:
            _write(paragraph, run)
        before = block.kind


def _write(paragraph: Paragraph, run: Run) -> None:
    """Write one run; a number that nobody feeds yet is marked, lest it be issued."""
    if isinstance(run, Text):
        marks = "<w:b/>" if run.strong else ""
    else:
        marks = '<w:highlight w:val="yellow"/>' if run.text in UNSAID else ""
    element = _run_element("<w:t/>", marks=marks)
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


def width(text: str) -> int:
    """Return how wide a text is set, in hundredths of a Chinese character; digits take half."""
    return sum(100 if unicodedata.east_asian_width(each) in "WFA" else 50 for each in text)


def _place(paragraph: Paragraph, place: Place) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(_element(f"<w:ind {{ns}} {_indent(place.edge, place.hundredths)}/>"))
    properties.append(_element(f'<w:jc {{ns}} w:val="{place.edge}"/>'))


def _set(paragraph: Paragraph, form: Form) -> None:
    paragraph._p.get_or_add_pPr().style = form.key


# ── Styles ───────────────────────────────────────────────────────────────────────────────────────


def _styles(made: Document) -> None:
    """Replace the template's styles by those of a 公文.

    The size of Normal is the measure of the grid, so it is said there and not left to the defaults.
    """
    _replace_children(
        made.styles.element,
        f"""
        <w:docDefaults>
          <w:rPrDefault><w:rPr>{_face(BODY)}<w:lang w:val="en-US" w:eastAsia="zh-CN"/>
          </w:rPr></w:rPrDefault>
          <w:pPrDefault/>
        </w:docDefaults>
        <w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:qFormat/>
          <w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>
            <w:snapToGrid w:val="0"/>
            <w:spacing w:before="0" w:after="0" w:line="{LINE}" w:lineRule="exact"/>
            <w:jc w:val="both"/>
          </w:pPr><w:rPr>{_face(BODY)}</w:rPr></w:style>
        <w:style w:type="character" w:default="1" w:styleId="a0">
          <w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>
        {"".join(map(_style, FORMS))}
        """,
    )


def _style(form: Form) -> str:
    outline = "" if form.outline is None else f'<w:outlineLvl w:val="{form.outline}"/>'
    return f"""
        <w:style w:type="paragraph" w:customStyle="1" w:styleId="{form.key}">
          <w:name w:val="{form.label}"/><w:basedOn w:val="a"/><w:qFormat/>
          <w:pPr>{"<w:keepNext/>" if form.with_next else ""}
            <w:spacing w:before="0" w:after="0" w:line="{form.line}" w:lineRule="exact"/>
            <w:ind {_indent("firstLine", form.first)}/>
            <w:jc w:val="{form.align}"/>{outline}</w:pPr>
          <w:rPr>{_face(form)}</w:rPr></w:style>"""


def _face(form: Form) -> str:
    squeeze = SQUEEZE if form.points == SIZE_3 else 0
    return (
        f'<w:rFonts w:ascii="{form.latin}" w:eastAsia="{form.asian}" w:hAnsi="{form.latin}"'
        f' w:cs="{LATIN}"/><w:snapToGrid w:val="0"/><w:spacing w:val="{squeeze}"/>'
        f'<w:sz w:val="{form.points * 2}"/><w:szCs w:val="{form.points * 2}"/>'
    )


def _indent(edge: str, hundredths: int) -> str:
    """Return an indent in characters, and in twips for readers that know no characters."""
    return f'w:{edge}Chars="{hundredths}" w:{edge}="{round(CHARACTER * hundredths / 100)}"'


# ── XML and bytes ────────────────────────────────────────────────────────────────────────────────


def _run_element(inner: str, *, marks: str = "") -> BaseOxmlElement:
    """Return a run; the hint sets “”, — and × in the Chinese font."""
    return _element(f'<w:r {{ns}}><w:rPr><w:rFonts w:hint="eastAsia"/>{marks}</w:rPr>{inner}</w:r>')


def _element(xml: str) -> BaseOxmlElement:
    """Return an element written with {ns} in the place of its namespaces."""
    return parse_xml(xml.replace("{ns}", nsdecls("w"), 1))


def _replace_children(parent: BaseOxmlElement, children: str) -> None:
    for child in list(parent):
        parent.remove(child)
    for child in list(_element(f"<w:body {{ns}}>{children}</w:body>")):
        child.tail = None
        parent.append(child)


def _properties(made: Document, draft: Draft) -> None:
    known = made.core_properties
    words = {kind: "".join(b.text for b in draft.blocks if b.kind is kind) for kind in Kind}
    known.title, known.author = words[Kind.TITLE], words[Kind.SIGNATURE]
    known.last_modified_by = words[Kind.SIGNATURE]
    known.subject = f"{draft.org.name}{draft.period.label}"
    known.comments = known.keywords = ""
    known.language, known.revision = "zh-CN", 1
    known.created = known.modified = draft.as_of.astimezone(UTC)


def packed(made: Document, *, at: datetime) -> bytes:
    """Save with the times of the facts instead of the clock's."""
    saved, packed = io.BytesIO(), io.BytesIO()
    made.save(saved)
    day = at.astimezone(periods.TZ)
    stamp = (day.year, day.month, day.day, day.hour, day.minute, day.second)
    with (
        zipfile.ZipFile(saved) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return packed.getvalue()
