"""The document holds to the rules of a 公文 (G-01…G-27) and to the draft, word for word."""

import io
import re
import time
import zipfile
from decimal import Decimal

import pytest
from docx import Document
from docx.oxml.ns import qn

from qinghe.reports.half_year import blocks, docx
from qinghe.reports.half_year.blocks import Block, Draft, Kind, Number, Text
from qinghe.reports.half_year.required import WANTED

from . import makers

SIGNATURE, DATE = "共青团深圳市龙岗区委员会", "2022年7月4日"
WAITED = WANTED[0]


def draft(*, signature=SIGNATURE, date=DATE):
    return Draft(
        org=makers.DISTRICT,
        period=makers.FIRST_HALF,
        as_of=makers.AS_OF,
        blocks=(
            Block(Kind.TITLE, (Text("团区委2022年上半年工作总结"),)),
            Block(Kind.TITLE, (Text("和下半年工作思路"),)),
            Block(Kind.PARAGRAPH, (Text("2022年上半年，各项工作有序推进："),)),
            Block(Kind.HEADING1, (Text("一、2022年上半年主要工作开展情况"),)),
            Block(Kind.HEADING2, (Text("（一）聚焦“思想引领”"),)),
            Block(
                Kind.PARAGRAPH,
                (
                    Text("一是抓实宣传。", strong=True),
                    Text("参与观看"),
                    Number(blocks.WAITING, WAITED, None),
                    Text("人次，认定"),
                    Number("684", WAITED, None),
                    Text("名。"),
                ),
            ),
            Block(Kind.SIGNATURE, (Text(signature),)),
            Block(Kind.DATE, (Text(date),)),
            Block(Kind.NOTE, (Text("（联系人：××，联系方式：××）"),)),
        ),
        fed=1,
        wanted=2,
    )


def opened(made=None):
    return Document(io.BytesIO(docx.document(made or draft())))


def paragraph(document, text):
    return next(each for each in document.paragraphs if each.text.startswith(text))


def told(element, path, name):
    """Return an attribute of the element at a path such as w:pPr/w:ind."""
    for step in path.split("/"):
        element = element.find(qn(step))
        if element is None:
            return None
    return element.get(qn(name))


def set_as(document, text, path, name):
    """Return how a paragraph is set: by itself, or else by its style and what that stands on."""
    chosen = paragraph(document, text)
    own = told(chosen._p, path, name)
    style = chosen.style
    while own is None and style is not None:
        own, style = told(style.element, path, name), style.base_style
    return own


def indent(document, text, edge):
    return told(paragraph(document, text)._p, "w:pPr/w:ind", f"w:{edge}Chars")


def test_the_type_area_is_156_by_225_millimetres_of_an_a4_page():  # G-01
    section = opened().sections[0]

    sides = [section.page_width, section.page_height, section.top_margin, section.bottom_margin]
    sides += [section.left_margin, section.right_margin]

    assert [round(side.mm, 1) for side in sides] == [210, 297, 37, 35, 28, 26]


def test_the_page_is_a_grid_of_22_lines_of_28_characters():  # G-02, G-04
    grid = opened().sections[0]._sectPr.find(qn("w:docGrid"))

    assert grid.get(qn("w:type")) == "linesAndChars"
    pitch = int(grid.get(qn("w:linePitch"))) / 20
    character = 16 + int(grid.get(qn("w:charSpace"))) / 4096
    assert 225 / 25.4 * 72 // pitch == 22
    assert round(156 / 25.4 * 72 / character, 2) == 28


def test_paragraphs_fit_the_grid_even_where_a_reader_ignores_it():  # G-02
    document = opened()
    body = "2022年上半年，"
    squeeze = int(set_as(document, body, "w:rPr/w:spacing", "w:val"))
    line = int(set_as(document, body, "w:pPr/w:spacing", "w:line"))

    assert set_as(document, body, "w:pPr/w:spacing", "w:lineRule") == "exact"
    assert 225 / 25.4 * 1440 // line == 22
    assert 156 / 25.4 * 1440 // (16 * 20 + squeeze) == 28


@pytest.mark.parametrize(
    ("text", "font", "points", "align"),
    [
        ("团区委2022年", "方正小标宋简体", 22, "center"),
        ("和下半年", "方正小标宋简体", 22, "center"),
        ("2022年上半年，", "仿宋_GB2312", 16, "both"),
        ("一、", "黑体", 16, "both"),
        ("（一）", "楷体_GB2312", 16, "both"),
        ("一是", "仿宋_GB2312", 16, "both"),
        (SIGNATURE, "仿宋_GB2312", 16, "right"),
        (DATE, "仿宋_GB2312", 16, "left"),
        ("（联系人", "仿宋_GB2312", 16, "both"),
    ],
)
def test_each_kind_of_paragraph_has_its_font_size_and_side(text, font, points, align):  # G-14, G-16
    document = opened()

    assert set_as(document, text, "w:rPr/w:rFonts", "w:eastAsia") == font
    assert set_as(document, text, "w:rPr/w:sz", "w:val") == str(points * 2)
    assert set_as(document, text, "w:pPr/w:jc", "w:val") == align


@pytest.mark.parametrize("text", ["2022年上半年，", "一、", "（一）", "一是", "（联系人"])
def test_paragraphs_headings_and_the_note_are_indented_by_two_characters(text):  # G-16, G-24
    assert set_as(opened(), text, "w:pPr/w:ind", "w:firstLineChars") == "200"


