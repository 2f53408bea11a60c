import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0001_points_and_checklists"),
        ("orgs", "0001_initial"),
        ("people", "0002_contacts_and_child_access"),
    ]

    operations = [
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("begun_at", models.DateTimeField(verbose_name="开始时间")),
                ("day", models.DateField(verbose_name="巡查日期")),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="提交时间"),
                ),
                ("notes", models.CharField(blank=True, max_length=400, verbose_name="巡查说明")),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=8, null=True, verbose_name="纬度"
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="经度"
                    ),
                ),
                ("scored", models.PositiveIntegerField(blank=True, null=True, verbose_name="得分")),
                ("full", models.PositiveIntegerField(blank=True, null=True, verbose_name="满分")),
                ("passed", models.BooleanField(blank=True, null=True, verbose_name="达标")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="作废原因")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("submitted", "已提交"),
                            ("dropped", "已放弃"),
                            ("void", "已作废"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="inspections.checklist",
                    ),
                ),
                (
                    "inspector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="inspections.point",
                    ),
                ),
            ],
            options={
                "ordering": ["-day", "-pk"],
                "indexes": [models.Index(fields=["point", "state", "day"], name="visit_of_point")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("point", "inspector"),
                        name="one_draft_a_point_and_inspector",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["draft", "dropped"]), ("submitted_at__isnull", True)
                            ),
                            models.Q(
                                ("full__gt", 0),
                                ("full__isnull", False),
                                ("passed__isnull", False),
                                ("scored__isnull", False),
                                ("scored__lte", models.F("full")),
                                ("state__in", ["submitted", "void"]),
                                ("submitted_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="submitted_visit_has_a_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "void"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="void_visit_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("pass", "达标"), ("fail", "不达标"), ("not_here", "不适用")],
                        max_length=10,
                        verbose_name="结论",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="问题说明")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspections.item",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="inspections.visit",
                    ),
                ),
            ],
            options={
                "ordering": ["visit", "item__place"],
                "constraints": [
                    models.UniqueConstraint(fields=("visit", "item"), name="item_answered_once")
                ],
            },
        ),
    ]
