"""Who reported a decision done is kept with it: another has to accept."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0006_chores"),
        ("people", "0004_merged_persons"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="reported_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
    ]
