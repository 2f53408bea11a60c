import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_contacts_and_child_access"),
        ("volunteering", "0013_who_is_in_a_team"),
    ]

    operations = [
        migrations.CreateModel(
            name="TeamConfirmation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("members", models.PositiveIntegerField(verbose_name="成员数")),
                ("sessions", models.PositiveIntegerField(verbose_name="年内活动场次")),
                ("words", models.CharField(blank=True, max_length=400, verbose_name="说明")),
                ("submitted_on", models.DateField(verbose_name="提交日期")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "待审核"),
                            ("accepted", "已确认"),
                            ("returned", "已退回"),
                        ],
                        default="submitted",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("decided_on", models.DateField(null=True, verbose_name="审核日期")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="退回原因")),
            ],
            options={
                "ordering": ["-year", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="TeamObjection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(max_length=400, verbose_name="异议内容")),
                ("at", models.DateTimeField(verbose_name="提出时间")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待核实"),
                            ("upheld", "异议成立"),
                            ("dismissed", "异议不成立"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=400, verbose_name="核实情况")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="核实时间")),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.AddField(
            model_name="teamconfirmation",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="teamconfirmation",
            name="head",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="volunteering.volunteer",
            ),
        ),
        migrations.AddField(
            model_name="teamconfirmation",
            name="submitted_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="teamconfirmation",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="confirmations",
                to="volunteering.team",
            ),
        ),
        migrations.AddField(
            model_name="teamobjection",
            name="answered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="teamobjection",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="teamobjection",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="objections",
                to="volunteering.team",
            ),
        ),
        migrations.AddConstraint(
            model_name="teamconfirmation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "submitted"), ("state", "accepted"), _connector="OR"),
                fields=("team", "year"),
                name="one_confirmation_a_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="teamconfirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_by__isnull", True),
                        ("decided_on__isnull", True),
                        ("state", "submitted"),
                    ),
                    models.Q(
                        models.Q(("state", "submitted"), _negated=True),
                        ("decided_by__isnull", False),
                        ("decided_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="decided_confirmation_says_who",
            ),
        ),
        migrations.AddConstraint(
            model_name="teamconfirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "returned"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="returned_confirmation_says_why",
            ),
        ),
        migrations.AddIndex(
            model_name="teamobjection",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["team"], name="team_objection_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="teamobjection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_by__isnull", True), ("state", "open")),
                    models.Q(
                        models.Q(("state", "open"), _negated=True),
                        ("answered_by__isnull", False),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="answered_team_objection_has_an_answer",
            ),
        ),
    ]
