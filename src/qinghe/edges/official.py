"""An official document: GB/T 9704-2012 as a .docx, before anything stands in it.

Every measure is a rule of the page (G-01…G-27). Fonts are named, never embedded; who lacks one
sees the next best. The same words always make the same bytes.
"""

import io
import unicodedata
import zipfile
from dataclasses import dataclass
from datetime import datetime

from docx import Document as open_template
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from qinghe.lib import periods

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


def blank() -> Document:
    """Return an empty document with the page, the styles and the page numbers of a 公文."""
    made = open_template()
    _leave_template(made)
    _settings(made)
    _styles(made)
    _page(made.sections[0])
    _page_numbers(made.sections[0])
    return made


def add(made: Document, form: Form, text: str = "") -> Paragraph:
    """Add a paragraph of a kind, blank or with words in it."""
    paragraph = made.add_paragraph()
    set_form(paragraph, form)
    if text:
        put(paragraph, text)
    return paragraph


def add_mark(made: Document, words: str) -> Paragraph:
    """Add the red mark 35 mm down, as large as one line of the type area allows (G-11, G-40)."""
    points = min(MARK_LARGEST, MARK_WIDTH // max(1, len(words)))
    mark = add(made, MARK)
    line = round(points * 20 * 1.3)
    spacing = f'w:before="{MARK_DOWN}" w:after="0" w:line="{line}" w:lineRule="exact"'
    mark._p.get_or_add_pPr().append(element(f"<w:spacing {{ns}} {spacing}/>"))
    marks = f'<w:color w:val="FF0000"/><w:sz w:val="{points * 2}"/><w:szCs w:val="{points * 2}"/>'
    put(mark, words, marks=marks)
    return mark


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
        element(
            f'<w:docGrid {{ns}} w:type="linesAndChars" w:linePitch="{LINE}"'
            f' w:charSpace="{CHARACTER_SPACE}"/>'
        )
    )


def _page_numbers(section: Section) -> None:
    """Number the pages: outside, one character in from the edge (G-27)."""
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        set_form(paragraph, PAGE_NUMBER)
        place(paragraph, Place(side, 100))
        for inner in (
            "<w:t>—</w:t>",
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            "<w:t>—</w:t>",
        ):
            paragraph._p.append(run_element(inner))


# ── Paragraphs ───────────────────────────────────────────────────────────────────────────────────


def put(paragraph: Paragraph, text: str, *, marks: str = "") -> None:
    """Write words into a paragraph; `marks` are properties of the run."""
    element = run_element("<w:t/>", marks=marks)
    element[-1].text = text
    paragraph._p.append(element)


def width(text: str) -> int:
    """Return how wide a text is set, in hundredths of a Chinese character; digits take half."""
    return sum(100 if unicodedata.east_asian_width(each) in "WFA" else 50 for each in text)


def place(paragraph: Paragraph, place: Place) -> None:
    """Put a paragraph where it stands, away from how its kind is set."""
    properties = paragraph._p.get_or_add_pPr()
    properties.append(element(f"<w:ind {{ns}} {_indent(place.edge, place.hundredths)}/>"))
    properties.append(element(f'<w:jc {{ns}} w:val="{place.edge}"/>'))


def set_form(paragraph: Paragraph, form: Form) -> None:
    """Say which kind of paragraph this is."""
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


def run_element(inner: str, *, marks: str = "") -> BaseOxmlElement:
    """Return a run; the hint sets “”, — and × in the Chinese font."""
    return element(f'<w:r {{ns}}><w:rPr><w:rFonts w:hint="eastAsia"/>{marks}</w:rPr>{inner}</w:r>')


def element(xml: str) -> BaseOxmlElement:
    """Return an element written with {ns} in the place of its namespaces."""
    return parse_xml(xml.replace("{ns}", nsdecls("w"), 1))


def _replace_children(parent: BaseOxmlElement, children: str) -> None:
    for child in list(parent):
        parent.remove(child)
    for child in list(element(f"<w:body {{ns}}>{children}</w:body>")):
        child.tail = None
        parent.append(child)


def name(made: Document, *, title: str, author: str, at: datetime) -> None:
    """Say in its properties what it is, whose and of when, and nothing of who made it."""
    known = made.core_properties
    known.title = known.subject = title
    known.author = known.last_modified_by = author
    known.comments = known.keywords = ""
    known.created = known.modified = at


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
