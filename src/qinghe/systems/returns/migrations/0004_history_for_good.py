"""The database itself refuses to change or delete how a value and a decision came about."""

from django.db import migrations

from qinghe.lib import triggers

TABLES = ("returns_valuechange", "returns_review")
SAID = "the history of a return does not change"


def guard(apps, schema_editor) -> None:
    """Set the triggers."""
    vendor = schema_editor.connection.vendor
    for statement in triggers.refusing(vendor, tables=TABLES, said=SAID):
        schema_editor.execute(statement)


def unguard(apps, schema_editor) -> None:
    """Take the triggers away."""
    for statement in triggers.allowing(schema_editor.connection.vendor, tables=TABLES):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("returns", "0003_values_and_disputes")]

    operations = [migrations.RunPython(guard, unguard)]
