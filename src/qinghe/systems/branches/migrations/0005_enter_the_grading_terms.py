from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SOURCE = "《基层团组织规范化建设工作实施方案》，中青办发〔2019〕6号（T-50至T-52）"


def enter_terms(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Enter by what branches are graded until the district says otherwise; no local quota (T-53)."""
    apps.get_model("branches", "GradingTerms").objects.create(
        title="定级办法（第一版）", starts_on=date(2019, 1, 1), source=SOURCE
    )


class Migration(migrations.Migration):
    dependencies = [
        ("branches", "0004_gradings"),
    ]

    operations = [
        migrations.RunPython(enter_terms, migrations.RunPython.noop, elidable=False),
    ]
