"""Which part of a workbook is its first sheet."""

import posixpath
from collections.abc import Iterator
from xml.etree import ElementTree

from .archive import damaged

WORKBOOK = "xl/workbook.xml"
LINKS = "xl/_rels/workbook.xml.rels"
LARGEST = 2 * 1024 * 1024
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def is_index(name: str) -> bool:
    """Tell whether a part says where the others are."""
    return name in {WORKBOOK, LINKS}


def kept(whole: Iterator[bytes], *, name: str, into: dict[str, bytes]) -> Iterator[bytes]:
    """Yield a small part on, and keep what it holds. Raises Refused: damaged."""
    into[name] = b""
    for piece in whole:
        into[name] += piece
        if len(into[name]) > LARGEST:
            raise damaged()
        yield piece


def first_sheet(kept: dict[str, bytes]) -> str:
    """Return the name of the part that holds the first sheet. Raises Refused: damaged."""
    try:
        # Any DTD, and with it any entity, has been refused before.
        book = ElementTree.fromstring(kept.get(WORKBOOK, b""))  # noqa: S314
        links = ElementTree.fromstring(kept.get(LINKS, b""))  # noqa: S314
    except ElementTree.ParseError as error:
        raise damaged() from error
    sheet = next((node for node in book.iter() if node.tag.endswith("}sheet")), None)
    if sheet is None:
        raise damaged()
    wanted = sheet.get(_ID) or sheet.get(_STRICT_ID)
    target = next((link.get("Target", "") for link in links if link.get("Id") == wanted), "")
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
