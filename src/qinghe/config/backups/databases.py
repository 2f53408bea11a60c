"""The records of one moment, out of a database that goes on writing, and into an empty one.

On SQLite by VACUUM INTO: a copy of the file in use lacks what lies in its log, and a stepwise copy
begins again with each write. On PostgreSQL by pg_dump on the snapshot in which the rows were
counted.
"""

import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db import connection, connections, transaction
from pysqlite3 import dbapi2 as sqlite

from qinghe.lib.verdicts import Refused

SQLITE, POSTGRESQL = "sqlite", "postgresql"
FILES = {SQLITE: "database.sqlite3", POSTGRESQL: "database.dump"}
_ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
_HEAD = "SELECT seq, hash FROM audit_head"
_APPLIED = "SELECT app, max(name) FROM django_migrations GROUP BY app"


@dataclass(frozen=True)
class Snapshot:
    """What the records of a moment come to."""

    rows: Mapping[str, int]
    migrations: Mapping[str, str]
    audit_seq: int
    audit_hash: str


class _Cursor(Protocol):
    """What both databases' cursors can do."""

    def execute(self, sql: str, /) -> object:
        """Ask a question."""
        ...

    def fetchall(self) -> list[tuple]:
        """Return the answer."""
        ...


def dump(into: Path) -> Snapshot:
    """Write the records of this moment into a new file. Raises Refused: no_programs, not_dumped."""
    return _dump_sqlite(into) if connection.vendor == SQLITE else _dump_postgresql(into)


def load(dumped: Path) -> None:
    """Put the records of a backup into the empty database. Raises Refused: not_loaded."""
    if connection.vendor == SQLITE:
        _load_sqlite(dumped)
    else:
        _run("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", str(dumped))


def is_empty() -> bool:
    """Test if the database has no table yet."""
    if connection.vendor == SQLITE and not Path(connection.settings_dict["NAME"]).exists():
        return True
    return not connection.introspection.table_names()


def here() -> Snapshot:
    """Return what the records come to now."""
    if connection.vendor == SQLITE:
        return snapshot_of_sqlite(Path(connection.settings_dict["NAME"]))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ONE_MOMENT)
        return _counted(cursor, connection.introspection.table_names(cursor))


def faults_of_sqlite(path: Path) -> list[str]:
    """Return what SQLite itself finds wrong with a database file."""
    try:
        with closing(sqlite.connect(f"file:{path}?mode=ro", uri=True)) as own:
            said = [row[0] for row in own.execute("PRAGMA integrity_check(20)")]
            loose = own.execute("PRAGMA foreign_key_check").fetchmany(20)
    except sqlite.DatabaseError as error:
        return [f"数据库文件读不出来：{error}"]
    return [each for each in said if each != "ok"] + [
        f"{row[0]}第{row[1]}行的引用" for row in loose
    ]


def snapshot_of_sqlite(path: Path) -> Snapshot:
    """Return what the records in a database file come to."""
    with closing(sqlite.connect(f"file:{path}?mode=ro", uri=True)) as own:
        cursor = own.cursor()
        cursor.execute("BEGIN")
        named = cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        return _counted(cursor, [row[0] for row in named.fetchall()])


def _dump_sqlite(into: Path) -> Snapshot:
    with closing(sqlite.connect(connection.settings_dict["NAME"])) as own:
        own.execute("VACUUM INTO ?", [str(into)])
    handle = os.open(into, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return snapshot_of_sqlite(into)


def _load_sqlite(dumped: Path) -> None:
    connections.close_all()
    target = Path(connection.settings_dict["NAME"])
    shutil.copyfile(dumped, target.with_suffix(".part"))
    target.with_suffix(".part").chmod(0o600)
    os.replace(target.with_suffix(".part"), target)


def _dump_postgresql(into: Path) -> Snapshot:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ONE_MOMENT)
        cursor.execute("SELECT pg_export_snapshot()")
        name = cursor.fetchone()[0]
        told = _counted(cursor, connection.introspection.table_names(cursor))
        _run(
            "pg_dump", "--format=custom", "--no-owner", "--no-privileges",
            f"--snapshot={name}", f"--file={into}",
        )  # fmt: skip
    return told


def _counted(cursor: _Cursor, tables: Sequence[str]) -> Snapshot:
    def ask(sql: str) -> list[tuple]:
        cursor.execute(sql)
        return cursor.fetchall()

    quoted = {table: connection.ops.quote_name(table) for table in sorted(tables)}
    rows = {
        table: int(ask(f"SELECT count(*) FROM {name}")[0][0])  # noqa: S608  our own tables
        for table, name in quoted.items()
    }
    head = ask(_HEAD) if "audit_head" in rows else []
    seq, hashed = head[0] if head else (0, "")
    applied = ask(_APPLIED) if "django_migrations" in rows else []
    return Snapshot(rows, dict(applied), int(seq), str(hashed))


def _run(program: str, *arguments: str) -> None:
    known = connection.settings_dict
    told = {
        "PGHOST": known["HOST"],
        "PGPORT": known["PORT"],
        "PGUSER": known["USER"],
        "PGPASSWORD": known["PASSWORD"],
        "PGDATABASE": known["NAME"],
        "PGSSLMODE": known.get("OPTIONS", {}).get("sslmode", ""),
        "PGSSLROOTCERT": known.get("OPTIONS", {}).get("sslrootcert", ""),
        "PGTARGETSESSIONATTRS": known.get("OPTIONS", {}).get("target_session_attrs", ""),
    }
    into = [f"--dbname={known['NAME']}"] if program == "pg_restore" else []
    done = subprocess.run(  # noqa: S603  PostgreSQL's own programs
        [_find_program(program), *into, *arguments],
        env={**os.environ, **{name: str(value) for name, value in told.items() if value}},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        code = "not_dumped" if program == "pg_dump" else "not_loaded"
        raise Refused(code, f"{program}没有成功：{done.stderr.strip()[-400:]}")


def _find_program(name: str) -> str:
    """Return where one of PostgreSQL's own programs lies. Raises Refused: no_programs."""
    found = shutil.which(name)
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=_major)
    if found is None and not places:
        raise Refused(
            "no_programs",
            f"本机没有{name}，没有备份也没有恢复；请安装与服务器同版本的 PostgreSQL 客户端。",
        )
    return found or str(places[-1])


def _major(path: Path) -> int:
    return int(path.parts[-3]) if path.parts[-3].isdigit() else 0


def data_folder() -> Path:
    """Return the folder that holds everything a run writes."""
    return Path(settings.QINGHE_DATA)


@contextmanager
def aside(name: str) -> Iterator[Path]:
    """Yield an empty folder in the data folder, to one process at a time; it goes at the end.

    What a process left that was killed meanwhile goes with the next one. Raises Refused: other_backup.
    """
    folder = data_folder() / f".{name}"
    with folder.with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(
                "other_backup",
                "另一份加密备份正在制作或核对，这一次没有进行，没有改动任何数据；请等它结束后再运行。",
            ) from None
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
