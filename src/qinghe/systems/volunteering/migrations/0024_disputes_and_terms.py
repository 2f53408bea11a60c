import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0001_initial"),
        ("people", "0002_contacts_and_child_access"),
        ("volunteering", "0023_courtesies_taken"),
    ]

    operations = [
        migrations.CreateModel(
            name="HoursDispute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("wrong", "记录有误"), ("missing", "缺少记录")],
                        max_length=7,
                        verbose_name="类型",
                    ),
                ),
                ("served_on", models.DateField(verbose_name="服务日期")),
                ("words", models.CharField(max_length=400, verbose_name="异议内容")),
                ("asked_at", models.DateTimeField(verbose_name="提出时间")),
                ("due_on", models.DateField(verbose_name="答复期限")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待答复"),
                            ("corrected", "已更正"),
                            ("explained", "已说明"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="open",
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=400, verbose_name="答复")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="答复时间")),
            ],
            options={
                "ordering": ["-asked_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="HoursTerms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="名称")),
                ("starts_on", models.DateField(unique=True, verbose_name="施行日期")),
                (
                    "late_days",
                    models.PositiveSmallIntegerField(default=7, verbose_name="补录期限（天）"),
                ),
                (
                    "late_minutes",
                    models.PositiveIntegerField(default=6000, verbose_name="每月补录额度（分钟）"),
                ),
                (
                    "answer_days",
                    models.PositiveSmallIntegerField(default=7, verbose_name="异议答复期限（天）"),
                ),
                (
                    "speed",
                    models.PositiveSmallIntegerField(
                        default=120, verbose_name="最快路途时速（公里）"
                    ),
                ),
                (
                    "day_minutes",
                    models.PositiveSmallIntegerField(
                        default=960, verbose_name="一人一天最多（分钟）"
                    ),
                ),
                (
                    "week_minutes",
                    models.PositiveSmallIntegerField(
                        default=4200, verbose_name="一人一周最多（分钟）"
                    ),
                ),
                (
                    "clone_people",
                    models.PositiveSmallIntegerField(default=3, verbose_name="相同名册起查人数"),
                ),
                (
                    "night_people",
                    models.PositiveSmallIntegerField(default=10, verbose_name="夜间签到起查人数"),
                ),
                (
                    "most_people",
                    models.PositiveIntegerField(default=1000, verbose_name="一场最多人数"),
                ),
                (
                    "one_device",
                    models.PositiveSmallIntegerField(
                        default=3, verbose_name="一台设备最多签到人数"
                    ),
                ),
            ],
            options={
                "ordering": ["-starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("clone_people__gte", 2),
                            ("day_minutes__gte", 1),
                            ("speed__gte", 1),
                            ("week_minutes__gte", 1),
                            ("answer_days__gte", 1),
                            ("most_people__gte", 1),
                            ("night_people__gte", 2),
                            ("one_device__gte", 1),
                        ),
                        name="hours_terms_ask_something",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="hoursdispute",
            name="answered_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="hoursdispute",
            name="attendance",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="disputes",
                to="volunteering.attendance",
            ),
        ),
        migrations.AddField(
            model_name="hoursdispute",
            name="org",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
            ),
        ),
        migrations.AddField(
            model_name="hoursdispute",
            name="volunteer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="hours_disputes",
                to="volunteering.volunteer",
            ),
        ),
        migrations.AddIndex(
            model_name="hoursdispute",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["org"], name="hours_dispute_waits"
            ),
        ),
        migrations.AddConstraint(
            model_name="hoursdispute",
            constraint=models.UniqueConstraint(
                condition=models.Q(("attendance__isnull", False), ("state", "open")),
                fields=("attendance",),
                name="one_open_dispute_a_record",
            ),
        ),
        migrations.AddConstraint(
            model_name="hoursdispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("attendance__isnull", False), ("kind", "wrong")),
                    models.Q(("attendance__isnull", True), ("kind", "missing")),
                    _connector="OR",
                ),
                name="disputed_record_or_missing_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="hoursdispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["open", "withdrawn"]),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="answered_dispute_says_who_and_what",
            ),
        ),
    ]
