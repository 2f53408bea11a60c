"""Freezings get numbers: what was frozen before is the first of its period, with its figures."""

import django.db.models.deletion
from django.db import migrations, models

from qinghe.lib import periods


def number_them(apps, schema_editor) -> None:
    """Make one freezing of each period that was frozen, and describe its indicators once."""
    Freezing = apps.get_model("analytics", "Freezing")
    FrozenIndicator = apps.get_model("analytics", "FrozenIndicator")
    FrozenFigure = apps.get_model("analytics", "FrozenFigure")
    for name in FrozenFigure.objects.order_by("period").values_list("period", flat=True).distinct():
        old = FrozenFigure.objects.filter(period=name)
        first = old.order_by("pk")[0]
        freezing = Freezing.objects.create(
            period=name,
            number=1,
            at=first.frozen_at,
            by=first.frozen_by,
            as_of=first.as_of,
            tree_on=periods.parse(name).end,
            figures=old.count(),
        )
        told = old.order_by("code").values_list("code", "version", "label", "unit", "decimals")
        FrozenIndicator.objects.bulk_create(
            FrozenIndicator(
                freezing=freezing, code=code, version=version, label=label, unit=unit,
                decimals=decimals,
            )
            for code, version, label, unit, decimals in told.distinct()
        )  # fmt: skip
        old.update(freezing=freezing)


class Migration(migrations.Migration):
    dependencies = [("orgs", "0001_initial"), ("analytics", "0001_frozen_figures")]

    operations = [
        migrations.CreateModel(
            name="Freezing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", models.CharField(max_length=8, verbose_name="期间")),
                ("number", models.PositiveSmallIntegerField(verbose_name="次序")),
                ("at", models.DateTimeField(verbose_name="封存时间")),
                ("person_id", models.BigIntegerField(default=0, verbose_name="封存人编号")),
                ("by", models.CharField(max_length=80, verbose_name="封存人")),
                ("as_of", models.DateTimeField(verbose_name="数据截至")),
                ("tree_on", models.DateField(verbose_name="组织树日期")),
                ("figures", models.PositiveIntegerField(verbose_name="数字个数")),
                ("facts", models.PositiveBigIntegerField(default=0, verbose_name="事实行数")),
                ("folder", models.CharField(blank=True, max_length=60, verbose_name="文件夹")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="校验值")),
                (
                    "reason",
                    models.CharField(blank=True, max_length=400, verbose_name="再次封存的原因"),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="analytics.freezing",
                        verbose_name="更正自",
                    ),
                ),
            ],
            options={"ordering": ["-period", "-number"]},
        ),
        migrations.CreateModel(
            name="FrozenIndicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=16, verbose_name="指标")),
                ("version", models.PositiveIntegerField(verbose_name="版本")),
                ("label", models.CharField(max_length=80, verbose_name="名称")),
                ("unit", models.CharField(max_length=16, verbose_name="单位")),
                ("decimals", models.PositiveSmallIntegerField(verbose_name="小数位数")),
                ("kind", models.CharField(blank=True, max_length=10, verbose_name="算法")),
                ("meaning", models.TextField(blank=True, verbose_name="口径")),
                (
                    "freezing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicators",
                        to="analytics.freezing",
                    ),
                ),
            ],
            options={"ordering": ["freezing_id", "pk"]},
        ),
        migrations.RemoveConstraint("FrozenFigure", "frozen_once_a_period"),
        migrations.RemoveConstraint("FrozenFigure", "frozen_from_a_whole_period"),
        migrations.AddField(
            "FrozenFigure",
            "freezing",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="figures_kept",
                to="analytics.freezing",
            ),
        ),
        migrations.RunPython(number_them, migrations.RunPython.noop),
    ]
