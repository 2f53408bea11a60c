"""Who asked for a resource is kept with it: another has to agree."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("resources", "0002_drives_and_rooms"),
        ("people", "0004_merged_persons"),
    ]

    operations = [
        migrations.AddField(
            model_name="allocation",
            name="asked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
    ]
