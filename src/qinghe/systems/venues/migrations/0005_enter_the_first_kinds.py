"""The kinds of places that the work plan names; others are entered in the browser."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KINDS = [
    ("volunteer_home", "志愿者之家", 10),
    ("u_station", "U站", 20),
    ("youth_home", "青年之家", 30),
]


def enter(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Enter the first kinds."""
    kinds = apps.get_model("venues", "Kind")
    for slug, label, order in KINDS:
        kinds.objects.get_or_create(slug=slug, defaults={"label": label, "order": order})


class Migration(migrations.Migration):
    dependencies = [("venues", "0004_bookings_and_visits")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
