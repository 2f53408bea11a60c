"""The database itself refuses to change or delete what a circular said when it was issued."""

from django.db import migrations

from qinghe.lib import triggers

SAID = "what was issued does not change"
TABLES = ("circulars_line", "circulars_reporting")  # never anything but issued
ONCE_ISSUED = {"circulars_circular": "OLD.state = 'issued'", "circulars_chosen": "OLD.version > 0"}
DEEDS = ("update", "delete")


def _sqlite() -> list[str]:
    return [
        f"""
        CREATE TRIGGER {table}_no_{deed} BEFORE {deed.upper()} ON {table} WHEN {when}
        BEGIN SELECT RAISE(ABORT, '{SAID}'); END
        """
        for table, when in ONCE_ISSUED.items()
        for deed in DEEDS
    ]


def _postgresql() -> list[str]:
    function = f"""
        CREATE OR REPLACE FUNCTION circulars_guard() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '{SAID}' USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """
    return [
        function,
        *(
            f"""
            CREATE TRIGGER {table}_no_{deed} BEFORE {deed.upper()} ON {table} FOR EACH ROW
            WHEN ({when}) EXECUTE FUNCTION circulars_guard()
            """
            for table, when in ONCE_ISSUED.items()
            for deed in DEEDS
        ),
    ]


NAMES = [(table, f"{table}_no_{deed}") for table in ONCE_ISSUED for deed in DEEDS]
ON = {"sqlite": _sqlite(), "postgresql": _postgresql()}
OFF = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {name}" for _, name in NAMES],
    "postgresql": [
        *(f"DROP TRIGGER IF EXISTS {name} ON {table}" for table, name in NAMES),
        "DROP FUNCTION IF EXISTS circulars_guard()",
    ],
}


def guard(apps, schema_editor) -> None:
    vendor = schema_editor.connection.vendor
    for statement in [*triggers.refusing(vendor, tables=TABLES, said=SAID), *ON[vendor]]:
        schema_editor.execute(statement)


def unguard(apps, schema_editor) -> None:
    vendor = schema_editor.connection.vendor
    for statement in [*triggers.allowing(vendor, tables=TABLES), *OFF[vendor]]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("circulars", "0002_goals_and_answers")]

    operations = [migrations.RunPython(guard, unguard)]
