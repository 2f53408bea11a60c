from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SCHEMES = (
    (1, "注册志愿者星级评定办法（2013年标准）", date(2013, 11, 1), 5),
    (2, "龙岗区星级志愿者评定管理办法（2023年修订版）", date(2023, 6, 1), 5),
)
# rules.md 2.5: star, hours, months on the roll, through whose hands, asked for by oneself
LEVELS = (
    (1, 100, 6, "street", True),
    (2, 300, 6, "street", True),
    (3, 600, 12, "street", True),
    (4, 1000, 12, "street,district", True),
    (5, 1500, 24, "street,district", False),
)


def enter_schemes(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Enter the scale that is the same throughout the country, and the district's own."""
    scheme_model = apps.get_model("volunteering", "StarScheme")
    level_model = apps.get_model("volunteering", "StarLevel")
    for version, title, starts_on, notice_days in SCHEMES:
        scheme = scheme_model.objects.create(
            version=version, title=title, starts_on=starts_on, notice_days=notice_days
        )
        level_model.objects.bulk_create(
            level_model(
                scheme=scheme,
                star=star,
                minutes=hours * 60,
                months=months,
                route=route,
                own_application=own,
            )
            for star, hours, months, route, own in LEVELS
        )


class Migration(migrations.Migration):
    dependencies = [
        ("volunteering", "0009_words_on_stars_and_certificates"),
    ]

    operations = [
        migrations.RunPython(enter_schemes, migrations.RunPython.noop, elidable=False),
    ]
