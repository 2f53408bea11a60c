"""What a backup says of itself, and how its folders are found."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from qinghe.analytics.frozen.folders import digest
from qinghe.lib.verdicts import Refused

FORMAT = 1
NAME = "manifest.json"
PREFIX, SEALED = "qinghe-", ".sealed"
KEPT = ("files", "frozen")  # the folders of the data folder that a backup holds


@dataclass(frozen=True)
class Copied:
    """One file of a backup, by its path in it."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What is in a backup: the moment, the rows of each table, the head of the audit, the files."""

    made_at: str
    engine: str
    migrations: Mapping[str, str]
    rows: Mapping[str, int]
    audit_seq: int
    audit_hash: str
    files: tuple[Copied, ...]
    format: int = FORMAT


def write(folder: Path, manifest: Manifest) -> None:
    """Make a folder a backup, in one step that outlasts a loss of power."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
    being = folder / f"{NAME}.part"
    with being.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(being, folder / NAME)
    flush(folder)


def read(folder: Path) -> Manifest:
    """Return what a backup says of itself. Raises Refused: no_backup, other_format."""
    try:
        said = json.loads((folder / NAME).read_text(encoding="utf-8"))
        files = tuple(Copied(**each) for each in said.pop("files"))
        known = Manifest(**said, files=files)
    except (OSError, ValueError, KeyError, TypeError):
        raise Refused(
            "no_backup",
            f"{folder}里没有完整的备份（缺少或读不出{NAME}），没有改动任何数据；请换一份备份。",
        ) from None
    if known.format != FORMAT:
        raise Refused("other_format", f"{folder}是另一种格式的备份，请用写出它的版本恢复。")
    return known


def newest(parent: Path) -> Path:
    """Return a backup by its own folder or file, or the newest whole one in a folder of several.

    Raises Refused: no_backup.
    """
    if parent.is_file() or (parent / NAME).is_file():
        return parent
    whole = all_of(parent)
    if not whole:
        raise Refused("no_backup", f"{parent}里没有完整的备份，没有改动任何数据；请换一个目录。")
    return whole[-1]


def whole_ones(parent: Path) -> list[Path]:
    """Return the backups of a folder that were finished, the oldest first."""
    return sorted(path.parent for path in parent.glob(f"{PREFIX}*/{NAME}"))


def all_of(parent: Path) -> list[Path]:
    """Return the backups of a folder, sealed or not, the oldest first."""
    sealed = parent.glob(f"{PREFIX}*{SEALED}")  # their names are given when they are whole
    return sorted([*whole_ones(parent), *sealed], key=lambda path: path.name)


def copied(folder: Path, path: Path) -> Copied:
    """Return what a manifest says of one file of a backup."""
    return Copied(path.relative_to(folder).as_posix(), path.stat().st_size, digest(path))


def damaged(folder: Path, files: Iterable[Copied]) -> list[str]:
    """Return the files of a backup that are gone or not what was written."""
    return [each.path for each in files if not _is_whole(folder / each.path, each)]


def flush(folder: Path) -> None:
    """Have the names in a folder on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _is_whole(path: Path, each: Copied) -> bool:
    return path.is_file() and path.stat().st_size == each.size and digest(path) == each.sha256
