import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0001_initial"),
        ("people", "0003_league_files"),
        ("pioneers", "0003_badges_and_rounds"),
    ]

    operations = [
        migrations.CreateModel(
            name="Slate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("submitted_on", models.DateField(blank=True, null=True, verbose_name="提交日期")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="评审日期")),
                ("awarded_on", models.DateField(blank=True, null=True, verbose_name="颁章日期")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="退回原因")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("submitted", "待评审"),
                            ("decided", "已评审"),
                            ("sent_back", "已退回"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slates",
                        to="pioneers.round",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-round__opens_on", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "submitted")),
                        fields=["submitted_on"],
                        name="slate_waits",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "org"), name="one_slate_a_school_and_round"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(
                                ("submitted_by__isnull", False), ("submitted_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="slate_handed_in_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["decided", "sent_back"]), _negated=True),
                            models.Q(
                                ("decided_by__isnull", False),
                                ("decided_on__isnull", False),
                                models.Q(("decided_by", models.F("submitted_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="four_eyes_on_a_slate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("awarded_on__isnull", False), ("state", "decided")),
                            models.Q(
                                models.Q(("state", "decided"), _negated=True),
                                ("awarded_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="decided_slate_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sent_back"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="slate_sent_back_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Nomination",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("troop", models.CharField(max_length=20, verbose_name="中队")),
                ("grade", models.PositiveSmallIntegerField(verbose_name="年级")),
                ("count", models.PositiveIntegerField(verbose_name="申报枚数")),
                ("awarded", models.PositiveIntegerField(default=0, verbose_name="颁发枚数")),
                (
                    "consented_on",
                    models.DateField(blank=True, null=True, verbose_name="监护人同意日期"),
                ),
                (
                    "badge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominations",
                        to="pioneers.badge",
                    ),
                ),
                (
                    "slate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="nominations",
                        to="pioneers.slate",
                    ),
                ),
            ],
            options={
                "ordering": ["slate", "grade", "troop", "badge"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("slate", "troop", "badge"), name="badge_once_a_troop"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("count__gt", 0)), name="something_is_put_up"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("awarded__lte", models.F("count"))),
                        name="not_more_given_than_put_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("grade__gte", 1), ("grade__lte", 9)),
                        name="nomination_grade_is_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Eligible",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("grade", models.PositiveSmallIntegerField(verbose_name="年级")),
                ("people", models.PositiveIntegerField(default=0, verbose_name="达标队员数")),
                ("troops", models.PositiveIntegerField(default=0, verbose_name="达标中队数")),
                (
                    "slate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="eligible",
                        to="pioneers.slate",
                    ),
                ),
            ],
            options={
                "ordering": ["slate", "grade"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("slate", "grade"), name="eligible_once_a_grade"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("grade__gte", 1), ("grade__lte", 9)),
                        name="eligible_grade_is_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Nominee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=12, verbose_name="校内编号")),
                ("initial", models.CharField(blank=True, max_length=1, verbose_name="姓氏首字母")),
                ("consented_on", models.DateField(verbose_name="监护人同意日期")),
                ("is_awarded", models.BooleanField(default=False, verbose_name="已颁章")),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="nominees",
                        to="pioneers.nomination",
                    ),
                ),
            ],
            options={
                "ordering": ["nomination", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("nomination", "code"),
                        name="child_once_a_line",
                    )
                ],
            },
        ),
    ]
