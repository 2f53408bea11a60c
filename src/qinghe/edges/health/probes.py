"""What is looked at to tell whether the platform runs: each probe is one question and its answer.

A probe never raises: what cannot be asked has failed. Words are for the status page; the state is
for whoever balances load; the value is for whoever draws a curve.
"""

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Min, QuerySet
from django_tasks_db.models import DBTaskResult

from qinghe.analytics import store
from qinghe.edges.hooks.models import Dispatch
from qinghe.edges.jobs import worker as jobs_worker
from qinghe.kernel.audit import queries as audit
from qinghe.kernel.audit.models import Outcome
from qinghe.kernel.notices.models import Delivery
from qinghe.lib.verdicts import Refused

from . import durable

GB = 1024**3
FACTS_LATE = timedelta(hours=26)  # rebuilt each night
CHAIN_LATE = timedelta(hours=50)
WORKER_LATE = timedelta(seconds=60)
QUEUE_LATE = timedelta(minutes=15)
SENDING_LATE = timedelta(hours=1)
DRILL_LATE = timedelta(days=31)  # bar 10
DISK_LOW, DISK_SHARE = 2 * GB, 0.10  # bar 8
DISK_OUT = 200 * 1024**2


class State(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAILED = "failed"


ORDER = tuple(State)


@dataclass(frozen=True)
class Answer:
    """What a probe found."""

    state: State
    words: str
    value: float | None = None


@dataclass(frozen=True)
class Probe:
    """One question; without `needed` it may fail, and pages are served all the same."""

    code: str
    label: str
    unit: str
    ask: Callable[[datetime], Answer]
    needed: bool = False


@dataclass(frozen=True)
class Found:
    """A probe with its answer."""

    probe: Probe
    answer: Answer


def ask_all(at: datetime) -> list[Found]:
    """Ask every probe, in order."""
    return [Found(probe, _asked(probe, at=at)) for probe in PROBES]


def is_ready(found: Sequence[Found]) -> bool:
    """Test if requests may be sent here: nothing that pages need has failed."""
    return not any(each.probe.needed and each.answer.state == State.FAILED for each in found)


def worst(found: Sequence[Found]) -> State:
    """Return the state of the whole: its worst part's."""
    return max((each.answer.state for each in found), key=ORDER.index, default=State.OK)


def _asked(probe: Probe, *, at: datetime) -> Answer:
    try:
        return probe.ask(at)
    except (DatabaseError, OSError):
        return Answer(State.FAILED, "没有查到：数据库或磁盘没有应答，请先处理上面没有通过的一项。")


def _database(at: datetime) -> Answer:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if connection.vendor == "sqlite":
        return Answer(State.OK, f"SQLite {sqlite3.sqlite_version}，应答正常")
    if off := durable.switched_off():
        words = f"PostgreSQL 关闭了 {'、'.join(off)}，崩溃时会丢失已保存的内容；请打开。"
        return Answer(State.WARN, words)
    return Answer(State.OK, f"PostgreSQL {connection.get_database_version()[0]}，应答正常")


_up_to_date: set[str] = set()  # what this process has once found: code does not change under it


def _migrations(at: datetime) -> Answer:
    name = str(connection.settings_dict["NAME"])
    if name not in _up_to_date:
        executor = MigrationExecutor(connection)
        lacking = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if lacking:
            words = f"还有{lacking}项数据表更新没有执行；请重新启动服务，启动时会执行。"
            return Answer(State.FAILED, words, lacking)
        _up_to_date.add(name)
    return Answer(State.OK, "数据表与程序一致", 0)


def _disk(at: datetime) -> Answer:
    used = shutil.disk_usage(settings.QINGHE_DATA)
    words = f"剩余 {used.free / GB:.1f} GB，占 {used.free / used.total:.0%}"
    if used.free < DISK_OUT:
        return Answer(State.FAILED, f"{words}；即将写满，请立即清理磁盘。", used.free)
    if used.free < DISK_LOW or used.free < DISK_SHARE * used.total:
        return Answer(State.WARN, f"{words}；不足 2 GB 或十分之一，请清理磁盘。", used.free)
    return Answer(State.OK, words, used.free)


def _worker(at: datetime) -> Answer:
    beat = jobs_worker.last_beat()
    if beat is None:
        return Answer(State.WARN, "还没有启动过；导入、导出和提醒会一直排队，请启动任务进程。")
    age = max((at - beat).total_seconds(), 0)
    if age > WORKER_LATE.total_seconds():
        words = f"{_span(age)}没有动静；导入、导出和提醒都在排队，请重新启动任务进程。"
        return Answer(State.WARN, words, age)
    return Answer(State.OK, "正在工作", age)


def _queue(at: datetime) -> Answer:
    waiting = _oldest(DBTaskResult.objects.ready(), by="enqueued_at")
    return _late(waiting, at=at, most=QUEUE_LATE, what="项任务在排队", none="没有任务在排队")


def _sending(at: datetime) -> Answer:
    due = (
        _oldest(Delivery.objects.filter(state=Delivery.State.QUEUED), by="next_try"),
        _oldest(Dispatch.objects.filter(state=Dispatch.State.WAITING), by="next_try"),
    )
    since = min((since for _, since in due if since), default=None)
    waiting = (sum(count for count, _ in due), since)
    return _late(waiting, at=at, most=SENDING_LATE, what="条待发", none="没有待发")


def _facts(at: datetime) -> Answer:
    try:
        as_of = store.current().as_of
    except Refused:
        return Answer(State.WARN, "还没有建立；各页没有数字，请运行一次夜间任务。")
    age = (at - as_of).total_seconds()
    if age > FACTS_LATE.total_seconds():
        return Answer(State.WARN, f"已有{_span(age)}没有重建；请检查夜间任务。", age)
    return Answer(State.OK, f"{_span(age)}前重建", age)


def _chain(at: datetime) -> Answer:
    checked = audit.newest("audit.verify")
    if checked is None:
        return Answer(State.WARN, "还没有校验过；请检查夜间任务。")
    age = (at - checked.at).total_seconds()
    if checked.outcome != Outcome.DONE:
        return Answer(
            State.FAILED, "最近一次校验没有通过；请保留现场，通知安全管理员和审计员。", age
        )
    if age > CHAIN_LATE.total_seconds():
        return Answer(State.WARN, f"已有{_span(age)}没有校验；请检查夜间任务。", age)
    return Answer(State.OK, f"{_span(age)}前校验通过", age)


def _drill(at: datetime) -> Answer:
    tried = audit.newest("backups.drill")
    since = tried.at if tried else _built_at()
    age = max((at - since).total_seconds(), 0)
    if tried and tried.outcome != Outcome.DONE:
        return Answer(State.FAILED, "最近一次恢复演练没有通过；请查明原因，换一份备份再演练。", age)
    if age > DRILL_LATE.total_seconds():
        words = f"已有{_span(age)}没有做过恢复演练；请运行 ./qinghe drill，确认备份恢复得了。"
        return Answer(State.FAILED, words, age)
    if tried is None:
        return Answer(State.WARN, "还没有做过恢复演练；请备份后运行 ./qinghe drill。", age)
    return Answer(State.OK, f"{_span(age)}前演练通过", age)


def _built_at() -> datetime:
    """Return when this house's first tables were made."""
    return MigrationRecorder(connection).migration_qs.earliest("applied").applied


def _oldest(rows: QuerySet, *, by: str) -> tuple[int, datetime | None]:
    told = rows.order_by().aggregate(count=Count("pk"), since=Min(by))
    return told["count"], told["since"]


def _late(
    waiting: tuple[int, datetime | None], *, at: datetime, most: timedelta, what: str, none: str
) -> Answer:
    count, since = waiting
    if not count:
        return Answer(State.OK, none, 0)
    if since and at - since > most:
        age = _span((at - since).total_seconds())
        return Answer(State.WARN, f"{count:,}{what}，最早的已等了{age}；请看任务进程。", count)
    return Answer(State.OK, f"{count:,}{what}", count)


def _span(seconds: float) -> str:
    """Say a length of time as people do."""
    minutes = max(int(seconds // 60), 0)
    if minutes < 1:
        return "不到1分钟"
    if minutes < 120:
        return f"{minutes}分钟"
    return f"{minutes // 60}小时" if minutes < 72 * 60 else f"{minutes // 1440}天"


PROBES: tuple[Probe, ...] = (
    Probe("database", "数据库", "", _database, needed=True),
    Probe("migrations", "数据表", "lacking", _migrations, needed=True),
    Probe("disk", "磁盘", "free_bytes", _disk, needed=True),
    Probe("worker", "任务进程", "age_seconds", _worker),
    Probe("queue", "后台任务", "waiting", _queue),
    Probe("sending", "通知和推送", "waiting", _sending),
    Probe("facts", "指标数据", "age_seconds", _facts),
    Probe("chain", "操作记录链", "age_seconds", _chain),
    Probe("drill", "恢复演练", "age_seconds", _drill),
)
