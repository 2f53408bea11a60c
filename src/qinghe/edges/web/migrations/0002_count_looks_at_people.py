from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0001_saved_views_and_drafts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Looking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person_id", models.BigIntegerField(verbose_name="人员编号")),
                ("since", models.DateTimeField(verbose_name="起始时间")),
                ("looks", models.PositiveIntegerField(default=1, verbose_name="次数")),
                (
                    "alarmed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="告警时间"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person_id", "since"), name="one_count_of_a_slot"
                    )
                ],
            },
        ),
    ]
