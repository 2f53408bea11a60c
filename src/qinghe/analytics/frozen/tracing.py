"""The records behind a frozen figure, from the frozen facts, whatever was mended since."""

from dataclasses import dataclass

from qinghe.analytics.models import Freezing
from qinghe.lib.verdicts import Refused

from . import defining, folders
from .defining import Formula, Part

PARTS = ("top", "bottom")


@dataclass(frozen=True)
class Behind:
    """One page of the ids behind a frozen figure, and how many there are."""

    model: str
    label: str
    ids: list[int]
    count: int


def behind(
    freezing: Freezing, *, code: str, org_id: int, part: str, offset: int, limit: int
) -> Behind:
    """Return a page of the records that a frozen figure was counted from.

    Raises Refused: facts_not_kept, facts_damaged, unknown_indicator, unknown_part.
    """
    found = half(formula(freezing, code), part)
    check_whole(freezing)
    with folders.opened({"kept": freezing.folder}) as db:
        db.execute("SET schema = 'kept'")
        ids = f"SELECT record_id FROM ({found.records}) WHERE ancestor_id = {int(org_id)}"  # noqa: S608 - compiled by ibis
        ((count,),) = db.execute(f"SELECT count(*) FROM ({ids})").fetchall()  # noqa: S608 - the same
        page = f"{ids} ORDER BY record_id LIMIT {int(limit)} OFFSET {int(offset)}"
        rows = db.execute(page).fetchall()
    return Behind(found.model, found.label, [row[0] for row in rows], int(count))


def formula(freezing: Freezing, code: str) -> Formula:
    """Return how a frozen figure was counted. Raises Refused: facts_not_kept, unknown_indicator."""
    if not freezing.folder:
        raise Refused(
            "facts_not_kept", "这次封存早于事实数据的留存，只有数字，没有可以查看的记录清单。"
        )
    path = folders.root() / freezing.folder / defining.NAME
    if not path.exists():
        raise damaged()
    known = defining.load(path)
    if code not in known:
        raise Refused("unknown_indicator", f"这次封存没有编号为“{code}”的指标，请核对编号。")
    return known[code]


def half(found: Formula, part: str) -> Part:
    """Return what reads facts: the formula's only part, or one half. Raises Refused: unknown_part."""
    if len(found.parts) == 1:
        return found.parts[0]
    if part not in PARTS:
        raise Refused("unknown_part", "比率只有分子（top）和分母（bottom）两部分的记录。")
    return found.parts[PARTS.index(part)]


def check_whole(freezing: Freezing) -> None:
    """Refuse to read facts that are not those that were frozen. Raises Refused: facts_damaged."""
    if folders.damaged(freezing.folder, sha256=freezing.sha256):
        raise damaged()


def damaged() -> Refused:
    """Say that the files are not what was frozen."""
    return Refused(
        "facts_damaged",
        "封存的事实文件与校验值不符，不能据此列出记录；已封存的数字不受影响，请通知系统管理员从备份恢复。",
    )
