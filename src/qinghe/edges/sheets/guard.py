"""Looks through an uploaded workbook before any parser may see it.

A file of 1.4 KB can make a spreadsheet parser take all memory or abort its process. This reads the
file in pieces, once, and refuses what is too large, too strange or hidden. It does not replace the
child process in which the parser then runs (child.py): each holds where the other fails.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files.base import File

from qinghe.lib.verdicts import Refused

from . import archive, parts
from .limits import DEFAULT, MEGABYTE, Limits

LONGEST_TAG = MEGABYTE
WHOLE_CELL = 65_536  # so near the end of a piece, a cell waits for its formula and value
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # .xls, and .xlsx with a password
_FORBIDDEN = (
    ("vbaproject.bin", "macros", "文件带有宏，没有读取；请另存为不带宏的 .xlsx 再传。"),
    ("xl/externallinks/", "external_links", "文件引用了其他工作簿，没有读取；请断开链接、只留数值后再传。"),
    ("xl/embeddings/", "embedded", "文件里嵌入了别的文件，没有读取；请删去后再传。"),
    ("xl/activex/", "embedded", "文件里嵌入了控件，没有读取；请删去后再传。"),
    ("xl/workbook.bin", "not_xlsx", "这是 .xlsb 工作簿，没有读取；请另存为 .xlsx 再传。"),
)  # fmt: skip

_NAME = rb"<(?:[A-Za-z_][\w.-]*:)?"
_LETTERS = re.compile(rb'<c r="([A-Z]{1,4})[0-9]{1,8}"')
_LINES = re.compile(rb'<c r="[A-Z]{1,4}([0-9]{1,8})"')
_CELL = re.compile(_NAME + rb'c(?:[ ]r="([A-Z]{1,4})([0-9]{1,8})"|(?=[\s/>]))')
_ODD_CELL = re.compile(
    _NAME + rb"c\s(?:[^<>]*?\s)?r\s*=\s*[\"']\s*([A-Za-z]{1,4})([0-9]{1,8})\s*[\"']"
)
_AREA = re.compile(_NAME + rb"(dimension|mergeCell)\s[^<>]*?\bref\s*=\s*[\"']([^\"']*)")
_PLACE = re.compile(r"\$?([A-Za-z]{1,4})\$?([0-9]{1,8})")
_COUNT = re.compile(rb"<[^<>]{0,300}?\b(?:count|uniqueCount)\s*=\s*[\"']\s*\+?([0-9]+)")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)
_ENCODING = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
_PLACED = _NAME + rb'c\s(?>[^<>]*?r="([A-Z]{1,4})([0-9]{1,8})")'
_ERROR = re.compile(_PLACED + rb'[^<>]*?\st="e"')
_NO_RESULT = re.compile(
    _PLACED + rb"[^<>]*+>\s*<f\b[^<>]*+(?:(?<=/)>|>[^<]*+</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)

ERROR_CELL = "单元格是错误值（如 #N/A、#REF!），请改成正确的内容。"
EMPTY_FORMULA = "公式没有算出结果，请在表格软件中重新计算后保存，或只粘贴数值。"
MOST_BROKEN = 1_000


@dataclass
class Scan:
    """What was seen of the first sheet: cells, by line and column from 1, that hold no value."""

    broken: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass
class _Part:
    lines: int = 0
    columns: int = 0
    cells: int = 0
    merges: int = 0
    broken: dict[tuple[int, int], str] = field(default_factory=dict)


def check(path: Path, *, limits: Limits = DEFAULT) -> Scan:
    """Look through a file that claims to be an .xlsx.

    Raises Refused: file_empty, file_too_large, old_format, not_xlsx, damaged, encrypted, macros,
    external_links, embedded, too_many_parts, too_large_unpacked, too_many_rows, too_many_columns,
    too_many_cells, too_many_merges, declared_too_large, dtd, encoding, cell_without_place.
    """
    check_size(path, limits=limits)
    with path.open("rb") as source:
        _check_head(source.read(8))
        found = archive.entries(source, limits=limits)
        _check_names([entry.filename for entry in found])
        counter = archive.Counter(limits.unpacked)
        seen: dict[str, _Part] = {}
        kept: dict[str, bytes] = {}
        for entry in found:
            name = entry.filename.lstrip("/")
            whole = archive.pieces(source, entry, counter=counter)
            if parts.is_index(name):
                whole = parts.kept(whole, name=name, into=kept)
            seen[name] = _look(whole, limits=limits)
    return Scan(broken=seen.get(parts.first_sheet(kept), _Part()).broken)


@contextmanager
def on_disk(file: File, *, limits: Limits) -> Iterator[Path]:
    """Keep an uploaded file where its reader finds it, for as long as it reads.

    Raises Refused: file_too_large.
    """
    if file.size > limits.file:
        raise too_large(limits)
    file.seek(0)
    with NamedTemporaryFile(suffix=".xlsx") as spooled:
        for piece in file.chunks():
            spooled.write(piece)
        spooled.flush()
        yield Path(spooled.name)


def check_size(path: Path, *, limits: Limits) -> None:
    """Refuse an empty or oversized file. Raises Refused: file_empty, file_too_large."""
    size = os.path.getsize(path)
    if size == 0:
        raise Refused("file_empty", "文件是空的，没有读取；请重新选择文件。")
    if size > limits.file:
        raise too_large(limits)


def too_large(limits: Limits) -> Refused:
    """Return the refusal of a file that takes too much room."""
    most = limits.file // MEGABYTE
    return Refused(
        "file_too_large", f"文件超过{most}MB，没有读取；请删去多余内容，或分成几份再传。"
    )


def _check_head(head: bytes) -> None:
    if head == _OLE:
        raise Refused(
            "old_format", "这是旧版 .xls 或加了密码的文件，没有读取；请另存为不加密的 .xlsx 再传。"
        )
    if not head.startswith(b"PK\x03\x04"):
        raise Refused(
            "not_xlsx",
            "文件内容不是 .xlsx（可能是改了名的 CSV 或网页），没有读取；请另存为 .xlsx 再传。",
        )


def _check_names(names: list[str]) -> None:
    lowered = [name.replace("\\", "/").lstrip("/").lower() for name in names]
    for mark, code, reason in _FORBIDDEN:
        if any(mark in name for name in lowered):
            raise Refused(code, reason)
    if "[content_types].xml" not in lowered or "xl/workbook.xml" not in lowered:
        raise Refused("not_xlsx", "这不是 .xlsx 工作簿，没有读取；请用表格软件另存为 .xlsx 再传。")


def _look(whole: Iterator[bytes], *, limits: Limits) -> _Part:
    part = _Part()
    rest = b""
    for number, piece in enumerate(whole):
        if number == 0:
            _check_encoding(piece)
        text, rest = _cut(rest + piece)
        _look_at(text, part=part, limits=limits)
    _look_at(rest, part=part, limits=limits)
    return part


def _cut(text: bytes) -> tuple[bytes, bytes]:
    """Return what ends before a tag, and that tag: the next piece may hold the rest of it."""
    place = text.rfind(b"<c ", -WHOLE_CELL)
    if place < 0:
        place = text.rfind(b"<")
    if place < 0:
        return text, b""
    if len(text) - place <= LONGEST_TAG:
        return text[:place], text[place:]
    if b">" not in text[place:]:
        raise archive.damaged()
    return text, b""  # the tag is closed and long text follows: no tag is cut in two


def _check_encoding(piece: bytes) -> None:
    named = _ENCODING.match(piece[:400].removeprefix(b"\xef\xbb\xbf"))
    odd = named is not None and named[1].lower() not in {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
    if odd or piece[:2] in {b"\xff\xfe", b"\xfe\xff"} or piece[:4].startswith((b"<\0", b"\0<")):
        raise Refused("encoding", "文件的编码不是 UTF-8，没有读取；请用表格软件另存后再传。")


def _look_at(text: bytes, *, part: _Part, limits: Limits) -> None:
    if not text:
        return
    if b"<!" in text and _DOCTYPE.search(text):
        raise Refused("dtd", "文件里有外部定义（DTD），没有读取；请用表格软件另存后再传。")
    if b"<c" in text or b":c" in text:
        _look_at_cells(text, part=part, limits=limits)
    if b"mergeCell" in text or b"dimension" in text:
        _look_at_areas(text, part=part, limits=limits)
    if not part.cells and any(int(found) > limits.cells for found in _COUNT.findall(text)):
        raise _declared(limits)
    if b't="e"' in text:
        _mark(_ERROR.findall(text), part=part, reason=ERROR_CELL)
    if b"<f" in text:
        _mark(_NO_RESULT.findall(text), part=part, reason=EMPTY_FORMULA)


def _look_at_cells(text: bytes, *, part: _Part, limits: Limits) -> None:
    count, letters, lines = _plain_cells(text)
    if text.count(b"<c") > count or b":c" in text:  # other tags begin so too: look closely
        count, letters, lines = _odd_cells(text)
    if not count:
        return
    part.cells += count
    if part.cells > limits.cells:
        raise _too_many_cells(limits)
    part.columns = max(part.columns, max(map(_column_number, letters)))
    part.lines = max(part.lines, max(map(int, lines)))
    _check_extent(part, limits=limits)


def _plain_cells(text: bytes) -> tuple[int, set[bytes], set[bytes]]:
    letters = _LETTERS.findall(text)
    return len(letters), set(letters), set(_LINES.findall(text))


def _odd_cells(text: bytes) -> tuple[int, set[bytes], set[bytes]]:
    found = _CELL.findall(text)
    if any(not letters for letters, _ in found):
        count = len(found)
        found = _ODD_CELL.findall(text)
        if len(found) < count:
            raise Refused(
                "cell_without_place",
                "文件里有没写位置的单元格，没有读取；请用表格软件打开后另存再传。",
            )
    return len(found), {letters for letters, _ in found}, {line for _, line in found}


def _check_extent(part: _Part, *, limits: Limits) -> None:
    if part.lines > limits.rows + 1:  # the header does not count
        raise Refused(
            "too_many_rows",
            f"数据超过{limits.rows:,}行，没有读取；请分成几份，或清除末尾多余的行。",
        )
    if part.columns > limits.columns:
        raise Refused(
            "too_many_columns",
            f"数据超过{limits.columns}列，没有读取；请清除右侧多余的列后再传。",
        )
    if part.lines * part.columns > limits.cells:
        raise _too_many_cells(limits)


def _look_at_areas(text: bytes, *, part: _Part, limits: Limits) -> None:
    for kind, area in _AREA.findall(text):
        if kind == b"mergeCell":
            part.merges += 1
            if part.merges > limits.merges:
                raise Refused(
                    "too_many_merges",
                    f"合并单元格超过{limits.merges:,}处，没有读取；请取消合并、逐行填写后再传。",
                )
        last = _PLACE.findall(area.decode("ascii", "replace"))[-1:]
        if last and _column_number(last[0][0].encode()) * int(last[0][1]) > limits.cells:
            raise _declared(limits)


def _mark(places: list[tuple[bytes, bytes]], *, part: _Part, reason: str) -> None:
    for letters, line in places[: max(0, MOST_BROKEN - len(part.broken))]:
        part.broken[int(line), _column_number(letters)] = reason


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _too_many_cells(limits: Limits) -> Refused:
    return Refused(
        "too_many_cells",
        f"单元格超过{limits.cells // 10_000}万个，没有读取；请清除多余的行和列，或分成几份。",
    )


def _declared(limits: Limits) -> Refused:
    return Refused(
        "declared_too_large",
        f"表格声明的范围超过{limits.cells // 10_000}万个单元格，没有读取；请把数据复制到新工作簿后再传。",
    )
