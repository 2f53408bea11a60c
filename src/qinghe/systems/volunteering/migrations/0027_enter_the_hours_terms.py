from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def enter_terms(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Enter the numbers that hold until the district sets others."""
    terms_model = apps.get_model("volunteering", "HoursTerms")
    terms_model.objects.create(title="服务时长核查参数（第一版）", starts_on=date(2010, 1, 1))


class Migration(migrations.Migration):
    dependencies = [
        ("volunteering", "0026_feedback"),
    ]

    operations = [
        migrations.RunPython(enter_terms, migrations.RunPython.noop, elidable=False),
    ]
