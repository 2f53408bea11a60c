import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("orgs", "0001_initial"),
        ("people", "0003_league_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="申请日期")),
                (
                    "letter",
                    models.TextField(blank=True, max_length=6000, verbose_name="入团申请书"),
                ),
                ("nationality", models.CharField(max_length=20, verbose_name="国籍")),
                ("by_desk", models.BooleanField(default=False, verbose_name="由团支部登记")),
                ("step", models.PositiveSmallIntegerField(default=2, verbose_name="当前步骤")),
                (
                    "awaits",
                    models.CharField(
                        blank=True,
                        choices=[("", "—"), ("branch", "团支部"), ("committee", "上级团委")],
                        default="branch",
                        max_length=10,
                        verbose_name="由谁办理",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="办理期限")),
                (
                    "number",
                    models.CharField(blank=True, max_length=20, verbose_name="发展团员编号"),
                ),
                ("joined_on", models.DateField(blank=True, null=True, verbose_name="入团日期")),
                (
                    "age",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="入团年龄"
                    ),
                ),
                ("filed_on", models.DateField(blank=True, null=True, verbose_name="备案日期")),
                ("paused_on", models.DateField(blank=True, null=True, verbose_name="暂停日期")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="终结日期")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="原因")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "办理中"),
                            ("paused", "已暂停"),
                            ("finished", "已办结"),
                            ("refused", "未通过"),
                            ("withdrawn", "本人撤回"),
                            ("lapsed", "已失效"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="状态",
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
                "ordering": ["-opened_on", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["awaits", "step"],
                        name="joining_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("open", "paused"))),
                        fields=("person",),
                        name="one_open_case_a_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("number",),
                        name="one_case_for_a_joining_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("step__gte", 2), ("step__lte", 16)),
                        name="case_stands_on_a_step",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("joined_on__isnull", False), ("state", "finished"), ("step", 16)
                            ),
                            models.Q(
                                models.Q(("state", "finished"), _negated=True), ("step__lte", 15)
                            ),
                            _connector="OR",
                        ),
                        name="finished_case_took_all_steps",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("age__isnull", True),
                                ("joined_on__isnull", True),
                                ("step__lte", 12),
                            ),
                            models.Q(
                                ("age__isnull", False),
                                ("joined_on__isnull", False),
                                ("step__gte", 13),
                                models.Q(("number", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="only_an_approved_case_joined",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_on__isnull", False),
                                ("state__in", ("refused", "withdrawn", "lapsed")),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            models.Q(
                                ("closed_on__isnull", True),
                                ("paused_on__isnull", False),
                                ("state", "paused"),
                            ),
                            models.Q(("closed_on__isnull", True), ("state", "open")),
                            models.Q(("closed_on__isnull", False), ("state", "finished")),
                            _connector="OR",
                        ),
                        name="ended_case_says_when_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("awaits", ""), ("state__in", ("open", "paused")), _connector="OR"
                        ),
                        name="only_an_open_case_awaits_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="步骤")),
                ("since", models.DateField(verbose_name="起始日期")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="办理期限")),
                ("on", models.DateField(blank=True, null=True, verbose_name="办理日期")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                (
                    "posted_until",
                    models.DateField(blank=True, null=True, verbose_name="公示截止日期"),
                ),
                (
                    "opinion_on",
                    models.DateField(blank=True, null=True, verbose_name="介绍人意见日期"),
                ),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[("members", "团员推荐"), ("pioneers", "少先队推优")],
                        max_length=10,
                        verbose_name="推荐方式",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=1000, verbose_name="说明")),
                (
                    "hours",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="志愿服务时长（小时）"
                    ),
                ),
                (
                    "volunteer_number",
                    models.CharField(blank=True, max_length=40, verbose_name="注册志愿者编号"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="joining.case",
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
            ],
            options={
                "ordering": ["case", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "number"), name="one_step_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("number__lte", 15)),
                        name="step_is_one_of_fifteen",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_on__isnull", True),
                            models.Q(
                                ("done_on__gte", models.F("on")),
                                ("on__gte", models.F("since")),
                                ("on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="step_is_settled_after_it_is_taken",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            ("by__isnull", True),
                            models.Q(("decided_by", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_decides_what_they_handed_in",
                    ),
                ],
            },
        ),
    ]
