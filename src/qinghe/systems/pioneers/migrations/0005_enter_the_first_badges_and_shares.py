"""A catalogue and shares to begin with, from the national rules (§1.11); the district keeps its own.

Badges of the school's, the district's and the city's own kinds are not known: one sample each.
"""

from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SINCE = date(2021, 1, 1)
SOURCE = "红领巾奖章的全国一般做法；本地章目和比例请按本地文件调整"
SAMPLE = "样例，不是本地规定；请按本地章目替换"
LEVELS = {1: "school", 2: "district", 3: "city", 4: "province", 5: "national"}
NAMES = {1: "一星章", 2: "二星章", 3: "三星章", 4: "四星章", 5: "五星章"}
BASIC = {"red_star": "红星章", "red_flag": "红旗章", "torch": "火炬章"}
SPECIAL = {"school": "校级特色章", "district": "区级特色章", "city": "市级特色章"}


def enter(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Enter what is not there."""
    badges = apps.get_model("pioneers", "Badge")
    if not badges.objects.exists():
        common = {"source": SOURCE, "opened_on": SINCE}
        for branch, title in BASIC.items():
            badges.objects.create(
                title=title, family="basic", branch=branch, level="school", **common
            )
        for level, title in SPECIAL.items():
            badges.objects.create(
                title=title, family="special", level=level, source=SAMPLE, opened_on=SINCE
            )
        for star, level in LEVELS.items():
            for is_collective in (False, True):
                badges.objects.create(
                    title=NAMES[star],
                    family="star",
                    star=star,
                    level=level,
                    is_collective=is_collective,
                    **common,
                )
    apps.get_model("pioneers", "StarTerms").objects.get_or_create(
        starts_on=SINCE, defaults={"title": "红领巾奖章星级章比例", "source": SOURCE}
    )


class Migration(migrations.Migration):
    dependencies = [("pioneers", "0004_slates")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
