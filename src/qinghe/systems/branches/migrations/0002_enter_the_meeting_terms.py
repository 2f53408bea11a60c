from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# T-40: a general meeting each quarter, the committee each month, four lessons a year (M), the
# others by need. A branch of seven and more has a committee (M).
DUTIES = (
    ("general", "quarter", 1),
    ("committee", "month", 1),
    ("group", "need", 1),
    ("lesson", "year", 4),
    ("theme", "need", 1),
)
SOURCE = "《基层组织“三会两制一课”实施细则（试行）》，中青发〔2017〕5号（T-40）"


def enter_terms(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Enter what is asked of branches until the district asks something else."""
    terms = apps.get_model("branches", "MeetingTerms").objects.create(
        title="会议要求（第一版）", starts_on=date(2017, 1, 1), source=SOURCE
    )
    duty_model = apps.get_model("branches", "Duty")
    for kind, every, times in DUTIES:
        duty_model.objects.create(terms=terms, kind=kind, every=every, times=times)


class Migration(migrations.Migration):
    dependencies = [
        ("branches", "0001_meetings"),
    ]

    operations = [
        migrations.RunPython(enter_terms, migrations.RunPython.noop, elidable=False),
    ]
