from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def enter_terms(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Enter the state's cap and quorum and a school's months, until the district sets others."""
    terms_model = apps.get_model("appraisals", "Terms")
    terms_model.objects.create(
        title="评议注册参数（第一版）",
        starts_on=date(2010, 1, 1),
        source="中青发〔2017〕5号（T-41、T-42）；暂缓月数为学校办法（T-43）",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("appraisals", "0003_lines"),
    ]

    operations = [
        migrations.RunPython(enter_terms, migrations.RunPython.noop, elidable=False),
    ]
