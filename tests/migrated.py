"""An installation that is empty and has every migration: made once, then copied, for it takes long.

It is kept beside the environment that made it, under the hash of all that it is made from.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.db import connection
from django.db.backends.sqlite3.base import Database
from django.test import override_settings
from psycopg import sql

from qinghe.config import collecting

ROOT = Path(__file__).parents[1]
KEPT = Path(sys.prefix) / "migrated"
DAY = 24 * 3600  # seconds
MADE_FROM = (
    "src/qinghe/**/migrations/*.py",
    "src/qinghe/lib/triggers.py",
    "src/qinghe/config/migrating.py",
    "requirements/base.txt",
)


def into(folder: Path) -> Path:
    """Put the database of a new, empty installation into a data folder, and return the folder."""
    shutil.copyfile(_file(), folder / "qinghe.sqlite3")
    return folder


def served_before(folder: Path) -> Path:
    """Put a new installation into a data folder that was served once: its static files are there."""
    shutil.copytree(_collected(), into(folder), dirs_exist_ok=True)
    return folder


@contextmanager
def apart() -> Iterator[str]:
    """Yield the address of the database of a new, empty installation on the tests' server."""
    template, name = _on_the_server(), f"qinghe_apart_{os.getpid()}"
    with psycopg.connect(_address().format("postgres"), autocommit=True) as cursor:
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        cursor.execute(made.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield _address().format(name)
        finally:
            dropped = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            cursor.execute(dropped.format(sql.Identifier(name)))


def begin_from_a_copy() -> None:
    """Let the database of the tests begin with the migrations in it."""
    wanted = connection.settings_dict["TEST"]
    if connection.vendor == "postgresql":
        wanted["TEMPLATE"] = _on_the_server()
    else:
        shutil.copyfile(_file(), wanted["NAME"])


def lay_back() -> None:
    """Make the tests' database on SQLite again what it began as; other connections may stay open."""
    connection.ensure_connection()
    with closing(Database.connect(f"{_file().as_uri()}?mode=ro", uri=True)) as made:
        made.backup(connection.connection)


def remove() -> None:
    """Remove the tests' copy; PostgreSQL's goes with its database."""
    if connection.vendor != "sqlite":
        return
    connection.close()
    for ending in ("", "-wal", "-shm", "-line"):
        Path(f"{connection.settings_dict['TEST']['NAME']}{ending}").unlink(missing_ok=True)


@cache
def _file() -> Path:
    made = KEPT / f"{_hash()}.sqlite3"
    with _alone("sqlite"):
        if not made.exists():
            _forget(KEPT.glob("[0-9a-f]*.*"))
            with tempfile.TemporaryDirectory() as folder:
                _migrate(QINGHE_DATA=folder)
                own = sqlite3.connect(f"{folder}/qinghe.sqlite3")
                own.execute("VACUUM INTO ?", [f"{folder}/whole"])
                own.close()
                shutil.move(f"{folder}/whole", made)
    return made


def _collected() -> Path:
    made = KEPT / f"static-{collecting.digest()[:16]}"
    with _alone("static"):
        if not made.exists():
            _forget(KEPT.glob("static-*"))
            with tempfile.TemporaryDirectory(dir=KEPT) as folder:
                whole = Path(folder) / "whole"
                with override_settings(QINGHE_DATA=whole, STATIC_ROOT=whole / "static"):
                    collecting.collect()
                whole.rename(made)
    return made


def _on_the_server() -> str:
    """Return the name of the database on the tests' server that others are made from."""
    name, address = f"qinghe_{_hash()[:16]}", _address()
    with (
        _alone("postgresql"),
        psycopg.connect(address.format("postgres"), autocommit=True) as cursor,
    ):
        if not cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            being_made = sql.Identifier(f"{name}_being_made")
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(being_made))
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(being_made))
            _migrate(DATABASE_URL=address.format(f"{name}_being_made"))
            renamed = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            cursor.execute(renamed.format(being_made, sql.Identifier(name)))
    return name


def _address() -> str:
    """Return how a database on the tests' server is reached, but for its name."""
    user, password, host, port = (
        quote(str(connection.settings_dict[key]), safe="")
        for key in ("USER", "PASSWORD", "HOST", "PORT")
    )
    return f"postgresql://{user}:{password}@/{{}}?host={host}&port={port or 5432}"


def _migrate(**environment: str) -> None:
    others = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"],
        env=others | environment,
        check=True,
    )


def _forget(kept: Iterable[Path]) -> None:
    for old in kept:
        if time.time() - old.stat().st_mtime > DAY:  # another checkout may just be copying its own
            old.unlink() if old.is_file() else shutil.rmtree(old)


def _hash() -> str:
    made = hashlib.sha256(sys.version.encode())
    for path in sorted(path for pattern in MADE_FROM for path in ROOT.glob(pattern)):
        made.update(f"{path.relative_to(ROOT)}\n".encode())
        made.update(path.read_bytes())
    return made.hexdigest()


@contextmanager
def _alone(database: str) -> Iterator[None]:
    """Keep other processes of the tests out meanwhile."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / f"{database}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
