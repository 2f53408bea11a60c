import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0002_visits"),
        ("orgs", "0001_initial"),
        ("people", "0002_contacts_and_child_access"),
    ]

    operations = [
        migrations.CreateModel(
            name="Exchange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("partner", models.CharField(max_length=80, verbose_name="对方组织")),
                ("district", models.CharField(max_length=40, verbose_name="所在区")),
                ("day", models.DateField(verbose_name="日期")),
                ("topics", models.CharField(max_length=200, verbose_name="交流内容")),
                ("people", models.PositiveIntegerField(verbose_name="参加人数")),
                ("outcome", models.CharField(blank=True, max_length=600, verbose_name="成效")),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
                    ),
                ),
            ],
            options={
                "ordering": ["-day", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("org", "partner", "day", "topics"), name="exchange_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("people__gt", 0)), name="exchange_of_somebody"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Guidance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="日期")),
                ("topics", models.CharField(max_length=200, verbose_name="指导内容")),
                ("summary", models.CharField(blank=True, max_length=600, verbose_name="情况记录")),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
                    ),
                ),
            ],
            options={
                "ordering": ["-day", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(max_length=330, verbose_name="问题")),
                ("found_on", models.DateField(verbose_name="发现日期")),
                ("due_on", models.DateField(verbose_name="整改期限")),
                ("returned", models.PositiveSmallIntegerField(default=0, verbose_name="退回次数")),
                ("rectified_on", models.DateField(blank=True, null=True, verbose_name="整改日期")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="办结日期")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待整改"),
                            ("rectified", "待复查"),
                            ("closed", "已办结"),
                            ("cancelled", "已撤销"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "answer",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="finding",
                        to="inspections.answer",
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
                    ),
                ),
                (
                    "guidance",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="inspections.guidance",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("state", "open"), ("state", "rectified"), _connector="OR"
                        ),
                        fields=["due_on"],
                        name="finding_to_put_right",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer__isnull", False), ("guidance__isnull", True)),
                            models.Q(("answer__isnull", True), ("guidance__isnull", False)),
                            _connector="OR",
                        ),
                        name="finding_comes_from_somewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("found_on"))),
                        name="finding_gives_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_on__isnull", True), ("state__in", ["open", "rectified"])
                            ),
                            models.Q(
                                ("closed_on__isnull", False), ("state__in", ["closed", "cancelled"])
                            ),
                            _connector="OR",
                        ),
                        name="ended_finding_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["rectified", "closed"]), _negated=True),
                            ("rectified_on__isnull", False),
                            _connector="OR",
                        ),
                        name="rectified_finding_has_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lesson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="经验")),
                ("text", models.CharField(max_length=1000, verbose_name="做法")),
                ("source", models.CharField(max_length=120, verbose_name="来源")),
                ("tags", models.CharField(blank=True, max_length=120, verbose_name="标签")),
                ("entered_on", models.DateField(verbose_name="登记日期")),
                (
                    "exchange",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lessons",
                        to="inspections.exchange",
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
                "ordering": ["-entered_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("org", "title"), name="lesson_once_an_org")
                ],
            },
        ),
        migrations.CreateModel(
            name="Rectification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(max_length=400, verbose_name="整改情况")),
                ("done_at", models.DateTimeField(verbose_name="整改时间")),
                (
                    "checked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="复查时间"),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="退回原因")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待复查"),
                            ("passed", "复查通过"),
                            ("returned", "已退回"),
                            ("cancelled", "已撤销"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rectifications",
                        to="inspections.finding",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("finding",),
                        name="one_rectification_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("checked_by__isnull", True),
                                ("state__in", ["waiting", "cancelled"]),
                            ),
                            models.Q(
                                ("checked_at__isnull", False),
                                ("checked_by__isnull", False),
                                ("state__in", ["passed", "returned"]),
                            ),
                            _connector="OR",
                        ),
                        name="checked_rectification_says_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checked_by__isnull", True),
                            models.Q(("checked_by", models.F("done_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="checked_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="returned_rectification_says_why",
                    ),
                ],
            },
        ),
    ]
