"""Figures belong to a gathering, which a freezing names: they are written before it exists."""

import django.db.models.deletion
from django.core.management.color import no_style
from django.db import migrations, models

from qinghe.lib import triggers

SAID = "frozen figures do not change"
FREEZING, FIGURE = "analytics_freezing", "analytics_frozenfigure"
NAMED = f"EXISTS (SELECT 1 FROM {FREEZING} WHERE gathering_id = OLD.gathering_id)"  # noqa: S608


def guards(vendor: str) -> list[str]:
    """Return the statements that guard figures: those that no freezing names may be swept."""
    return triggers.refusing(vendor, tables=[FIGURE], said=SAID, kept_when=NAMED)


def guard(apps, schema_editor) -> None:
    """Set the triggers."""
    vendor = schema_editor.connection.vendor
    for statement in (
        *triggers.refusing(vendor, tables=[FREEZING], said=SAID),
        *guards(vendor),
    ):
        schema_editor.execute(statement)


def unguard(apps, schema_editor) -> None:
    """Take the triggers away."""
    vendor = schema_editor.connection.vendor
    for statement in triggers.allowing(vendor, tables=[FREEZING, FIGURE]):
        schema_editor.execute(statement)


def refuse_to_go_back(apps, schema_editor) -> None:
    """Refuse where figures would fall to another freezing: once one was made since."""
    Freezing = apps.get_model("analytics", "Freezing")
    Gathering = apps.get_model("analytics", "Gathering")
    named = Freezing.objects.filter(gathering_id=models.F("pk")).count()
    if named != Freezing.objects.count() or named != Gathering.objects.count():
        raise RuntimeError("figures were frozen since: restore the backup made before instead")


def guard_as_before(apps, schema_editor) -> None:
    """Set the triggers that there were."""
    vendor = schema_editor.connection.vendor
    for statement in triggers.refusing(vendor, tables=[FREEZING, FIGURE], said=SAID):
        schema_editor.execute(statement)


def gather_them(apps, schema_editor) -> None:
    """Give each freezing a gathering with its own number, which its figures have already."""
    Freezing = apps.get_model("analytics", "Freezing")
    Gathering = apps.get_model("analytics", "Gathering")
    for key, at in Freezing.objects.values_list("pk", "at"):
        Gathering.objects.create(pk=key, at=at)
        Freezing.objects.filter(pk=key).update(gathering_id=key)
    connection = schema_editor.connection
    for statement in connection.ops.sequence_reset_sql(no_style(), [Gathering]):
        schema_editor.execute(statement)
    if connection.vendor == "postgresql":  # or the table could not be altered in this transaction
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [("analytics", "0003_frozen_for_good")]

    operations = [
        migrations.RunPython(unguard, guard_as_before),
        migrations.CreateModel(
            "Gathering",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="取数时间")),
            ],
        ),
        migrations.AddField(
            "Freezing",
            "gathering",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="freezing",
                to="analytics.gathering",
            ),
        ),
        migrations.RunPython(gather_them, migrations.RunPython.noop),
        migrations.AlterField(
            "Freezing",
            "gathering",
            models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="freezing",
                to="analytics.gathering",
            ),
        ),
        migrations.RemoveConstraint("FrozenFigure", "frozen_once_a_freezing"),
        migrations.RemoveIndex("FrozenFigure", "frozen_of_an_org"),
        migrations.AlterModelOptions("FrozenFigure", {"ordering": ["pk"]}),
        migrations.RenameField("FrozenFigure", "freezing", "gathering"),
        migrations.AlterField(
            "FrozenFigure",
            "gathering",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="figures",
                to="analytics.gathering",
            ),
        ),
        migrations.AlterModelOptions("FrozenFigure", {"ordering": ["gathering_id", "pk"]}),
        migrations.AddConstraint(
            "FrozenFigure",
            models.UniqueConstraint(
                fields=("gathering", "code", "org"), name="frozen_once_a_freezing"
            ),
        ),
        migrations.AddIndex(
            "FrozenFigure", models.Index(fields=["gathering", "org"], name="frozen_of_an_org")
        ),
        migrations.RunPython(guard, unguard),
        migrations.RunPython(migrations.RunPython.noop, refuse_to_go_back),
    ]
