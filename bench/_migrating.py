"""`python -m bench._migrating`: bring the tables of the house given up to date, and print how that went.

How long each migration took; on PostgreSQL which locks on tables that were there it held, from the
statement that took them to the commit; how many rows are gone; and what the tables look like now.
"""

import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.migrations import Migration  # noqa: E402
from django.db.migrations.state import ProjectState  # noqa: E402

from qinghe.config import migrating  # noqa: E402
from qinghe.config.backups import databases  # noqa: E402

# Those that keep others from writing, or from reading too.
HELD = """
    SELECT relation::regclass::text, mode FROM pg_locks
    WHERE pid = pg_backend_pid() AND granted AND locktype = 'relation'
    AND mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
"""
HARMLESS = ("SELECT", "INSERT", "UPDATE", "DELETE", "SAVEPOINT", "RELEASE")  # take rows, no table
# What a database says of its own tables, each line a column, a constraint, an index or a trigger.
OF_SQLITE = (
    'SELECT m.name, c.name, c.type, c."notnull", c.dflt_value, c.pk'
    " FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'",
    'SELECT m.name, k."from", k."table", k."to"'
    " FROM sqlite_master m, pragma_foreign_key_list(m.name) k WHERE m.type = 'table'",
    "SELECT type, tbl_name, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql <> ''",
)
NAMED = re.compile(r'CONSTRAINT "(\w+)" (?:CHECK|UNIQUE)')
OF_POSTGRESQL = (
    "SELECT table_name, column_name, data_type, is_nullable, column_default, character_maximum_length"
    " FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace",
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
)


class Locks:
    """Since when a migration holds which lock on which table."""

    def __init__(self) -> None:
        self.since: dict[tuple[str, str], float] = {}

    def watch(self, execute: Callable, sql: str, params: object, many: bool, context: dict):
        """Run a statement, and see what is held after it."""
        began = time.perf_counter()
        result = execute(sql, params, many, context)
        if not sql.lstrip().upper().startswith(HARMLESS):
            with connection.connection.cursor() as own:  # past this wrapper
                for held in own.execute(HELD).fetchall():
                    self.since.setdefault(held, began)
        return result


class Watched(migrating.Executor):
    """The executor of the house, with a watch."""

    told: list[dict[str, object]] = []

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:  # fmt: skip
        """Carry one migration out, and note what it took."""
        there, locks = set(connection.introspection.table_names()), Locks()
        began = time.perf_counter()
        if connection.vendor == "postgresql":
            with connection.execute_wrapper(locks.watch):
                after = super().apply_migration(state, migration, fake, fake_initial)
        else:
            after = super().apply_migration(state, migration, fake, fake_initial)
        ended = time.perf_counter()
        held = [
            {"table": table, "mode": mode, "seconds": ended - since}
            for (table, mode), since in locks.since.items()
            if table in there
        ]
        name = f"{migration.app_label} {migration.name}"
        self.told.append({"name": name, "seconds": ended - began, "held": held})
        return after


def main() -> None:
    """Migrate as `manage migrate` does, but for the backup, which has a measure of its own."""
    before = {} if databases.is_empty() else databases.here().rows
    migrating.Executor = Watched  # type: ignore[misc]  # the one that the command takes
    began = time.perf_counter()
    call_command("migrate", verbosity=0, no_backup=True)
    seconds = time.perf_counter() - began
    now = databases.here().rows
    told = {
        "seconds": seconds,
        "each": Watched.told,
        "rows": sum(before.values()),
        "gone": sum(max(0, rows - now.get(table, 0)) for table, rows in before.items()),
        "tables": sorted(set(structure())),
    }
    sys.stdout.write(json.dumps(told))


def structure() -> Iterator[str]:
    """Return the columns, constraints, indexes and triggers there are, each as a line."""
    with connection.cursor() as cursor:
        for statement in OF_SQLITE if connection.vendor == "sqlite" else OF_POSTGRESQL:
            cursor.execute(statement)
            yield from (" ".join(map(str, row)) for row in cursor.fetchall())
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
            for table, sql in cursor.fetchall():
                yield from (f"{table} {name}" for name in NAMED.findall(sql))


if __name__ == "__main__":
    main()
