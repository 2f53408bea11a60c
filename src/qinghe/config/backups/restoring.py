"""Putting a backup into the place of an installation that has nothing yet."""

import os
import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection

from qinghe.kernel.secrets import queries as secrets
from qinghe.lib.verdicts import Refused

from . import databases, manifest
from .making import ASIDE
from .manifest import Manifest

LATER = ".restoring"


def restore(*, backup: Path, keys: Path | None) -> Manifest:
    """Put the records and files of a backup in their places, and the keys where they are given.

    Everything is checked before anything is written, and nothing that is there is overwritten.
    Raises Refused: no_backup, other_format, other_engine, damaged, not_empty, no_keys, not_loaded,
    other_rows, key_missing.
    """
    known = manifest.read(backup)
    _check(backup, known)
    _check_empty()
    if keys is not None:
        _put_keys(keys)
    databases.load(backup / databases.FILES[known.engine])
    _put_files(backup, known)
    _check_rows(known)
    if alarm := secrets.alarm():
        raise Refused(
            "key_missing",
            f"数据已恢复，但密钥不在：{alarm}请把密钥备份放回{settings.QINGHE_KEYS}再运行 verify。",
        )
    return known


def _check(backup: Path, known: Manifest) -> None:
    if known.engine != connection.vendor:
        raise Refused(
            "other_engine",
            f"这份备份来自{known.engine}，本机配置的是{connection.vendor}，没有恢复；"
            "请按备份的数据库设置 DATABASE_URL。",
        )
    if bad := manifest.damaged(backup, known.files):
        raise Refused(
            "damaged",
            f"备份有{len(bad)}个文件缺失或损坏（如{bad[0]}），没有恢复；请换一份备份。",
        )


def _check_empty() -> None:
    root = databases.data_folder()
    kept = [name for name in manifest.KEPT if any((root / name).glob("[!.]*"))]
    if kept or not databases.is_empty():
        raise Refused(
            "not_empty",
            f"{root}或数据库里已有数据，没有恢复，也没有覆盖；请另设 QINGHE_DATA 和空数据库再恢复。",
        )


def _put_keys(keys: Path) -> None:
    source = keys / "keys"
    if not source.is_dir():
        raise Refused("no_keys", f"{keys}里没有密钥备份（keys 目录），没有恢复；请核对目录。")
    shutil.copytree(source, settings.QINGHE_KEYS, dirs_exist_ok=True)
    Path(settings.QINGHE_KEYS).chmod(0o700)
    for name in ASIDE:
        if (keys / name).exists():
            shutil.copy2(keys / name, databases.data_folder() / name)


def _put_files(backup: Path, known: Manifest) -> None:
    root = databases.data_folder()
    for kept in manifest.KEPT:
        if not (backup / kept).is_dir():
            continue
        being = root / f"{LATER}-{kept}"
        shutil.rmtree(being, ignore_errors=True)
        shutil.copytree(backup / kept, being)
        shutil.rmtree(root / kept, ignore_errors=True)
        os.replace(being, root / kept)
    if bad := manifest.damaged(root, [each for each in known.files if "/" in each.path]):
        raise Refused(
            "damaged", f"恢复后有{len(bad)}个文件不完整（如{bad[0]}）；请清空后重新恢复。"
        )


def _check_rows(known: Manifest) -> None:
    found = databases.here()
    tables = sorted(known.rows.keys() | found.rows.keys())
    wrong = [table for table in tables if known.rows.get(table) != found.rows.get(table)]
    if wrong or (found.audit_seq, found.audit_hash) != (known.audit_seq, known.audit_hash):
        raise Refused(
            "other_rows",
            f"恢复后的数据与备份清单不符（{'、'.join(wrong[:5]) or '操作记录链头'}）；"
            "请清空后换一份备份恢复。",
        )
