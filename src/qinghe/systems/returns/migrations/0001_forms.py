import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Definition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=16, verbose_name="编号")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="版本")),
                ("label", models.CharField(max_length=80, verbose_name="名称")),
                ("unit", models.CharField(max_length=16, verbose_name="单位")),
                ("meaning", models.CharField(max_length=400, verbose_name="口径")),
                ("decimals", models.PositiveSmallIntegerField(default=0, verbose_name="小数位")),
                (
                    "time",
                    models.CharField(
                        choices=[("flow", "期内发生数"), ("stock", "期末数"), ("annual", "全年数")],
                        default="flow",
                        max_length=6,
                        verbose_name="时间口径",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="制定时间")),
                ("made_by", models.CharField(max_length=80, verbose_name="制定人")),
            ],
            options={
                "ordering": ["code", "-version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "version"), name="definition_version_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("label", ""), _negated=True),
                            models.Q(("unit", ""), _negated=True),
                            models.Q(("meaning", ""), _negated=True),
                            ("version__gte", 1),
                        ),
                        name="definition_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decimals__lte", 2)), name="definition_decimals"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=40, verbose_name="代号")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="版本")),
                ("title", models.CharField(max_length=80, verbose_name="名称")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="填报说明")),
                (
                    "period_kind",
                    models.CharField(
                        choices=[
                            ("month", "月报"),
                            ("quarter", "季报"),
                            ("half_year", "半年报"),
                            ("year", "年报"),
                        ],
                        max_length=10,
                        verbose_name="报送频率",
                    ),
                ),
                ("levels", models.JSONField(default=list, verbose_name="填报层级")),
                ("kinds", models.JSONField(default=list, verbose_name="填报组织类型")),
                ("sectors", models.JSONField(default=list, verbose_name="填报领域")),
                (
                    "department",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("office", "办公室"),
                            ("organisation", "组织部"),
                            ("publicity", "宣传部"),
                            ("youth_development", "青年发展部"),
                            ("schools", "学校部"),
                            ("rights", "权益部"),
                            ("volunteering", "志愿者工作部"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="主管部门",
                    ),
                ),
                (
                    "opens_after_days",
                    models.SmallIntegerField(default=1, verbose_name="期末后第几天开始填报"),
                ),
                (
                    "closes_after_days",
                    models.SmallIntegerField(default=10, verbose_name="期末后第几天截止"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "设计中"),
                            ("published", "已发布"),
                            ("retired", "已停用"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="制定时间")),
                ("made_by", models.CharField(max_length=80, verbose_name="制定人")),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="发布时间"),
                ),
                (
                    "published_by",
                    models.CharField(blank=True, max_length=80, verbose_name="发布人"),
                ),
                (
                    "retired_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="停用时间"),
                ),
                ("retired_by", models.CharField(blank=True, max_length=80, verbose_name="停用人")),
            ],
            options={
                "ordering": ["slug", "-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("slug", "version"), name="form_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "published")),
                        fields=("slug",),
                        name="one_published_version",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("slug",),
                        name="one_draft_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closes_after_days__gte", models.F("opens_after_days"))
                        ),
                        name="form_closes_after_it_opens",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at__isnull", True), ("state", "draft")),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                ("published_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="published_form_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("retired_at__isnull", False), ("state", "retired")),
                            models.Q(
                                models.Q(("state", "retired"), _negated=True),
                                ("retired_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="retired_form_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Cell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("code", models.CharField(max_length=16, verbose_name="指标编号")),
                ("label", models.CharField(max_length=80, verbose_name="名称")),
                ("unit", models.CharField(blank=True, max_length=16, verbose_name="单位")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("whole", "整数"),
                            ("hundredths", "两位小数"),
                            ("yes_no", "是/否"),
                            ("text", "文字"),
                        ],
                        default="whole",
                        max_length=10,
                        verbose_name="填写方式",
                    ),
                ),
                ("hint", models.CharField(blank=True, max_length=200, verbose_name="填写提示")),
                ("meaning", models.CharField(max_length=400, verbose_name="口径")),
                (
                    "least",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="下限"
                    ),
                ),
                (
                    "most",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="上限"
                    ),
                ),
                (
                    "jump_percent",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="较上期变动提示（%）"
                    ),
                ),
                ("evidence", models.BooleanField(default=False, verbose_name="须附佐证")),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cells",
                        to="returns.reportform",
                    ),
                ),
            ],
            options={
                "ordering": ["form", "place"],
                "constraints": [
                    models.UniqueConstraint(fields=("form", "place"), name="cell_place_once"),
                    models.UniqueConstraint(fields=("form", "code"), name="cell_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(("place__gte", 1), ("place__lte", 999)),
                        name="cell_place_has_three_digits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("least__isnull", True),
                            ("most__isnull", True),
                            ("least__lte", models.F("most")),
                            _connector="OR",
                        ),
                        name="cell_least_is_not_above_most",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CellRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("left_code", models.CharField(max_length=16, verbose_name="左边指标")),
                (
                    "operator",
                    models.CharField(
                        choices=[
                            ("<", "小于"),
                            ("<=", "不大于"),
                            ("=", "等于"),
                            (">=", "不小于"),
                            (">", "大于"),
                        ],
                        max_length=2,
                        verbose_name="关系",
                    ),
                ),
                ("right_code", models.CharField(max_length=16, verbose_name="右边指标")),
                ("words", models.CharField(max_length=200, verbose_name="不符合时的提问")),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rules",
                        to="returns.reportform",
                    ),
                ),
            ],
            options={
                "ordering": ["form", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("form", "left_code", "operator", "right_code"),
                        name="cell_rule_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("left_code", models.F("right_code")), _negated=True),
                        name="cell_rule_compares_two",
                    ),
                ],
            },
        ),
    ]
