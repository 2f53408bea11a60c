"""Kinds of points to begin with, and a sample of what 三有 may mean: local rules replace it.

Its three items are those that Nanshan's inspections were reported with; Longgang's own are not known.
"""

from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KINDS = [
    ("station", "志愿服务站点", 10),
    ("crossing", "文明交通路口", 20),
    ("park", "公园广场点位", 30),
    ("market", "商圈市场点位", 40),
]
SOURCE = "样例：参照深圳市南山区公开报道的巡查内容，不是本地规定，请按本地文件编制新版本"
ITEMS = [("有志愿服务标识", 40), ("有志愿者在岗服务", 30), ("有服务台账", 30)]


def enter(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Enter the first kinds and the sample."""
    kinds = apps.get_model("inspections", "Kind")
    for slug, label, order in KINDS:
        kinds.objects.get_or_create(slug=slug, defaults={"label": label, "order": order})
    checklist, made = apps.get_model("inspections", "Checklist").objects.get_or_create(
        kind=None,
        version=1,
        defaults={
            "title": "“三有”规范化建设检查表",
            "source": SOURCE,
            "pass_mark": 80,
            "starts_on": date(2021, 1, 1),
        },
    )
    if not made:
        return
    item = apps.get_model("inspections", "Item")
    for place, (text, weight) in enumerate(ITEMS, start=1):
        item.objects.create(
            checklist=checklist,
            place=place,
            text=text,
            weight=weight,
            veto=True,
            photo="if_failed",
            days=5,
        )


class Migration(migrations.Migration):
    dependencies = [("inspections", "0003_findings_and_guidance")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
