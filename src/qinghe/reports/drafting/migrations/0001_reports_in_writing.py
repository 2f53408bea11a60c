import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("orgs", "0001_initial"),
        ("people", "0002_contacts_and_child_access"),
    ]

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "period",
                    models.CharField(help_text="2022H1", max_length=8, verbose_name="报告期"),
                ),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="版次")),
                (
                    "reason",
                    models.CharField(
                        blank=True, default="", max_length=400, verbose_name="更正原因"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("signature", models.CharField(max_length=80, verbose_name="署名")),
                ("dated_on", models.DateField(blank=True, null=True, verbose_name="成文日期")),
                (
                    "contact",
                    models.CharField(blank=True, default="", max_length=120, verbose_name="附注"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("writing", "起草中"),
                            ("signing", "审签中"),
                            ("issued", "已签发"),
                            ("replaced", "已更正"),
                        ],
                        default="writing",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("begun_at", models.DateTimeField(verbose_name="起草时间")),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="drafting.report",
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
                "ordering": ["-period", "org__path", "-version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("org", "period", "version"), name="one_report_for_a_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrects__isnull", True), ("version", 1)),
                            models.Q(("corrects__isnull", False), ("version__gt", 1)),
                            _connector="OR",
                        ),
                        name="a_later_version_corrects_one",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state", "writing"), ("state", "signing"), _connector="OR"
                        ),
                        fields=("org", "period"),
                        name="one_version_in_writing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(verbose_name="次序")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("title", "标题"),
                            ("opening", "前言"),
                            ("part", "一级标题"),
                            ("item", "二级标题"),
                            ("run_in", "分述"),
                            ("paragraph", "段落"),
                        ],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                (
                    "heading",
                    models.CharField(blank=True, default="", max_length=120, verbose_name="小标题"),
                ),
                ("text", models.TextField(blank=True, default="", verbose_name="正文")),
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
                        verbose_name="主笔部门",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="交稿日期")),
                ("lock", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(verbose_name="修改时间")),
                (
                    "removed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="移除时间"),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "copied_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="drafting.passage",
                    ),
                ),
                (
                    "street",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.org",
                    ),
                ),
            ],
            options={
                "ordering": ["place", "pk"],
            },
        ),
        migrations.AddField(
            model_name="passage",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="passages",
                to="drafting.report",
            ),
        ),
        migrations.CreateModel(
            name="PassageChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="版次")),
                (
                    "heading",
                    models.CharField(blank=True, default="", max_length=120, verbose_name="小标题"),
                ),
                ("text", models.TextField(blank=True, default="", verbose_name="正文")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "passage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="drafting.passage",
                    ),
                ),
            ],
            options={
                "ordering": ["passage_id", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("passage", "number"), name="one_change_a_number"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="passage",
            index=models.Index(
                condition=models.Q(("street__isnull", False)),
                fields=["street"],
                name="passage_of_a_street",
            ),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.CheckConstraint(
                condition=models.Q(("department", ""), ("street__isnull", True), _connector="OR"),
                name="one_assignee",
            ),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("due_on__isnull", True),
                    models.Q(("department", ""), _negated=True),
                    ("street__isnull", False),
                    _connector="OR",
                ),
                name="a_deadline_is_somebodys",
            ),
        ),
    ]
