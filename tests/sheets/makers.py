"""A sheet over the kernel's own persons, and workbooks to fill it, sound ones and hostile ones."""

import io
import zipfile
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

import xlsxwriter

from qinghe.edges.sheets import Column, Problem, Resolved, Sheet, cells
from qinghe.kernel.access.actors import Actor, Grant, Reach, Role
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Person, Sex
from qinghe.lib.periods import local_day

ACT = "testing.upload"
GRANT = Grant(Role.DISTRICT_OFFICER, ACT, Reach.BELOW)


class Row(NamedTuple):
    line: int
    number: str
    name: str
    sex: str | None
    birth_date: date | None


def resolve(_: Actor, rows: Sequence[Row], at: datetime) -> Resolved[people.NewPerson]:
    taken = set(Person.objects.values_list("number", flat=True))
    times = Counter(row.number for row in rows)
    found = Resolved()
    for row in rows:
        if row.number in taken:
            found.problems.append(Problem(row.line, "人员编号", "已经登记过。"))
        elif times[row.number] > 1:
            found.problems.append(Problem(row.line, "人员编号", "在本文件中重复。"))
        elif row.birth_date and row.birth_date > local_day(at):
            found.problems.append(Problem(row.line, "出生日期", "晚于今天。"))
        else:
            found.ready.append(
                people.NewPerson(row.number, row.name, row.sex or "", row.birth_date)
            )
    return found


def write(*, ready, at, by, source) -> int:
    return len(people.add_many(new=ready, at=at, by=by, source=source))


PEOPLE = Sheet(
    slug="testing.people",
    label="人员台账",
    act=ACT,
    columns=(
        Column("number", "人员编号", cells.code, example="P001"),
        Column("name", "姓名", cells.text_up_to(60)),
        Column("sex", "性别", cells.choice(Sex), required=False),
        Column("birth_date", "出生日期", cells.day, required=False, hint="公历"),
    ),
    row=Row,
    resolve=resolve,
    write=write,
    notes=("一人一行。",),
)
PLACES = Sheet(
    slug="testing.places",
    label="地点台账",
    act=ACT,
    columns=(Column("code", "地点编号", cells.code), Column("name", "名称", cells.text)),
    row=Row,
    resolve=resolve,
    write=write,
)
HEADING = ["人员编号", "姓名", "性别", "出生日期"]


def book(rows: Sequence[Sequence[object]], *, heading: Sequence[str] = HEADING) -> bytes:
    """Return a workbook with these cells; days become the spreadsheet's own."""
    target = io.BytesIO()
    made = xlsxwriter.Workbook(
        target, {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False}
    )
    page = made.add_worksheet()
    for line, row in enumerate([heading, *rows]):
        for place, value in enumerate(row):
            page.write(line, place, value)
    made.close()
    return target.getvalue()


def people_rows(count: int, *, start: int = 1) -> list[list[object]]:
    return [
        [f"N{number:06d}", f"人{number}", "女", date(1990, 1, 1 + number % 28)]
        for number in range(start, start + count)
    ]


# ── Hostile files ────────────────────────────────────────────────────────────────────────────────

TYPES = b"""<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/\
package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-\
package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override \
PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.\
spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType=\
"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""
RELS = b"""<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats\
.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/\
officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
BOOK = b"""<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/\
spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/\
relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"""
BOOK_RELS = b"""<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.\
openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.\
openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>\
</Relationships>"""
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'
OPEN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
TEXT = b'<c r="%s" t="inlineStr"><is><t>x</t></is></c>'


def sheet_of(rows: bytes, *, before: bytes = b"", after: bytes = b"") -> bytes:
    return HEAD + OPEN + before + b"<sheetData>" + rows + b"</sheetData>" + after + b"</worksheet>"


def one_row(*places: str) -> bytes:
    return b'<row r="1">' + b"".join(TEXT % place.encode() for place in places) + b"</row>"


