"""Markdown as the generated pages are written in."""

from collections.abc import Iterable, Sequence

WRITTEN_BY = "Written by `./qinghe docs`; do not edit."

Row = Sequence[object]


def table(heading: Row, rows: Iterable[Row]) -> list[str]:
    """Return the lines of a table."""
    return [_line(heading), _line(["---"] * len(heading)), *map(_line, rows)]


def text(lines: Iterable[str]) -> str:
    """Return a page."""
    return "\n".join(lines) + "\n"


def _line(cells: Row) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"
