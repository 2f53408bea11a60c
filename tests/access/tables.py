"""The committed tables: read, compared, written anew."""

import csv
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

HERE = Path(__file__).parent
MATRIX = HERE / "matrix.csv"
ACTS = HERE / "acts.csv"
WRITE = "QINGHE_WRITE_MATRIX"
ONLY = "QINGHE_WRITE_ONLY"
Key = tuple[str, ...]
Table = dict[Key, dict[str, str]]


def read(path: Path, *, keys: int) -> Table:
    """Return a table by the first columns of its rows."""
    with path.open(encoding="utf-8", newline="") as file:
        heading, *rows = csv.reader(file)
    return {tuple(row[:keys]): dict(zip(heading[keys:], row[keys:], strict=True)) for row in rows}


def write(path: Path, table: Mapping[Key, Mapping[str, str]], *, heading: Iterable[str]) -> None:
    """Write a table in the order of its keys: a change of rights is a change of a line."""
    keys, columns = list(heading), sorted({name for row in table.values() for name in row})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*keys, *columns])
        for key in sorted(table):
            writer.writerow([*key, *(table[key].get(name, "") for name in columns)])


def is_being_written() -> bool:
    """Test if the tables are to be written, not compared."""
    return os.environ.get(WRITE) == "1"


def is_wanted(pattern: str, name: str) -> bool:
    """Test if this route is swept: all are, but where only those are written that begin so."""
    only = os.environ.get(ONLY, "") if is_being_written() else ""
    return any(
        (pattern if begins.startswith("/") else name).startswith(begins)
        for begins in only.split(",")
    )