def test_widow_control_is_off():  # G-04
    assert set_as(opened(), "一是", "w:pPr/w:widowControl", "w:val") == "0"


def test_no_gap_is_set_between_digits_and_characters():
    document = opened()

    assert set_as(document, "一是", "w:pPr/w:autoSpaceDE", "w:val") == "0"
    assert set_as(document, "一是", "w:pPr/w:autoSpaceDN", "w:val") == "0"


def test_quotes_and_dashes_take_the_chinese_font():
    document = opened()
    runs = document.element.body.findall(f".//{qn('w:r')}")

    assert runs
    assert {told(run, "w:rPr/w:rFonts", "w:hint") for run in runs} == {"eastAsia"}


def test_only_the_opening_of_a_run_in_is_bold():
    runs = [run for each in opened().paragraphs for run in each.runs]

    assert [run.text for run in runs if run.bold] == ["一是抓实宣传。"]


def test_a_number_that_nobody_feeds_is_highlighted_and_no_other_is():
    runs = [run for each in opened().paragraphs for run in each.runs]

    assert [run.text for run in runs if run.font.highlight_color] == [blocks.WAITING]


def test_a_blank_line_stands_below_the_title_and_above_the_signature():  # G-20
    texts = [each.text for each in opened().paragraphs]

    assert [place for place, text in enumerate(texts) if not text] == [
        texts.index("和下半年工作思路") + 1,
        texts.index(SIGNATURE) - 1,
    ]


def test_the_date_starts_two_characters_right_of_the_signature():  # G-20
    document = opened()

    right, left = indent(document, SIGNATURE, "right"), indent(document, DATE, "left")

    assert right == "200"
    assert int(left) == 2800 - 200 - 12 * 100 + 200


def test_a_date_longer_than_the_signature_stands_at_two_and_moves_it_left():  # G-20
    document = opened(draft(signature="青年支部", date="2022年12月31日"))

    left = int(indent(document, "2022年12月31日", "left"))
    right = int(indent(document, "青年支部", "right"))

    assert 2800 - left - 700 == 200  # 7 characters: 8 digits of half a character, and 年月日
    assert 2800 - right - 400 == left - 200


def test_the_signature_stays_with_the_date_on_one_page():
    signature = paragraph(opened(), SIGNATURE)

    assert signature.style.paragraph_format.keep_with_next


def test_the_ending_is_never_alone_on_a_page():  # G-23
    paragraphs = opened().paragraphs
    (place,) = (at for at, each in enumerate(paragraphs) if each.text == SIGNATURE)
    last, blank = paragraphs[place - 2 : place]

    assert last.text
    assert not blank.text
    assert last.paragraph_format.keep_with_next
    assert blank.style.paragraph_format.keep_with_next


@pytest.mark.parametrize(("even", "side"), [(False, "right"), (True, "left")])
def test_the_page_number_stands_outside_one_character_in(even, side):  # G-27
    document = opened()
    section = document.sections[0]
    (number,) = (section.even_page_footer if even else section.footer).paragraphs

    fields = "".join(each.text for each in number._p.iter(qn("w:instrText")))
    style = number.style.element

    assert document.settings.odd_and_even_pages_header_footer
    assert number.text == "—1—"
    assert fields.strip() == "PAGE"
    assert told(number._p, "w:pPr/w:jc", "w:val") == side
    assert told(number._p, "w:pPr/w:ind", f"w:{side}Chars") == "100"
    assert told(style, "w:rPr/w:rFonts", "w:eastAsia") == "宋体"
    assert told(style, "w:rPr/w:rFonts", "w:ascii") == "宋体"
    assert told(style, "w:rPr/w:sz", "w:val") == "28"


def test_the_dash_of_the_page_number_is_seven_millimetres_below_the_type_area():  # G-27
    section = opened().sections[0]
    half_a_line = 14 / 2 * 25.4 / 72

    dash = section.footer_distance.mm + half_a_line

    assert section.bottom_margin.mm - dash == pytest.approx(7, abs=0.05)


def test_pages_are_printed_on_both_sides_and_bound_on_the_left():  # G-07
    assert opened().settings.element.find(qn("w:mirrorMargins")) is not None


def test_the_document_says_what_the_draft_says_and_nothing_else():
    whole = makers.draft({row.code: Decimal(684) for row in WANTED})

    texts = [each.text for each in opened(whole).paragraphs if each.text]

    assert texts == [block.text for block in whole.blocks]
    assert not re.search(r"[()\[\]]", "".join(texts))


def test_the_same_draft_always_makes_the_same_bytes():
    assert docx.document(draft()) == docx.document(draft())


def test_the_file_carries_the_time_of_the_facts_and_no_trace_of_a_template():
    content = docx.document(draft())
    document = Document(io.BytesIO(content))

    with zipfile.ZipFile(io.BytesIO(content)) as file:
        times = {entry.date_time for entry in file.infolist()}
        names = set(file.namelist())

    assert times == {(2022, 7, 3, 22, 0, 0)}
    assert document.core_properties.modified == makers.AS_OF
    assert document.core_properties.author == SIGNATURE
    assert document.core_properties.title == "团区委2022年上半年工作总结和下半年工作思路"
    assert not {name for name in names if "thumbnail" in name or "customXml" in name}


def test_the_whole_report_is_set_within_three_seconds():
    whole = makers.draft({row.code: Decimal(684) for row in WANTED})

    started = time.process_time()
    docx.document(whole)

    assert time.process_time() - started < 3
