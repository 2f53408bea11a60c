import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0001_initial"),
        ("people", "0002_contacts_and_child_access"),
        ("volunteering", "0025_profiles"),
    ]

    operations = [
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("traits", models.CharField(max_length=80, verbose_name="评语")),
                ("words", models.CharField(blank=True, max_length=400, verbose_name="补充")),
                ("at", models.DateTimeField(verbose_name="评价时间")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("given", "有效"),
                            ("objected", "有异议"),
                            ("confirmed", "异议不成立"),
                            ("withdrawn", "已撤销"),
                        ],
                        default="given",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("objection", models.CharField(blank=True, max_length=400, verbose_name="异议")),
                ("objected_at", models.DateTimeField(null=True, verbose_name="异议时间")),
                ("answer", models.CharField(blank=True, max_length=400, verbose_name="答复")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="答复时间")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "attendance",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluation",
                        to="volunteering.attendance",
                    ),
                ),
                (
                    "given_by",
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
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "objected")),
                        fields=["org"],
                        name="evaluation_objected",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("traits", ""), _negated=True),
                        name="evaluation_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("objected_at__isnull", True), ("state", "given")),
                            models.Q(
                                models.Q(("state", "given"), _negated=True),
                                ("objected_at__isnull", False),
                                models.Q(("objection", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="objected_evaluation_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_by__isnull", False),
                                ("state__in", ["confirmed", "withdrawn"]),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            models.Q(
                                ("answered_by__isnull", True), ("state__in", ["given", "objected"])
                            ),
                            _connector="OR",
                        ),
                        name="answered_evaluation_has_an_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("score", models.PositiveSmallIntegerField(verbose_name="评分")),
                ("words", models.CharField(blank=True, max_length=400, verbose_name="评价")),
                ("at", models.DateTimeField(verbose_name="评价时间")),
                (
                    "attendance",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rating",
                        to="volunteering.attendance",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("score__gte", 1), ("score__lte", 5)),
                        name="rating_is_one_to_five",
                    )
                ],
            },
        ),
    ]
