from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def enter_terms(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Enter the limits that hold until the district sets others (T-61, T-64)."""
    terms_model = apps.get_model("transfers", "TransferTerms")
    terms_model.objects.create(title="转接期限（第一版）", starts_on=date(2010, 1, 1))


class Migration(migrations.Migration):
    dependencies = [
        ("transfers", "0001_transfers"),
    ]

    operations = [
        migrations.RunPython(enter_terms, migrations.RunPython.noop, elidable=False),
    ]
