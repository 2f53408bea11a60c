import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cadres", "0002_elections"),
    ]

    operations = [
        migrations.CreateModel(
            name="Candidate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "politics",
                    models.CharField(
                        choices=[
                            ("party", "中共党员"),
                            ("probationary", "中共预备党员"),
                            ("league", "共青团员"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                        verbose_name="政治面貌",
                    ),
                ),
                (
                    "education",
                    models.CharField(
                        choices=[
                            ("college", "大专及以下"),
                            ("bachelor", "本科"),
                            ("master", "硕士及以上"),
                        ],
                        max_length=10,
                        verbose_name="学历",
                    ),
                ),
                ("strengths", models.CharField(blank=True, max_length=200, verbose_name="专长")),
                ("reason", models.CharField(max_length=400, verbose_name="推荐理由")),
                ("nominated_on", models.DateField(verbose_name="提名日期")),
                ("agreed_on", models.DateField(null=True, verbose_name="本人同意日期")),
                ("in_on", models.DateField(null=True, verbose_name="入库日期")),
                ("expires_on", models.DateField(null=True, verbose_name="在库至")),
                ("out_on", models.DateField(null=True, verbose_name="出库日期")),
                (
                    "out_as",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("used", "已任用"),
                            ("withdrawn", "本人退出"),
                            ("expired", "到期"),
                            ("removed", "不再符合条件"),
                        ],
                        max_length=10,
                        verbose_name="出库方式",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=400, verbose_name="审定意见")),
                ("moved_on", models.DateField(verbose_name="办理日期")),
                ("due_on", models.DateField(null=True, verbose_name="办理期限")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "待本人同意"),
                            ("agreed", "考察中"),
                            ("in", "在库"),
                            ("out", "已出库"),
                            ("refused", "未入库"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "nominated_by",
                    models.ForeignKey(
                        db_index=False,
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-nominated_on", "-pk"],
                "indexes": [models.Index(fields=["state", "due_on"], name="candidate_waits")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "agreed", "in"])),
                        fields=("person",),
                        name="one_candidacy_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["asked", "refused"]),
                            ("agreed_on__isnull", False),
                            _connector="OR",
                        ),
                        name="nobody_is_taken_in_unasked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("expires_on__isnull", True), ("in_on__isnull", True)),
                            models.Q(
                                ("expires_on__gt", models.F("in_on")),
                                ("in_on__isnull", False),
                                ("state__in", ["in", "out"]),
                            ),
                            _connector="OR",
                        ),
                        name="who_is_in_has_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("out_on__isnull", False),
                                ("state", "out"),
                                models.Q(("out_as", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "out"), _negated=True),
                                ("out_as", ""),
                                ("out_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="who_is_out_says_how",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Examination",
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
                        choices=[("fit", "建议入库"), ("unfit", "暂不建议")],
                        max_length=10,
                        verbose_name="结论",
                    ),
                ),
                ("opinion", models.CharField(blank=True, max_length=1000, verbose_name="考察意见")),
                ("given_on", models.DateField(null=True, verbose_name="考察日期")),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="examinations",
                        to="cadres.candidate",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("candidate", "person"), name="examines_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("given_on__isnull", True), ("opinion", ""), ("verdict", "")),
                            models.Q(
                                ("given_on__isnull", False),
                                models.Q(("verdict", ""), _negated=True),
                                models.Q(("opinion", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="an_opinion_is_whole",
                    ),
                ],
            },
        ),
    ]
