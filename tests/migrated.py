"""An empty database that has every migration: made once, then copied, for migrating takes long.

It is kept beside the environment that made it, under the hash of all that it is made from.
"""

import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.db import connection
from psycopg import sql

from qinghe.config.backups import databases

ROOT = Path(__file__).parents[1]
KEPT = Path(sys.prefix) / "migrated"
DAY = 24 * 3600  # seconds
MADE_FROM = ("src/qinghe/**/migrations/*.py", "src/qinghe/lib/triggers.py", "requirements/base.txt")


def into(folder: Path) -> Path:
    """Put the database of a new, empty installation into a data folder, and return the folder."""
    shutil.copyfile(_file(), folder / "qinghe.sqlite3")
    return folder


def begin_from_a_copy() -> None:
    """Let the database of the tests begin with the migrations in it."""
    wanted = connection.settings_dict["TEST"]
    if connection.vendor == "postgresql":
        wanted["TEMPLATE"] = _on_the_server()
    else:
        shutil.copyfile(_file(), wanted["NAME"])


def make() -> None:
    """Make what tests begin with, so that it is kept when they do; .ci/run does while it checks."""
    _on_the_server() if connection.vendor == "postgresql" else _file()


def remove() -> None:
    """Remove the tests' copy; PostgreSQL's goes with its database."""
    if connection.vendor != "sqlite":
        return
    connection.close()
    for ending in ("", "-wal", "-shm", "-line"):
        Path(f"{connection.settings_dict['TEST']['NAME']}{ending}").unlink(missing_ok=True)


def _file() -> Path:
    made = KEPT / f"{_hash()}.sqlite3"
    with _alone("sqlite"):
        if not made.exists():
            for old in KEPT.glob("[0-9a-f]*.*"):  # another checkout may just be copying its own
                if time.time() - old.stat().st_mtime > DAY:
                    old.unlink()
            with tempfile.TemporaryDirectory() as folder:
                if (base := _nearest()) is not None:
                    shutil.copyfile(base, f"{folder}/qinghe.sqlite3")
                _migrate(QINGHE_DATA=folder)
                own = sqlite3.connect(f"{folder}/qinghe.sqlite3")
                own.execute("VACUUM INTO ?", [f"{folder}/whole"])
                own.close()
                shutil.move(f"{folder}/whole", made)
            made.with_suffix(".json").write_text(json.dumps(_parts()))
    return made


def _nearest() -> Path | None:
    """Return the kept database that lacks least of what this one is made from, and has no more."""
    parts, known = _parts(), {}
    for listed in KEPT.glob("*.json"):
        its = json.loads(listed.read_text())
        if its.items() <= parts.items() and listed.with_suffix(".sqlite3").exists():
            known[len(its)] = listed.with_suffix(".sqlite3")
    return known[max(known)] if known else None


def _on_the_server() -> str:
    """Return the name of the database on the tests' server that others are made from."""
    name = f"qinghe_{_hash()[:16]}"
    user, password, host, port = (
        quote(str(connection.settings_dict[key]), safe="")
        for key in ("USER", "PASSWORD", "HOST", "PORT")
    )
    address = f"postgresql://{user}:{password}@/{{}}?host={host}&port={port or 5432}"
    with (
        _alone("postgresql"),
        psycopg.connect(address.format("postgres"), autocommit=True) as cursor,
    ):
        if not cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            being_made = sql.Identifier(f"{name}_being_made")
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(being_made))
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(being_made))
            _fill(address.format(f"{name}_being_made"))
            renamed = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            cursor.execute(renamed.format(being_made, sql.Identifier(name)))
    return name


def _fill(address: str) -> None:
    """Migrate an empty database on the server, or lay a kept one's dump into it."""
    kept = KEPT / f"{_hash()}.dump"
    if kept.exists():
        _run_program("pg_restore", "--exit-on-error", "--no-owner", f"--dbname={address}", kept)
        return
    _migrate(DATABASE_URL=address)
    written = kept.with_suffix(".part")
    _run_program("pg_dump", "--format=custom", f"--dbname={address}", f"--file={written}")
    written.rename(kept)


def _run_program(name: str, *words: str | Path) -> None:
    subprocess.run([databases.find_program(name), *map(str, words)], check=True)


def _migrate(**environment: str) -> None:
    others = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"],
        env=others | environment,
        check=True,
    )


def _hash() -> str:
    return hashlib.sha256(json.dumps(_parts()).encode()).hexdigest()


def _parts() -> dict[str, str]:
    """Return what a database is made from, each file with the hash of what it says."""
    files = sorted(path for pattern in MADE_FROM for path in ROOT.glob(pattern))
    said = {str(path.relative_to(ROOT)): path.read_bytes() for path in files}
    return {"python": sys.version} | {
        name: hashlib.sha256(text).hexdigest() for name, text in said.items()
    }


@contextmanager
def _alone(database: str) -> Iterator[None]:
    """Keep other processes of the tests out meanwhile."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / f"{database}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
