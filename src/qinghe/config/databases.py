"""Which databases there are, from the environment: SQLite, or PostgreSQL with what stands around it.

DATABASE_URL may name several hosts, of which the one that takes writes is used. Pages go through
DATABASE_POOL_URL, a PgBouncer that lends a connection for one transaction, where there is one;
commands never do: pg_dump and migrations leave settings behind on a connection (ADR 0080).
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from psycopg import Error
from psycopg.conninfo import conninfo_to_dict

READ = "read"  # the replica that lists may be read from
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864;"
)
LIMITS = (
    "-c lock_timeout=3s -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s"
    " -c client_connection_check_interval=2s"  # what nobody waits for any more, it breaks off
)
# A host is waited for so many seconds, before the next is asked or the page says no (bar 44).
PATIENCE = "3"
# Where a statement may run for 30 s, who hears nothing for a minute talks to a server that is gone.
LONGEST = 60.0


def chosen(*, path: Path, test_path: Path, web: bool) -> dict[str, dict[str, object]]:
    """Return the databases that the environment names."""
    url, pool, replica = (
        os.environ.get(name, "")
        for name in ("DATABASE_URL", "DATABASE_POOL_URL", "DATABASE_READ_URL")
    )
    if not url:
        if pool or replica:
            raise ImproperlyConfigured("DATABASE_POOL_URL and DATABASE_READ_URL want DATABASE_URL.")
        return {"default": sqlite(path=path, test_path=test_path)}
    found = {"default": pooled(pool) if pool and web else postgresql(url, web=web)}
    if replica and web:
        found[READ] = postgresql(replica, web=True, name="DATABASE_READ_URL") | {
            "TEST": {"MIRROR": "default"}
        }
    return found


def sqlite(*, path: Path, test_path: Path) -> dict[str, object]:
    """Return the settings of the bundled database: durable, and one writer at a time."""
    return {
        "ENGINE": "qinghe.config.engines.sqlite",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": SQLITE_PRAGMAS,
        },
        # A file, not memory: facts are read from it by a second driver.
        "TEST": {"NAME": str(test_path)},
    }


def postgresql(url: str, *, web: bool, name: str = "DATABASE_URL") -> dict[str, object]:
    """Return the settings of the PostgreSQL database that an address names.

    Web requests may not wait or run for long; commands and rebuilds may.
    """
    options = _read(url, name=name)
    known = {key: options.pop(key, "") for key in ("dbname", "user", "password", "host", "port")}
    if web:
        options["options"] = LIMITS
        options.setdefault("connect_timeout", PATIENCE)
    return {
        "ENGINE": "qinghe.config.engines.postgresql",
        "NAME": known["dbname"],
        "USER": known["user"],
        "PASSWORD": known["password"],
        "HOST": known["host"],
        "PORT": known["port"],
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # Values go beside a statement and are not written into it: a third more scans a second.
        "OPTIONS": {
            **options,
            "server_side_binding": True,
            **({"longest": LONGEST} if web else {}),
        },
    }


def pooled(url: str) -> dict[str, object]:
    """Return the settings of a PgBouncer that lends a connection for one transaction.

    What a connection is told for longer than that reaches somebody else: so no cursor is kept on the
    server, and the limits of pages stand in PgBouncer's own file (deploy/pgbouncer.ini).
    """
    settings = postgresql(url, web=False, name="DATABASE_POOL_URL")
    options = settings["OPTIONS"]
    assert isinstance(options, dict)  # noqa: S101  made above
    options.setdefault("connect_timeout", PATIENCE)
    options["longest"] = LONGEST
    return settings | {"DISABLE_SERVER_SIDE_CURSORS": True}


def _read(url: str, *, name: str) -> dict[str, str]:
    wanted = f"{name} must look like postgresql://user@host:5432/name."
    if not url.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured(wanted)
    try:
        given = conninfo_to_dict(url)
    except Error as error:
        raise ImproperlyConfigured(wanted) from error
    read = {key: str(word) for key, word in given.items() if word is not None}
    if not read.get("dbname"):
        raise ImproperlyConfigured(wanted)
    return read


class Router:
    """Sends every write to the database that takes writes, and reads where they were begun."""

    def db_for_write(self, model: type, **hints: object) -> str:
        """Return the one that takes writes, wherever a row was read."""
        return "default"

    def allow_relation(self, one: object, other: object, **hints: object) -> bool:
        """Let rows from both stand beside each other: they are the same rows."""
        return True

    def allow_migrate(self, alias: str, app_label: str, **hints: object) -> bool:
        """Keep migrations off the replica, which gets all from the other."""
        return alias == "default"
