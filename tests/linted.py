"""`python -m tests.linted`: hold every migration against django-migration-linter (bar 11).

It asks whether the version before could work on the tables after. What it reads are PostgreSQL's
statements, which are written down here for all migrations in one pass and without a server. What is
found and may stand is in docs/migrations.toml; all else is red, and so is a line there that finds
nothing any more.
"""

import os
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
    django.setup()

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from django.db.migrations import Migration
from django.db.utils import ConnectionHandler
from django_migration_linter import MigrationLinter
from django_migration_linter.sql_analyser import PostgresqlAnalyser, analyse_sql_statements
from django_migration_linter.sql_analyser.base import Issue

from qinghe.config import migrating

KNOWN = Path(__file__).parents[1] / "docs/migrations.toml"
MOST_LANDED = 18  # migrations of before the linter; it may fall and never grow
OLDEST = 150_000  # the PostgreSQL whose statements are written
# What is asked otherwise, or not at all.
EXCLUDED = (
    # How long a lock is held is measured on a whole district (bench/migrations.py), where nobody
    # waits longer than three seconds for one; SQLite cannot make an index beside its writers.
    *("CREATE_INDEX", "CREATE_INDEX_EXCLUSIVE", "DROP_INDEX", "REINDEX"),
    # How variables are called.
    *("RUNPYTHON_ARGS_NAMING_CONVENTION", "RUNPYTHON_MODEL_VARIABLE_NAME"),
)


class Written(DatabaseSchemaEditor):
    """Writes down what PostgreSQL would be told, and asks none what is there."""

    def execute(self, sql, params=()):
        """Write a statement down, its values filled in here and not by a server."""
        BaseDatabaseSchemaEditor.execute(self, sql, params)

    def _constraint_names(self, *_: object, **__: object) -> list[str]:
        return []


def nowhere() -> BaseDatabaseWrapper:
    """Return a connection to PostgreSQL that is never opened."""
    databases = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "none"}}
    made = ConnectionHandler(databases)["default"]
    made.pg_version = OLDEST
    return made


def statements(migration: Migration, *, state: migrating.State, on: BaseDatabaseWrapper):
    """Return what a migration tells PostgreSQL; the state is the one after it then."""
    state.apps.both_ways = any(type(one) not in migrating.ADDING for one in migration.operations)
    editor = Written(on, collect_sql=True)
    editor.deferred_sql = []
    migration.apply(state, editor, collect_sql=True)
    for sql in editor.deferred_sql:
        editor.execute(sql)
    return [line for line in editor.collected_sql if not line.startswith("--")]


def findings(migration: Migration, *, sql: list[str], linter: MigrationLinter) -> list[Issue]:
    """Return what is wrong with a migration, errors and warnings alike."""
    errors, _, warnings = analyse_sql_statements(PostgresqlAnalyser, sql, EXCLUDED)
    more, _, still_more = linter.analyse_data_migration(migration)
    return [*errors, *warnings, *more, *still_more]


def make_linter() -> MigrationLinter:
    """Return the linter of what is Python in a migration."""
    return MigrationLinter(
        no_output=True, analyser_string="postgresql", exclude_migration_tests=EXCLUDED
    )


def every() -> Iterator[tuple[str, list[Issue]]]:
    """Yield each migration of the house by name, in order, with what is wrong with it."""
    executor, linter, on = migrating.Executor(connection), make_linter(), nowhere()
    state = executor._create_project_state()
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    for migration, _ in plan:
        if not type(migration).__module__.startswith("qinghe."):
            migration.mutate_state(state, preserve=False)
            continue
        sql = statements(migration, state=state, on=on)
        name = f"{migration.app_label}.{migration.name}"
        yield name, findings(migration, sql=sql, linter=linter)


def wrong(found: Mapping[str, Iterable[Issue]], *, known: Mapping) -> list[str]:
    """Return what is red: what is found and not known, and what is known and not found."""
    may_stand = dict(known["landed"]) | {
        name: each["finds"] for name, each in known.get("excused", {}).items() if each["why"]
    }
    new = [
        f"{name}: {issue.code} ({issue.message}; {issue.table or '?'}.{issue.column or '?'})"
        for name, issues in found.items()
        for issue in issues
        if issue.code not in may_stand.get(name, ())
    ]
    gone = [
        f"{name}: {code} is in {KNOWN.name} and is not found"
        for name, codes in may_stand.items()
        for code in codes
        if code not in {issue.code for issue in found.get(name, ())}
    ]
    return new + gone


def main() -> None:
    """Say what is wrong, one line each; exit 1 if anything is."""
    known = tomllib.loads(KNOWN.read_text(encoding="utf-8"))
    found = dict(every())
    red = wrong(found, known=known)
    if len(known["landed"]) > MOST_LANDED:
        red.append(f"{KNOWN.name}: {len(known['landed'])} landed, more than {MOST_LANDED}")
    for line in red:
        sys.stderr.write(f"✗ {line}\n")
    sys.stdout.write(f"{len(found)} migrations, {len(known['landed'])} known from before\n")
    sys.exit(bool(red))


if __name__ == "__main__":
    main()
