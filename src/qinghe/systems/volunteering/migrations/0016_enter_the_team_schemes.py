from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# version, title, from, founders, working days of notice, months of confirmation, 头雁 quarters, months
SCHEMES = (
    (1, "志愿队伍登记办法（平台启用前）", date(2000, 1, 1), 0, 0, 0, 0, 0, 24),
    (2, "志愿队伍成立与年度确认办法（2023年）", date(2023, 1, 1), 5, 5, 11, 12, 32, 24),
)


def enter_schemes(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Enter how teams were taken before, and how they are founded and kept since (S100, S058)."""
    apps.get_model("volunteering", "TeamScheme").objects.bulk_create(
        apps.get_model("volunteering", "TeamScheme")(
            version=version,
            title=title,
            starts_on=starts_on,
            least_members=least,
            notice_days=notice,
            confirm_from=first,
            confirm_to=last,
            head_quarters=quarters,
            head_months=months,
        )
        for version, title, starts_on, least, notice, first, last, quarters, months in SCHEMES
    )


def begin_standings(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let every team that was approved before stand since that day, until it was closed."""
    teams = apps.get_model("volunteering", "Team").objects.filter(approved_on__isnull=False)
    standing = apps.get_model("volunteering", "TeamStanding")
    standing.objects.bulk_create(
        (
            standing(team_id=pk, starts_on=approved_on, ends_on=closed_on)
            for pk, approved_on, closed_on in teams.values_list("pk", "approved_on", "closed_on")
        ),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("volunteering", "0015_training_and_insurance"),
    ]

    operations = [
        migrations.RunPython(enter_schemes, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(begin_standings, migrations.RunPython.noop, elidable=False),
    ]
