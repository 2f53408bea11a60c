import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("orgs", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Team",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=24, unique=True, verbose_name="队伍编号")),
                ("name", models.CharField(max_length=80, verbose_name="队伍名称")),
                ("applied_on", models.DateField(verbose_name="申请日期")),
                ("approved_on", models.DateField(blank=True, null=True, verbose_name="审核日期")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="注销日期")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("applied", "待审核"),
                            ("approved", "已成立"),
                            ("refused", "未通过"),
                            ("closed", "已注销"),
                        ],
                        default="applied",
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
            ],
            options={
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_on__gte", models.F("applied_on")),
                                ("approved_on__isnull", False),
                                ("state__in", ["approved", "closed"]),
                            ),
                            models.Q(
                                ("approved_on__isnull", True), ("state__in", ["applied", "refused"])
                            ),
                            _connector="OR",
                        ),
                        name="approved_team_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_on__gte", models.F("approved_on")),
                                ("closed_on__isnull", False),
                                ("state", "closed"),
                            ),
                            models.Q(
                                models.Q(("state", "closed"), _negated=True),
                                ("closed_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="closed_team_has_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=24, unique=True, verbose_name="场次编号")),
                ("title", models.CharField(max_length=120, verbose_name="活动名称")),
                ("place", models.CharField(max_length=160, verbose_name="地点")),
                ("starts_at", models.DateTimeField(verbose_name="开始时间")),
                ("ends_at", models.DateTimeField(verbose_name="结束时间")),
                ("day", models.DateField(verbose_name="日期")),
                ("entered_late", models.BooleanField(default=False, verbose_name="补录")),
                (
                    "state",
                    models.CharField(
                        choices=[("published", "已发布"), ("cancelled", "已取消")],
                        default="published",
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
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="volunteering.team",
                    ),
                ),
            ],
            options={
                "ordering": ["-starts_at"],
                "indexes": [models.Index(fields=["starts_at"], name="session_when")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="session_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title__contains", "补录"), _negated=True),
                        name="no_session_is_named_late_entry",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True),
                            models.Q(("place", ""), _negated=True),
                        ),
                        name="session_says_where",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Volunteer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="志愿者编号")),
                ("applied_on", models.DateField(verbose_name="申请日期")),
                ("registered_on", models.DateField(blank=True, null=True, verbose_name="注册日期")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="退出日期")),
                (
                    "guardian_agreed_on",
                    models.DateField(blank=True, null=True, verbose_name="监护人同意日期"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("applied", "待审核"),
                            ("registered", "已注册"),
                            ("refused", "未通过"),
                            ("withdrawn", "已退出"),
                        ],
                        default="applied",
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
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, to="people.person"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "indexes": [models.Index(fields=["registered_on"], name="volunteer_registered")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("registered_on__isnull", False),
                                ("state__in", ["registered", "withdrawn"]),
                            ),
                            models.Q(
                                ("registered_on__isnull", True),
                                ("state__in", ["applied", "refused"]),
                            ),
                            _connector="OR",
                        ),
                        name="registered_volunteer_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "withdrawn"),
                                ("withdrawn_on__gte", models.F("registered_on")),
                                ("withdrawn_on__isnull", False),
                            ),
                            models.Q(
                                models.Q(("state", "withdrawn"), _negated=True),
                                ("withdrawn_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="withdrawn_volunteer_has_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
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
                            ("present", "在场"),
                            ("pending", "待审核"),
                            ("effective", "已生效"),
                            ("refused", "未通过"),
                            ("void", "已作废"),
                        ],
                        default="present",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("minutes", models.PositiveIntegerField(default=0, verbose_name="分钟")),
                (
                    "how",
                    models.CharField(
                        choices=[("scan", "扫码"), ("roster", "现场名册"), ("sheet", "台账导入")],
                        max_length=6,
                        verbose_name="登记方式",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="volunteering.session",
                    ),
                ),
                (
                    "volunteer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="volunteering.volunteer",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("state", "present"),
                            ("state", "pending"),
                            ("state", "refused"),
                            ("state", "void"),
                            _connector="OR",
                        ),
                        fields=["state"],
                        name="attendance_not_effective",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("session", "volunteer"), name="once_per_session"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["present", "void"]), _negated=True),
                            ("minutes", 0),
                            _connector="OR",
                        ),
                        name="present_or_void_earns_nothing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Stay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("came_at", models.DateTimeField(verbose_name="签到时间")),
                ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="签退时间")),
                ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                ("superseded", models.BooleanField(default=False)),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="更正原因")),
                ("approved_by", models.CharField(blank=True, max_length=80, verbose_name="更正人")),
                (
                    "attendance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stays",
                        to="volunteering.attendance",
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="volunteering.stay",
                    ),
                ),
            ],
            options={
                "ordering": ["came_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_at__isnull", True), ("superseded", False)),
                        fields=("attendance",),
                        name="one_open_stay",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("supersedes__isnull", False)),
                        fields=("supersedes",),
                        name="superseded_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("left_at__isnull", True),
                            ("left_at__gte", models.F("came_at")),
                            _connector="OR",
                        ),
                        name="stay_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("supersedes__isnull", True),
                            models.Q(
                                models.Q(("reason", ""), _negated=True),
                                models.Q(("approved_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="correction_has_reason_and_approver",
                    ),
                ],
            },
        ),
    ]