def parts(sheet: bytes, **more: bytes) -> bytes:
    """Return a workbook made of parts; names are given with __ for /, and _x for its extension."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": RELS,
            "xl/workbook.xml": BOOK,
            "xl/_rels/workbook.xml.rels": BOOK_RELS,
            "xl/worksheets/sheet1.xml": sheet,
            **{name.replace("__", "/"): content for name, content in more.items()},
        }.items():
            archive.writestr(name, content)
    return target.getvalue()


def with_extra(extra: dict[str, bytes]) -> bytes:
    return parts(sheet_of(one_row("A1")), **extra)


def lying_about_size(content: bytes, *, claimed: int) -> bytes:
    """Return a zip whose directory claims another size for its last part."""
    place = content.rfind(b"PK\x01\x02")
    changed = bytearray(content)
    changed[place + 24 : place + 28] = claimed.to_bytes(4, "little")
    return bytes(changed)


BOMB = sheet_of(one_row("A1")) + b" " * (150 * 1024 * 1024)

HOSTILE: dict[str, tuple[str, bytes]] = {
    "empty": ("file_empty", b""),
    "csv renamed": ("not_xlsx", "人员编号,姓名\r\nP1,甲\r\n".encode()),
    "xls renamed": ("old_format", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512)),
    "cut off": ("damaged", book(people_rows(50))[:-200]),
    "only a head": ("damaged", b"PK\x03\x04" + bytes(100)),
    "a docx": ("not_xlsx", parts(b"").replace(b"xl/workbook.xml", b"xl/otherbook.xm")),
    "bomb": ("too_large_unpacked", parts(BOMB)),
    "bomb that lies": ("too_large_unpacked", lying_about_size(parts(BOMB), claimed=1_000)),
    "two far cells": ("too_many_rows", parts(sheet_of(one_row("A1", "XFD1048576")))),
    "far column": ("too_many_columns", parts(sheet_of(one_row("A1", "XFD2")))),
    "wide and long": ("too_many_cells", parts(sheet_of(one_row("A1", "IV100000")))),
    "declared": (
        "declared_too_large",
        parts(sheet_of(one_row("A1"), before=b'<dimension ref="A1:XFD1048576"/>')),
    ),
    "merged": (
        "declared_too_large",
        parts(
            sheet_of(
                one_row("A1"),
                after=b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
            )
        ),
    ),
    "many merges": (
        "too_many_merges",
        parts(sheet_of(one_row("A1"), after=b'<mergeCell ref="A1:B2"/>' * 1_001)),
    ),
    "odd quotes": (
        "too_many_rows",
        parts(sheet_of(b"<row><c\n s='1' r = 'XFD1048576'><v>1</v></c></row>")),
    ),
    "prefixed": ("too_many_rows", parts(sheet_of(b'<row><x:c r="A9999999"><v>1</v></x:c></row>'))),
    "without places": ("cell_without_place", parts(sheet_of(b"<row><c><v>1</v></c></row>"))),
    "dtd": (
        "dtd",
        parts(
            HEAD
            + b'<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
            + sheet_of(one_row("A1"))[len(HEAD) :]
        ),
    ),
    "utf-16": ("encoding", parts(sheet_of(one_row("A1")).decode().encode("utf-16"))),
    "named encoding": (
        "encoding",
        parts(sheet_of(one_row("A1")).replace(b"UTF-8", b"UTF-7")),
    ),
    "strings declared": (
        "declared_too_large",
        with_extra({"xl__sharedStrings.xml": HEAD + b'<sst count="4000000000" uniqueCount="9"/>'}),
    ),
    "macros": ("macros", with_extra({"xl__vbaProject.bin": b"x"})),
    "links": ("external_links", with_extra({"xl__externalLinks__externalLink1.xml": HEAD})),
    "embedded": ("embedded", with_extra({"xl__embeddings__inner.xlsx": b"PK"})),
    "many parts": (
        "too_many_parts",
        with_extra({f"xl__media__{number}.png": b"" for number in range(300)}),
    ),
}  # fmt: skip
