"""Making a backup while the application serves."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from qinghe.lib.verdicts import Refused

from . import databases, manifest, sealing
from .manifest import Copied, Manifest

ASIDE = ("secret.key", "sign-in.json")  # go with the keys


@dataclass(frozen=True)
class Made:
    """A finished backup, and what was copied anew for it."""

    folder: Path  # or the one file, where it is sealed
    manifest: Manifest
    copied: int  # files; the others are shared with the backup before
    keys: Path | None

    @property
    def is_sealed(self) -> bool:
        """Test if it takes a passphrase to read it."""
        return self.folder.suffix == manifest.SEALED


def make(*, into: Path, at: datetime, keys_into: Path | None = None) -> Made:
    """Make a backup in a new folder of `into`; keys go to `keys_into`, if at all.

    What a backup before holds of the same name is shared with it by a hard link: both stay whole
    when the other is deleted. Raises Refused: keys_beside, no_programs, not_dumped, no_space.
    """
    _check_apart(into, keys_into)
    folder = into / f"{manifest.PREFIX}{at:%Y%m%d-%H%M%S}"
    try:
        into.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
        return _made(folder, at=at, keys_into=keys_into)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise _no_space(into, error) from error
    except Refused:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def make_sealed(*, into: Path, at: datetime, phrase: bytes, keys_into: Path | None = None) -> Made:
    """Make a backup as one sealed file of `into`; in clear it never lies outside the data folder.

    Raises Refused: keys_beside, no_programs, not_dumped, no_space, other_backup.
    """
    _check_apart(into, keys_into)
    with databases.aside("sealing") as staging:
        made = make(into=staging, at=at, keys_into=keys_into)
        target = into / f"{made.folder.name}{manifest.SEALED}"
        try:
            into.mkdir(mode=0o700, parents=True, exist_ok=True)
            sealing.seal(made.folder, into=target, phrase=phrase)
        except OSError as error:
            raise _no_space(into, error) from error
    return Made(target, made.manifest, made.copied, made.keys)


def _no_space(into: Path, error: OSError) -> Refused:
    return Refused(
        "no_space",
        f"备份没有写成（{error.strerror or error}），未完成的文件已删除，原有数据没有改动；"
        f"请检查{into}的空间和权限后再运行。",
    )


def _made(folder: Path, *, at: datetime, keys_into: Path | None) -> Made:
    before = _before(folder)
    known: dict[str, Copied] = {}
    # Before the records, and again after them: a file is there before its row, and may be wiped
    # after it, so that whatever a row of that moment names is in one of the two.
    fresh = _copy_new(folder, known=known, before=before)
    dumped = folder / databases.FILES[connection.vendor]
    told = databases.dump(dumped)
    fresh += _copy_new(folder, known=known, before=before)
    made = Manifest(
        made_at=at.isoformat(),
        engine=connection.vendor,
        migrations=told.migrations,
        rows=told.rows,
        audit_seq=told.audit_seq,
        audit_hash=told.audit_hash,
        files=(manifest.copied(folder, dumped), *known.values()),
    )
    manifest.write(folder, made)
    manifest.flush(folder.parent)
    return Made(folder, made, fresh, _copy_keys(keys_into) if keys_into else None)


def _before(folder: Path) -> dict[str, tuple[Path, Copied]]:
    whole = manifest.whole_ones(folder.parent)
    if not whole:
        return {}
    return {each.path: (whole[-1] / each.path, each) for each in manifest.read(whole[-1]).files}


def _copy_new(
    folder: Path, *, known: dict[str, Copied], before: dict[str, tuple[Path, Copied]]
) -> int:
    fresh = 0
    for source, name in _sources():
        if name in known:
            continue
        target = folder / name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        earlier = before.get(name)
        try:
            if earlier and _is_same(source, earlier):
                os.link(earlier[0], target)
                known[name] = earlier[1]
            else:
                shutil.copyfile(source, target)
                known[name] = manifest.copied(folder, target)
                fresh += 1
        except FileNotFoundError:
            continue  # wiped meanwhile, as retention does
    return fresh


def _sources() -> Iterator[tuple[Path, str]]:
    """Return what is kept beside the records; what is just being written has no name of its own."""
    root = databases.data_folder()
    for kept in manifest.KEPT:
        for path in sorted((root / kept).rglob("*")):
            name = path.relative_to(root)
            if path.is_file() and not _is_passing(name):
                yield path, name.as_posix()


def _is_passing(name: Path) -> bool:
    """Test if a file is just being written, or is a lock."""
    hidden = any(part.startswith(".") for part in name.parts)
    return hidden or name.name.startswith("tmp") or name.suffix == ".lock"


def _is_same(source: Path, earlier: tuple[Path, Copied]) -> bool:
    """Test if a backup before has a file: its name is given once for its content."""
    path, said = earlier
    return path.is_file() and source.stat().st_size == said.size == path.stat().st_size


def _check_apart(into: Path, keys_into: Path | None) -> None:
    if keys_into is None:
        return
    one, other = into.absolute(), keys_into.absolute()
    if one == other or one in other.parents or other in one.parents:
        raise Refused(
            "keys_beside",
            "密钥要和数据备份分开放：拿到两者的人就能读出全部敏感信息。没有备份；请换一个目录放密钥。",
        )


def _copy_keys(into: Path) -> Path:
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copytree(settings.QINGHE_KEYS, into / "keys", dirs_exist_ok=True)
    for name in ASIDE:
        source = databases.data_folder() / name
        if source.exists():
            shutil.copy2(source, into / name)
    return into
