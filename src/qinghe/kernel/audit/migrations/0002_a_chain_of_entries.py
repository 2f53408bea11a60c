import django.db.models
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RemoveIndex(model_name="entry", name="entry_when"),
        migrations.AddField("entry", "seq", models.BigIntegerField(null=True)),
        migrations.AddField("entry", "person_id", models.BigIntegerField(default=0)),
        migrations.AddField("entry", "area", models.CharField(max_length=30, default="")),
        migrations.AddField(
            "entry",
            "outcome",
            models.CharField(
                choices=[("done", "已办理"), ("refused", "未办理")], default="done", max_length=10
            ),
        ),
        migrations.AddField("entry", "org_id", models.BigIntegerField(default=0)),
        migrations.AddField(
            "entry", "address", models.CharField(blank=True, max_length=45, default="")
        ),
        migrations.AddField(
            "entry", "request_id", models.CharField(blank=True, max_length=36, default="")
        ),
        migrations.AddField("entry", "account_id", models.BigIntegerField(default=0)),
        migrations.AddField("entry", "algorithm", models.CharField(max_length=30, default="")),
        migrations.AddField("entry", "previous", models.CharField(max_length=64, default="")),
        migrations.AddField("entry", "hash", models.CharField(max_length=64, default="")),
        migrations.AlterField("entry", "by", models.CharField(max_length=160)),
        migrations.AlterField("entry", "first_id", models.BigIntegerField(default=0)),
        migrations.AlterField("entry", "last_id", models.BigIntegerField(default=0)),
        migrations.AlterField("entry", "subject_kind", models.CharField(blank=True, max_length=60)),
        migrations.CreateModel(
            name="Head",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seq", models.BigIntegerField()),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=django.db.models.Q(id=1), name="one_head")
                ],
            },
        ),
    ]
