"""Reads what manifests say, before any engine looks at a file."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from qinghe.analytics.store import Loaded
from qinghe.lib.verdicts import Refused

from . import contract


@dataclass(frozen=True)
class District:
    """What one district shared."""

    code: int
    name: str
    top: int  # the key of the district itself among its organisations
    as_of: datetime
    loaded: Mapping[str, Loaded]
    columns: Mapping[str, Mapping[str, str]]
    files: Sequence[str]  # below the folder

    def files_of(self, table: str) -> list[str]:
        """Return the files of one table."""
        return [name for name in self.files if name.startswith(f"{table}/")]


@dataclass(frozen=True)
class Folder:
    """A folder of shared facts, as of one look at it."""

    path: Path
    districts: Sequence[District]

    @property
    def as_of(self) -> datetime:
        """Return since when a district has not been heard of: the oldest export."""
        return min(each.as_of for each in self.districts)

    def files_of(self, table: str) -> list[str]:
        """Return the paths of one table's files, of all districts."""
        return [str(self.path / name) for each in self.districts for name in each.files_of(table)]


def opened(path: Path) -> Folder:
    """Read all manifests of a folder, and see that what they name is there.

    Raises Refused: no_shared_facts, facts_incomplete, other_format.
    """
    manifests = sorted((path / contract.DISTRICTS).glob("*.json"))
    if not manifests:
        raise Refused(
            "no_shared_facts",
            f"{path}里没有任何区的数据；请先在各区运行 ./qinghe facts export 导出到这个文件夹。",
        )
    return Folder(path, tuple(_district(path, each) for each in manifests))


def _district(path: Path, manifest: Path) -> District:
    try:
        told = json.loads(manifest.read_text(encoding="utf-8"))
        if told["format"] != contract.FORMAT:
            raise Refused(
                "other_format",
                f"{manifest.name}的格式是第{told['format']}版，这里只认第{contract.FORMAT}版；"
                "请用同一版本的程序重新导出。",
            )
        _check_files(path, manifest, told["files"])
        return District(
            code=int(told["district"]),
            name=str(told["name"]),
            top=int(told["top"]),
            as_of=datetime.fromisoformat(told["as_of"]),
            loaded={name: _loaded(about) for name, about in told["facts"].items()},
            columns={name: about["columns"] for name, about in told["facts"].items()},
            files=tuple(told["files"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused(
            "facts_incomplete", f"{manifest.name}不完整或不是清单，没有计算；请重新导出或复制。"
        ) from None


def _check_files(path: Path, manifest: Path, files: Mapping[str, Mapping[str, object]]) -> None:
    """See that each file is there and of its size: a folder may still be on its way."""
    for name, about in files.items():
        place = path / name
        if not place.is_file() or place.stat().st_size != about["bytes"]:
            raise Refused(
                "facts_incomplete",
                f"{manifest.name}所列的{name}缺失或大小不符，没有计算；请等复制完成，或重新导出。",
            )


def _loaded(about: Mapping[str, object]) -> Loaded:
    first, last = about["first"], about["last"]
    return Loaded(
        rows=int(str(about["rows"])),
        first_day=date.fromisoformat(str(first)) if first else None,
        last_day=date.fromisoformat(str(last)) if last else None,
    )
