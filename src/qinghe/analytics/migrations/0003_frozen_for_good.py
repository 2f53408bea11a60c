"""The database itself refuses to change or delete what is frozen."""

import django.db.models.deletion
from django.db import migrations, models

from qinghe.lib import triggers

TABLES = ("analytics_freezing", "analytics_frozenindicator", "analytics_frozenfigure")
SAID = "frozen figures do not change"


def guard(apps, schema_editor) -> None:
    """Set the triggers."""
    vendor = schema_editor.connection.vendor
    for statement in triggers.refusing(vendor, tables=TABLES, said=SAID):
        schema_editor.execute(statement)


def unguard(apps, schema_editor) -> None:
    """Take the triggers away."""
    for statement in triggers.allowing(schema_editor.connection.vendor, tables=TABLES):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("analytics", "0002_numbered_freezings")]

    operations = [
        migrations.AlterField(
            "FrozenFigure",
            "freezing",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="figures_kept",
                to="analytics.freezing",
            ),
        ),
        *(
            migrations.RemoveField("FrozenFigure", name)
            for name in (
                "period",
                "version",
                "label",
                "unit",
                "decimals",
                "as_of",
                "frozen_at",
                "frozen_by",
            )
        ),
        migrations.AlterField(
            "FrozenFigure", "code", models.CharField(max_length=16, verbose_name="指标")
        ),
        migrations.AlterField(
            "FrozenFigure", "value", models.CharField(max_length=40, verbose_name="印发值")
        ),
        migrations.AlterField(
            "FrozenFigure", "exact", models.CharField(max_length=60, verbose_name="精确值")
        ),
        migrations.AlterField(
            "FrozenFigure", "state", models.CharField(max_length=10, verbose_name="数据状态")
        ),
        migrations.AlterField(
            "FrozenFigure", "records", models.PositiveIntegerField(verbose_name="记录数")
        ),
        migrations.AlterField(
            "FrozenFigure", "sha256", models.CharField(max_length=64, verbose_name="记录指纹")
        ),
        migrations.AlterModelOptions("FrozenFigure", {"ordering": ["freezing_id", "pk"]}),
        migrations.AddConstraint(
            "Freezing",
            models.UniqueConstraint(fields=("period", "number"), name="one_freezing_a_number"),
        ),
        migrations.AddConstraint(
            "Freezing",
            models.CheckConstraint(
                condition=models.Q(number=1, corrects__isnull=True)
                | (models.Q(number__gt=1, corrects__isnull=False) & ~models.Q(reason="")),
                name="a_later_freezing_corrects_one_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            "Freezing",
            models.CheckConstraint(
                condition=models.Q(folder="", sha256="")
                | (~models.Q(folder="") & ~models.Q(sha256="")),
                name="a_folder_goes_with_its_hash",
            ),
        ),
        migrations.AddConstraint(
            "FrozenIndicator",
            models.UniqueConstraint(fields=("freezing", "code"), name="one_indicator_a_freezing"),
        ),
        migrations.AddConstraint(
            "FrozenFigure",
            models.UniqueConstraint(
                fields=("freezing", "code", "org"), name="frozen_once_a_freezing"
            ),
        ),
        migrations.AddConstraint(
            "FrozenFigure",
            models.CheckConstraint(
                condition=models.Q(state__in=["complete", "incomplete", "missing"]),
                name="frozen_from_a_whole_period",
            ),
        ),
        migrations.AddIndex(
            "FrozenFigure", models.Index(fields=["freezing", "org"], name="frozen_of_an_org")
        ),
        migrations.RunPython(guard, unguard),
    ]
