import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0001_initial"),
        ("volunteering", "0011_where_a_session_is"),
    ]

    operations = [
        migrations.CreateModel(
            name="TeamScheme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(unique=True, verbose_name="版本")),
                ("title", models.CharField(max_length=80, verbose_name="办法名称")),
                ("starts_on", models.DateField(unique=True, verbose_name="施行日期")),
                ("least_members", models.PositiveSmallIntegerField(verbose_name="发起成员数")),
                ("notice_days", models.PositiveSmallIntegerField(verbose_name="公示工作日数")),
                ("confirm_from", models.PositiveSmallIntegerField(verbose_name="年度确认起始月")),
                ("confirm_to", models.PositiveSmallIntegerField(verbose_name="年度确认截止月")),
                (
                    "head_quarters",
                    models.PositiveSmallIntegerField(verbose_name="负责人头雁学时（四分之一学时）"),
                ),
                ("head_months", models.PositiveSmallIntegerField(verbose_name="学时有效月数")),
            ],
            options={
                "ordering": ["-starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirm_from", 0), ("confirm_to", 0)),
                            models.Q(
                                ("confirm_from__gte", 1),
                                ("confirm_to__gte", models.F("confirm_from")),
                                ("confirm_to__lte", 12),
                            ),
                            _connector="OR",
                        ),
                        name="team_scheme_confirms_within_a_year",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamStanding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="起始日期")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="截止日期")),
            ],
            options={
                "ordering": ["starts_on", "pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="team",
            name="approved_team_has_a_day",
        ),
        migrations.AddField(
            model_name="team",
            name="compound",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="小区"),
        ),
        migrations.AddField(
            model_name="team",
            name="kind",
            field=models.CharField(
                choices=[
                    ("group", "团体"),
                    ("community", "社区"),
                    ("compound", "小区"),
                    ("expert", "专业"),
                ],
                default="group",
                max_length=10,
                verbose_name="类别",
            ),
        ),
        migrations.AddField(
            model_name="team",
            name="notice_from",
            field=models.DateField(blank=True, null=True, verbose_name="公示开始"),
        ),
        migrations.AddField(
            model_name="team",
            name="notice_until",
            field=models.DateField(blank=True, null=True, verbose_name="公示截止"),
        ),
        migrations.AddField(
            model_name="team",
            name="scope",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="服务范围"),
        ),
        migrations.AddField(
            model_name="team",
            name="suspended_on",
            field=models.DateField(blank=True, null=True, verbose_name="停止发布活动日期"),
        ),
        migrations.AlterField(
            model_name="team",
            name="state",
            field=models.CharField(
                choices=[
                    ("applied", "待审核"),
                    ("noticed", "公示中"),
                    ("approved", "已成立"),
                    ("refused", "未通过"),
                    ("withdrawn", "已撤回"),
                    ("closed", "已注销"),
                ],
                default="applied",
                max_length=10,
                verbose_name="状态",
            ),
        ),
        migrations.AddIndex(
            model_name="team",
            index=models.Index(
                condition=models.Q(("state", "applied"), ("state", "noticed"), _connector="OR"),
                fields=["state"],
                name="team_under_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("approved_on__gte", models.F("applied_on")),
                        ("approved_on__isnull", False),
                        ("state__in", ["approved", "closed"]),
                    ),
                    models.Q(
                        ("approved_on__isnull", True),
                        ("state__in", ["applied", "noticed", "refused", "withdrawn"]),
                    ),
                    _connector="OR",
                ),
                name="approved_team_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "noticed"), _negated=True),
                    models.Q(
                        ("notice_from__isnull", False),
                        ("notice_until__gte", models.F("notice_from")),
                    ),
                    _connector="OR",
                ),
                name="noticed_team_has_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("suspended_on__isnull", True), ("state", "approved"), _connector="OR"
                ),
                name="only_a_standing_team_is_suspended",
            ),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "compound"), models.Q(("compound", ""), _negated=True)),
                    models.Q(("kind", "compound"), _negated=True),
                    _connector="OR",
                ),
                name="compound_team_names_its_compound",
            ),
        ),
        migrations.AddField(
            model_name="teamstanding",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="standings",
                to="volunteering.team",
            ),
        ),
        migrations.AddConstraint(
            model_name="teamstanding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on__isnull", True)),
                fields=("team",),
                name="one_open_standing",
            ),
        ),
        migrations.AddConstraint(
            model_name="teamstanding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="standing_ends_after_it_starts",
            ),
        ),
    ]
