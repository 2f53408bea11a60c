import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0001_initial"),
        ("returns", "0001_forms"),
    ]

    operations = [
        migrations.CreateModel(
            name="Filing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "待报送"),
                            ("submitted", "待审核"),
                            ("accepted", "已通过"),
                            ("sent_back", "已退回"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="报送时间"),
                ),
                (
                    "submitted_by",
                    models.CharField(blank=True, max_length=80, verbose_name="报送人"),
                ),
                (
                    "sender_id",
                    models.BigIntegerField(blank=True, null=True, verbose_name="报送人编号"),
                ),
                ("late", models.BooleanField(default=False, verbose_name="逾期报送")),
                (
                    "late_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="逾期原因"),
                ),
                ("below", models.JSONField(blank=True, default=dict, verbose_name="下级报送情况")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="审核时间"),
                ),
                ("decided_by", models.CharField(blank=True, max_length=80, verbose_name="审核人")),
                (
                    "decider_id",
                    models.BigIntegerField(blank=True, null=True, verbose_name="审核人编号"),
                ),
                (
                    "org",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.org",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.org",
                    ),
                ),
                (
                    "street",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.org",
                    ),
                ),
            ],
            options={
                "ordering": ["-round", "org"],
            },
        ),
        migrations.CreateModel(
            name="Review",
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
                        choices=[("accepted", "通过"), ("sent_back", "退回")],
                        max_length=10,
                        verbose_name="结论",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="原因")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("by", models.CharField(max_length=80, verbose_name="审核人")),
                ("person_id", models.BigIntegerField(verbose_name="审核人编号")),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="returns.filing",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict", "sent_back"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="sent_back_with_a_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=40, verbose_name="报表代号")),
                ("period", models.CharField(max_length=8, verbose_name="期间")),
                ("starts_on", models.DateField(verbose_name="期间起")),
                ("ends_on", models.DateField(verbose_name="期间止")),
                ("opens_on", models.DateField(verbose_name="开始填报")),
                ("closes_on", models.DateField(verbose_name="截止日期")),
                ("opened_at", models.DateTimeField(verbose_name="开放时间")),
                ("opened_by", models.CharField(max_length=80, verbose_name="开放人")),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="returns.reportform",
                    ),
                ),
            ],
            options={
                "ordering": ["-ends_on", "slug"],
                "indexes": [models.Index(fields=["period"], name="round_of_period")],
                "constraints": [
                    models.UniqueConstraint(fields=("slug", "period"), name="one_round_a_period"),
                    models.CheckConstraint(
                        condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                        name="round_closes_after_it_opens",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="round_spans_its_period",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="日期")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("by", models.CharField(max_length=80, verbose_name="催报人")),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="returns.round",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "org", "on"), name="reminded_once_a_day"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="filing",
            name="round",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="filings",
                to="returns.round",
            ),
        ),
        migrations.CreateModel(
            name="DerivedCell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cell",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="returns.cell",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="derived",
                        to="returns.round",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("round", "cell"), name="derived_once")
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
                ("question_key", models.CharField(max_length=60)),
                ("asked", models.CharField(max_length=300, verbose_name="提问")),
                ("text", models.CharField(max_length=300, verbose_name="说明")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("by", models.CharField(max_length=80, verbose_name="说明人")),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="returns.filing",
                    ),
                ),
            ],
            options={
                "ordering": ["filing", "question_key"],
                "constraints": [
                    models.UniqueConstraint(fields=("filing", "question_key"), name="one_answer"),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="answer_has_words"
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="filing",
            index=models.Index(fields=["round", "street", "state", "late"], name="filing_coverage"),
        ),
        migrations.AddIndex(
            model_name="filing",
            index=models.Index(
                condition=models.Q(("state", "submitted")),
                fields=["reviewer"],
                name="filing_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="filing",
            index=models.Index(fields=["org", "state"], name="filing_of_org"),
        ),
        migrations.AddIndex(
            model_name="filing",
            index=models.Index(fields=["street"], name="filing_of_street"),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.UniqueConstraint(fields=("round", "org"), name="one_filing_an_org"),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "sent_back"]),
                    models.Q(("sender_id__isnull", False), ("submitted_at__isnull", False)),
                    _connector="OR",
                ),
                name="sent_filing_says_who",
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["accepted", "sent_back"]), _negated=True),
                    models.Q(("decided_at__isnull", False), ("decider_id__isnull", False)),
                    _connector="OR",
                ),
                name="decided_filing_says_who",
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "accepted"), _negated=True),
                    models.Q(("decider_id", models.F("sender_id")), _negated=True),
                    _connector="OR",
                ),
                name="nobody_accepts_their_own",
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("late", False), models.Q(("late_reason", ""), _negated=True), _connector="OR"
                ),
                name="late_filing_says_why",
            ),
        ),
    ]
