import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0001_initial"),
        ("volunteering", "0014_objections_and_yearly_confirmations"),
    ]

    operations = [
        migrations.CreateModel(
            name="Credit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quarters", models.PositiveSmallIntegerField(verbose_name="学时（四分之一学时）")),
                ("credited_at", models.DateTimeField(verbose_name="登记时间")),
                ("struck_at", models.DateTimeField(blank=True, null=True, verbose_name="取消时间")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="取消原因")),
            ],
            options={
                "ordering": ["-training__day", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Policy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("insurer", models.CharField(max_length=80, verbose_name="保险公司")),
                ("number", models.CharField(max_length=60, verbose_name="保单号")),
                ("starts_on", models.DateField(verbose_name="保障开始")),
                ("ends_on", models.DateField(help_text="含当日", verbose_name="保障截止")),
                ("covers", models.CharField(max_length=400, verbose_name="保障内容")),
                ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="提前终止日期")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="终止原因")),
            ],
            options={
                "ordering": ["-ends_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Training",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="培训名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("heads", "头雁计划"),
                            ("lecturers", "讲师队"),
                            ("induction", "岗前培训"),
                            ("skills", "专业技能"),
                        ],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("day", models.DateField(verbose_name="结业日期")),
                ("quarters", models.PositiveSmallIntegerField(verbose_name="学时（四分之一学时）")),
                ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "state",
                    models.CharField(
                        choices=[("held", "有效"), ("cancelled", "已取消")],
                        default="held",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
            ],
            options={
                "ordering": ["-day", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="session",
            name="risk",
            field=models.CharField(
                choices=[("ordinary", "普通"), ("high", "较高")],
                default="ordinary",
                max_length=8,
                verbose_name="风险等级",
            ),
        ),
        migrations.AddField(
            model_name="credit",
            name="volunteer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="credits",
                to="volunteering.volunteer",
            ),
        ),
        migrations.AddField(
            model_name="policy",
            name="org",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="policy",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sessions",
                to="volunteering.policy",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("risk", "high"), _negated=True),
                    ("policy__isnull", False),
                    _connector="OR",
                ),
                name="risky_session_is_insured",
            ),
        ),
        migrations.AddField(
            model_name="training",
            name="org",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
            ),
        ),
        migrations.AddField(
            model_name="credit",
            name="training",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="credits",
                to="volunteering.training",
            ),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.UniqueConstraint(
                fields=("insurer", "number"), name="policy_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="policy_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("insurer", ""), _negated=True),
                    models.Q(("number", ""), _negated=True),
                    models.Q(("covers", ""), _negated=True),
                ),
                name="policy_says_what_it_is",
            ),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_on__isnull", True), ("reason", "")),
                    models.Q(
                        ("ended_on__gte", models.F("starts_on")),
                        ("ended_on__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="ended_policy_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="training",
            constraint=models.CheckConstraint(
                condition=models.Q(("quarters__gt", 0)), name="training_is_worth_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="training",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="training_has_a_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="credit",
            constraint=models.UniqueConstraint(
                fields=("training", "volunteer"), name="credited_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="credit",
            constraint=models.CheckConstraint(
                condition=models.Q(("quarters__gt", 0)), name="credit_is_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="credit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), ("struck_at__isnull", True)),
                    models.Q(("struck_at__isnull", False), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="struck_credit_says_why",
            ),
        ),
    ]
