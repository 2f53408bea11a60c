import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0001_initial"),
        ("people", "0002_contacts_and_child_access"),
        ("volunteering", "0019_scans_and_places"),
    ]

    operations = [
        migrations.CreateModel(
            name="LateEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="活动名称")),
                ("place", models.CharField(max_length=160, verbose_name="地点")),
                ("starts_at", models.DateTimeField(verbose_name="开始时间")),
                ("ends_at", models.DateTimeField(verbose_name="结束时间")),
                ("day", models.DateField(verbose_name="日期")),
                ("reason", models.CharField(max_length=400, verbose_name="补录原因")),
                ("minutes", models.PositiveIntegerField(verbose_name="申请分钟")),
                ("asked_at", models.DateTimeField(verbose_name="申请时间")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "待审核"),
                            ("returned", "已退回"),
                            ("approved", "已通过"),
                            ("refused", "未通过"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="asked",
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True, verbose_name="办理时间")),
                ("words", models.CharField(blank=True, max_length=200, verbose_name="办理意见")),
            ],
            options={
                "ordering": ["-asked_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="LateLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("came_at", models.DateTimeField(verbose_name="到达时间")),
                ("left_at", models.DateTimeField(verbose_name="离开时间")),
                ("minutes", models.PositiveIntegerField(verbose_name="分钟")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="LateMonth",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(verbose_name="月份")),
                ("allowed", models.PositiveIntegerField(verbose_name="额度（分钟）")),
                ("used", models.PositiveIntegerField(default=0, verbose_name="已用（分钟）")),
            ],
            options={
                "ordering": ["-month", "org"],
            },
        ),
        migrations.RemoveIndex(
            model_name="attendance",
            name="attendance_not_effective",
        ),
        migrations.AddField(
            model_name="attendance",
            name="for_district",
            field=models.BooleanField(default=False, verbose_name="当天超过12小时"),
        ),
        migrations.AddField(
            model_name="stay",
            name="recorded_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AlterField(
            model_name="attendance",
            name="how",
            field=models.CharField(
                choices=[
                    ("scan", "扫码"),
                    ("roster", "现场名册"),
                    ("sheet", "台账导入"),
                    ("late", "补录"),
                ],
                max_length=6,
                verbose_name="登记方式",
            ),
        ),
        migrations.AlterField(
            model_name="attendance",
            name="state",
            field=models.CharField(
                choices=[
                    ("present", "在场"),
                    ("pending", "待审核"),
                    ("effective", "已生效"),
                    ("held", "暂停计入"),
                    ("refused", "未通过"),
                    ("void", "已作废"),
                ],
                default="present",
                max_length=10,
                verbose_name="状态",
            ),
        ),
        migrations.AddIndex(
            model_name="attendance",
            index=models.Index(
                condition=models.Q(
                    ("state", "present"),
                    ("state", "pending"),
                    ("state", "refused"),
                    ("state", "void"),
                    ("state", "held"),
                    _connector="OR",
                ),
                fields=["state"],
                name="attendance_not_effective",
            ),
        ),
        migrations.AddField(
            model_name="lateentry",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="lateentry",
            name="decided_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="lateentry",
            name="org",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
            ),
        ),
        migrations.AddField(
            model_name="lateentry",
            name="session",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="late_entries",
                to="volunteering.session",
            ),
        ),
        migrations.AddField(
            model_name="lateentry",
            name="team",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="volunteering.team",
            ),
        ),
        migrations.AddField(
            model_name="lateline",
            name="attendance",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="volunteering.attendance",
            ),
        ),
        migrations.AddField(
            model_name="lateline",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lines",
                to="volunteering.lateentry",
            ),
        ),
        migrations.AddField(
            model_name="lateline",
            name="volunteer",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="volunteering.volunteer",
            ),
        ),
        migrations.AddField(
            model_name="latemonth",
            name="org",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="orgs.org",
            ),
        ),
        migrations.AddIndex(
            model_name="lateentry",
            index=models.Index(
                condition=models.Q(("state", "asked")), fields=["asked_at"], name="late_entry_waits"
            ),
        ),
        migrations.AddConstraint(
            model_name="lateentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="late_entry_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="lateentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="late_entry_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="lateentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="late_entry_is_decided_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="lateentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "approved"), _negated=True),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("session__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="approved_late_entry_has_session_and_hand",
            ),
        ),
        migrations.AddConstraint(
            model_name="lateline",
            constraint=models.CheckConstraint(
                condition=models.Q(("left_at__gt", models.F("came_at"))),
                name="late_line_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="latemonth",
            constraint=models.UniqueConstraint(
                fields=("org", "month"), name="late_month_once_an_org"
            ),
        ),
        migrations.AddConstraint(
            model_name="latemonth",
            constraint=models.CheckConstraint(
                condition=models.Q(("used__lte", models.F("allowed"))),
                name="no_more_late_than_allowed",
            ),
        ),
    ]
