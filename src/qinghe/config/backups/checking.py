"""Whether what is kept is whole: here, or in a backup. Nothing is changed by looking."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from qinghe.analytics import frozen
from qinghe.analytics.models import Freezing
from qinghe.kernel.audit import models as audit_models
from qinghe.kernel.audit import verifying
from qinghe.kernel.files import services as files
from qinghe.kernel.files.models import File
from qinghe.kernel.secrets import queries as secrets

from . import databases, manifest

SHOWN = 5


@dataclass(frozen=True)
class Found:
    """What one look found: what was looked at, how much of it, and what is wrong."""

    what: str
    said: str
    faults: tuple[str, ...] = ()


def check_here() -> Iterator[Found]:
    """Look at the database, the chain of audit entries, the keys, the files and the freezings."""
    yield _rows_here()
    yield _audit()
    yield Found("密钥", "敏感信息读得出", (alarm,) if (alarm := secrets.alarm()) else ())
    yield _files()
    yield _freezings()


def check_backup(backup: Path) -> Iterator[Found]:
    """Look at a backup without restoring it. Raises Refused: no_backup, other_format."""
    known = manifest.read(backup)
    bad = manifest.damaged(backup, known.files)
    yield Found(
        "备份的文件", f"{len(known.files):,}个", _some(f"缺失或损坏：{each}" for each in bad)
    )
    if known.engine != databases.SQLITE:
        return  # what pg_dump wrote is read by restoring it
    dumped = backup / databases.FILES[known.engine]
    faults = databases.faults_of_sqlite(dumped)
    yield Found("备份的数据库", f"{dumped.stat().st_size:,}字节", _some(faults))
    if not faults:
        found = databases.snapshot_of_sqlite(dumped)
        wrong = [table for table, rows in known.rows.items() if found.rows.get(table) != rows]
        total = sum(found.rows.values())
        yield Found(
            "备份的记录", f"{total:,}行", _some(f"{table}的行数与清单不符" for table in wrong)
        )


def _rows_here() -> Found:
    faults: list[str] = []
    if connection.vendor == databases.SQLITE:
        faults = databases.faults_of_sqlite(Path(connection.settings_dict["NAME"]))
    rows = databases.here().rows
    return Found("数据库", f"{len(rows):,}张表，{sum(rows.values()):,}行", _some(faults))


def _audit() -> Found:
    checked = verifying.verify(anchors=[])
    fault = checked.fault
    said = (f"第{fault.seq}条{fault.kind.label}",) if fault else ()
    return Found("操作记录链", f"{checked.count:,}条", said)


def _files() -> Found:
    wiped = set(
        audit_models.Entry.objects.filter(verb="files.wipe").values_list("first_id", flat=True)
    )
    kept = [file for file in File.objects.order_by("pk").iterator() if file.pk not in wiped]
    bad = (f"{file.name}（{file.sha256[:8]}）" for file in kept if not files.is_whole(file))
    return Found("附件", f"{len(kept):,}个", _some(f"缺失、损坏或打不开：{each}" for each in bad))


def _freezings() -> Found:
    faults, figures = [], 0
    freezings = list(Freezing.objects.order_by("pk"))
    for freezing in freezings:
        counted = frozen.recount(freezing)
        figures += counted.figures
        if not counted.equal:
            faults.append(f"{freezing}重算结果不同，请用 manage recompute 查看")
    return Found("封存的总结", f"{len(freezings)}次，{figures:,}个数字重算", _some(faults))


def _some(faults: Iterable[str]) -> tuple[str, ...]:
    told = list(faults)
    rest = len(told) - SHOWN
    return (*told[:SHOWN], f"……另有{rest:,}处") if rest > 0 else tuple(told)
