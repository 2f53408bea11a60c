import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_contacts_and_child_access"),
        ("volunteering", "0012_teams_and_federations"),
    ]

    operations = [
        migrations.CreateModel(
            name="HeadChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="变更原因")),
                ("applied_on", models.DateField(verbose_name="申请日期")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("applied", "待审核"),
                            ("approved", "已变更"),
                            ("refused", "未通过"),
                        ],
                        default="applied",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("decided_on", models.DateField(null=True, verbose_name="审核日期")),
                ("words", models.CharField(blank=True, max_length=200, verbose_name="审核说明")),
            ],
            options={
                "ordering": ["-applied_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_on", models.DateField(verbose_name="提出日期")),
                ("joined_on", models.DateField(blank=True, null=True, verbose_name="加入日期")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="离队日期")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "申请加入"),
                            ("invited", "受邀待答复"),
                            ("founding", "发起成员"),
                            ("member", "在队"),
                            ("refused", "未加入"),
                            ("left", "已离队"),
                        ],
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=200, verbose_name="说明")),
            ],
            options={
                "ordering": ["joined_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TeamPost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "post",
                    models.CharField(
                        choices=[("head", "负责人"), ("deputy", "副负责人")],
                        max_length=6,
                        verbose_name="职务",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="任职日期")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="卸任日期")),
            ],
            options={
                "ordering": ["-starts_on", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="headchange",
            name="applied_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="headchange",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="headchange",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="head_changes",
                to="volunteering.team",
            ),
        ),
        migrations.AddField(
            model_name="headchange",
            name="volunteer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="volunteering.volunteer",
            ),
        ),
        migrations.AddField(
            model_name="teammember",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="members",
                to="volunteering.team",
            ),
        ),
        migrations.AddField(
            model_name="teammember",
            name="volunteer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="team_memberships",
                to="volunteering.volunteer",
            ),
        ),
        migrations.AddField(
            model_name="teampost",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="posts",
                to="volunteering.team",
            ),
        ),
        migrations.AddField(
            model_name="teampost",
            name="volunteer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="team_posts",
                to="volunteering.volunteer",
            ),
        ),
        migrations.AddConstraint(
            model_name="headchange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "applied")),
                fields=("team",),
                name="one_head_change_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="headchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="head_change_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="headchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by__isnull", True), ("state", "applied")),
                    models.Q(
                        models.Q(("state", "applied"), _negated=True),
                        ("decided_by__isnull", False),
                        ("decided_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="decided_head_change_says_who",
            ),
        ),
        migrations.AddIndex(
            model_name="teammember",
            index=models.Index(
                condition=models.Q(("state", "asked"), ("state", "invited"), _connector="OR"),
                fields=["state"],
                name="team_member_waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("state", "asked"),
                    ("state", "invited"),
                    ("state", "founding"),
                    ("state", "member"),
                    _connector="OR",
                ),
                fields=("team", "volunteer"),
                name="once_in_a_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("joined_on__isnull", False), ("state__in", ["member", "left"])),
                    models.Q(
                        ("joined_on__isnull", True),
                        ("state__in", ["asked", "invited", "founding", "refused"]),
                    ),
                    _connector="OR",
                ),
                name="team_member_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("left_on__gte", models.F("joined_on")),
                        ("left_on__isnull", False),
                        ("state", "left"),
                    ),
                    models.Q(models.Q(("state", "left"), _negated=True), ("left_on__isnull", True)),
                    _connector="OR",
                ),
                name="who_left_a_team_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="teampost",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on__isnull", True), ("post", "head")),
                fields=("team",),
                name="one_head_of_a_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="teampost",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on__isnull", True)),
                fields=("team", "volunteer"),
                name="one_post_in_a_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="teampost",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="team_post_ends_after_it_starts",
            ),
        ),
    ]
