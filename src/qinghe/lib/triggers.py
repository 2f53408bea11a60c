"""The SQL by which a database itself refuses to change or delete the rows of a table.

The model says no as well; this stands where somebody goes past it.
"""

from collections.abc import Iterable


def refusing(vendor: str, *, tables: Iterable[str], said: str, kept_when: str = "") -> list[str]:
    """Return the statements that guard tables; `said` is what the database answers.

    With `kept_when`, a condition on OLD, rows for which it does not hold may still be deleted.
    """
    build = {"sqlite": _sqlite, "postgresql": _postgresql}[vendor]
    return [statement for table in tables for statement in build(table, said, kept_when)]


def allowing(vendor: str, *, tables: Iterable[str]) -> list[str]:
    """Return the statements that take the guard away again."""
    if vendor == "sqlite":
        return [
            f"DROP TRIGGER IF EXISTS {table}_{what}"
            for table in tables
            for what in ("no_change", "no_deletion", "no_replacement")
        ]
    return [
        statement
        for table in tables
        for statement in (
            f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}",
            f"DROP TRIGGER IF EXISTS {table}_no_truncation ON {table}",
            f"DROP FUNCTION IF EXISTS {table}_guard()",
        )
    ]


def _sqlite(table: str, said: str, kept_when: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
    when = f" WHEN {kept_when}" if kept_when else ""
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # noqa: S608 - names of ours
    return [
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_deletion BEFORE DELETE ON {table}{when} {refuse}",
        # INSERT OR REPLACE would delete the row in its way without asking the trigger above.
        f"CREATE TRIGGER {table}_no_replacement BEFORE INSERT ON {table} WHEN {taken} {refuse}",
    ]


def _postgresql(table: str, said: str, kept_when: str) -> list[str]:
    leave = f" IF TG_OP = 'DELETE' AND NOT ({kept_when}) THEN RETURN OLD; END IF;"
    return [
        f"CREATE OR REPLACE FUNCTION {table}_guard() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN{leave if kept_when else ''} RAISE EXCEPTION '{said}'"
        " USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {table}_guard()",
        f"CREATE TRIGGER {table}_no_truncation BEFORE TRUNCATE ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {table}_guard()",
    ]
