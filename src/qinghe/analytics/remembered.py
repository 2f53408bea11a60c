"""SQL that was compiled once, kept beside the facts for processes that start later.

A folder is named by the code and the packages that the SQL came from; in it each file by what it tells
of. What cannot be told, read or written is made anew: nothing but time depends on it.
"""

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from types import FunctionType

from . import store
from .indicators import Equals, Indicator

SOURCES = Path(__file__).resolve().parents[1]
COMPILERS = ("ibis-framework", "sqlglot")
FOLDERS = "compiled-"
_BEGAN = time.time()


@dataclass(frozen=True)
class Text:
    """A query, for which of the indicators that were asked about, and where each is found in it."""

    sql: str
    places: tuple[int, ...] = ()
    cells: tuple[tuple[str, int], ...] = ()


class _Untold(Exception):
    """What is counted cannot be told so that another process would know it again."""


def texts(
    kind: str, indicators: tuple[Indicator, ...], dialect: str, make: Callable[[], list[Text]]
) -> list[Text]:
    """Return what was made of the same before, else make it and keep it."""
    path = _path(kind, indicators, dialect)
    found = _read(path) if path else None
    if found is not None:
        return found
    made = make()
    if path is not None:
        with suppress(OSError):
            _write(path, made)
    return made


def _path(kind: str, indicators: Iterable[Indicator], dialect: str) -> Path | None:
    folder, code = store.folder(), _code()
    if not code or not folder.is_dir():
        return None
    try:
        told = json.dumps([kind, dialect, [_told(each) for each in indicators]])
    except _Untold:
        return None
    return folder / f"{FOLDERS}{code}" / f"{hashlib.sha256(told.encode()).hexdigest()}.json"


def _read(path: Path) -> list[Text] | None:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return [
            Text(row["sql"], tuple(row["places"]), tuple((word, at) for word, at in row["cells"]))
            for row in rows
        ]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(path: Path, made: list[Text]) -> None:
    if not path.parent.is_dir():
        for old in path.parent.parent.glob(f"{FOLDERS}*"):
            shutil.rmtree(old, ignore_errors=True)  # of other code, which makes its own anew
        path.parent.mkdir(exist_ok=True)
    number, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(number, "w", encoding="utf-8") as file:
        json.dump([asdict(each) for each in made], file, ensure_ascii=False)
    os.replace(name, path)


@lru_cache(maxsize=1)
def _code() -> str:
    """Return a fingerprint of what SQL comes from; none if it was changed under this process."""
    found = hashlib.sha256(" ".join(map(metadata.version, COMPILERS)).encode())
    for path in sorted(SOURCES.rglob("*.py")):
        if not _is_ours(".".join(("qinghe", *path.relative_to(SOURCES).parts))):
            continue
        if path.stat().st_ctime >= _BEGAN:
            return ""
        found.update(f"\n{path.relative_to(SOURCES)}\n".encode() + path.read_bytes())
    return found.hexdigest()[:16]


def _told(indicator: Indicator) -> list[object]:
    """Tell how an indicator counts, and not what it is called."""
    over = indicator.over
    asked = [_place(each) for each in (indicator.of, indicator.where)]
    return [over.name, list(over.columns.items()), indicator.kind, indicator.time, *asked]


def _place(value: object) -> object:
    """Tell where a function is written, what it does there, and what it was given from outside.

    Raises _Untold.
    """
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Equals):
        return [value.column, value.word]
    if not isinstance(value, FunctionType) or not _is_ours(value.__module__):
        raise _Untold
    code = value.__code__
    given = [
        *(cell.cell_contents for cell in value.__closure__ or ()),
        *(value.__defaults__ or ()),
        *(value.__kwdefaults__ or {}).values(),
    ]
    if any(not isinstance(each, str | int | float | tuple | None) for each in code.co_consts):
        raise _Untold
    return [
        value.__module__,
        code.co_firstlineno,
        code.co_code.hex(),
        code.co_names,
        repr(code.co_consts),
        [_place(each) for each in given],
    ]


def _is_ours(module: str) -> bool:
    """Test if the fingerprint of the code is of this module too."""
    first, *names = module.split(".")
    return first == "qinghe" and not {"tests", "migrations"} & set(names)
