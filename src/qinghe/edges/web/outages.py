"""Tells a database or a disk that is away from a fault of ours, and what a user reads then.

Django's classes do not: SQLite says OperationalError of a full disk and of a misspelt column alike.
So the driver's own code decides, looked for along the chain of causes, since what breaks in the end
is often a later statement of the same transaction (docs/adr/0073).
"""

import errno
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


@dataclass(frozen=True)
class Outage:
    """What is away, what became of what was sent, and in how many seconds to ask again."""

    code: str
    title: str
    reason: str
    seconds: int


AWAY = Outage(
    "unavailable",
    "系统暂时不可用",
    "数据库暂时没有应答，这次操作没有得到确认，可能没有保存。已确认保存的内容都在。"
    "请稍等片刻，刷新核对；没有保存的，再提交一次。",
    5,
)
FULL = Outage(
    "disk_full",
    "服务器磁盘已满",
    "服务器磁盘已满，这次操作没有保存。之前保存的内容都在。"
    "请通知系统管理员清理磁盘；清理后直接再提交一次，不必等系统重启。",
    60,
)
BUSY = Outage(
    "busy",
    "数据库正忙",
    "数据库正忙，等候超时，这次操作没有保存。之前保存的内容都在。请过几秒再提交一次。",
    5,
)
DAMAGED = Outage(
    "damaged",
    "数据库读取有误",
    "服务器上的数据库文件读取有误，这次操作没有得到确认，可能没有保存。"
    "请通知系统管理员检查磁盘和数据库，恢复后刷新核对；没有保存的，再提交一次。",
    60,
)
FILES = Outage(
    "files_away",
    "文件暂时不能存取",
    "服务器存放文件的目录暂时不能读写，这次操作没有办理。之前保存的内容都在。"
    "请通知系统管理员；恢复后直接再办一次，不必等系统重启。",
    60,
)
# The first byte of SQLite's codes: BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB.
# A disk that fails under it reads as corrupt as often as it reads as failed.
OF_SQLITE = {
    5: BUSY,
    6: BUSY,
    8: AWAY,
    10: AWAY,
    11: DAMAGED,
    13: FULL,
    14: AWAY,
    26: DAMAGED,
}
# disk_full; too_many_connections, out_of_memory; deadlock, query_canceled, lock_not_available
OF_POSTGRESQL = {
    "53100": FULL,
    "53200": BUSY,
    "53300": BUSY,
    "40P01": BUSY,
    "57014": BUSY,
    "55P03": BUSY,
}
OF_FILES = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EACCES: FILES,
    errno.EIO: FILES,
    errno.ENOTCONN: FILES,
    errno.ENXIO: FILES,
    errno.EROFS: FILES,
    errno.ESTALE: FILES,
}


def behind(error: BaseException | None) -> Outage | None:
    """Return the outage that an error comes from, if it comes from one."""
    return next((found for each in _chain(error) if (found := _of(each))), None)


def answer(request: HttpRequest, outage: Outage) -> HttpResponse:
    """Say that something is away, with nothing on the page that needs it."""
    if request.headers.get("HX-Request"):
        page = render_to_string("web/parts/refused.html", {"reason": outage.reason})
    else:
        page = render_to_string("web/unavailable.html", {"outage": outage})
    told = HttpResponse(page, status=503, headers={"Retry-After": str(outage.seconds)})
    told.outage = outage  # type: ignore[attr-defined]  # for a door that answers in another shape
    return told


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _of(error: BaseException) -> Outage | None:
    if isinstance(error, psycopg.OperationalError):
        return OF_POSTGRESQL.get(error.sqlstate or "", AWAY)
    if isinstance(error, psycopg.InterfaceError):
        return AWAY
    if isinstance(error, psycopg.errors.DataCorrupted | psycopg.errors.IndexCorrupted):
        return DAMAGED
    if isinstance(error, OSError):
        return OF_FILES.get(error.errno or 0)
    return OF_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
