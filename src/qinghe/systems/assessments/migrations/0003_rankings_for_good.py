"""A ranking is never changed and never deleted (bar 19): the database says so too."""

from django.db import migrations

from qinghe.lib import triggers

TABLES = ("assessments_ranking",)
SAID = "a ranking does not change"


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
    dependencies = [("assessments", "0002_marks_and_objections")]

    operations = [migrations.RunPython(guard, unguard)]
