import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0001_initial"),
        ("returns", "0002_rounds_and_filings"),
    ]

    operations = [
        migrations.CreateModel(
            name="Value",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "hundredths",
                    models.BigIntegerField(blank=True, null=True, verbose_name="数值（百分之一）"),
                ),
                ("not_applicable", models.BooleanField(default=False, verbose_name="不适用")),
                ("text", models.CharField(blank=True, max_length=400, verbose_name="文字")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                (
                    "cell",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="returns.cell",
                    ),
                ),
                (
                    "filing",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="values",
                        to="returns.filing",
                    ),
                ),
            ],
            options={
                "ordering": ["filing", "cell"],
                "constraints": [
                    models.UniqueConstraint(fields=("filing", "cell"), name="one_value_a_cell"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("hundredths__isnull", True), ("not_applicable", False)),
                            models.Q(
                                ("hundredths__isnull", False),
                                ("not_applicable", False),
                                ("text", ""),
                            ),
                            models.Q(
                                ("hundredths__isnull", True), ("not_applicable", True), ("text", "")
                            ),
                            _connector="OR",
                        ),
                        name="value_is_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("not_applicable", False),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="not_applicable_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ValueChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("by", models.CharField(max_length=80, verbose_name="填报人")),
                ("old", models.CharField(blank=True, max_length=640, verbose_name="原值")),
                ("new", models.CharField(blank=True, max_length=640, verbose_name="新值")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                (
                    "value",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="returns.value",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("old", models.F("new")), _negated=True),
                        name="change_changes",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Dispute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("shown", models.CharField(max_length=40, verbose_name="显示的数字")),
                ("reason", models.CharField(max_length=300, verbose_name="异议")),
                ("at", models.DateTimeField(verbose_name="提出时间")),
                ("by", models.CharField(max_length=80, verbose_name="提出人")),
                ("person_id", models.BigIntegerField(verbose_name="提出人编号")),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("upheld", "异议成立，更正记录"), ("unfounded", "数字无误")],
                        max_length=10,
                        verbose_name="结论",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="答复")),
                (
                    "settled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="答复时间"),
                ),
                ("settled_by", models.CharField(blank=True, max_length=80, verbose_name="答复人")),
                (
                    "cell",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="returns.cell",
                    ),
                ),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes",
                        to="returns.filing",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at__isnull", True)),
                        fields=("filing", "cell"),
                        name="one_open_dispute",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("verdict", "")),
                            models.Q(
                                ("settled_at__isnull", False),
                                models.Q(("verdict", ""), _negated=True),
                                models.Q(("words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="settled_dispute_says_how",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="dispute_has_a_reason",
                    ),
                ],
            },
        ),
    ]
