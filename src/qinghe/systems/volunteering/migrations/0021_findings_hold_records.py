import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0001_initial"),
        ("people", "0002_contacts_and_child_access"),
        ("volunteering", "0020_late_entries"),
    ]

    operations = [
        migrations.CreateModel(
            name="Finding",
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
                        choices=[
                            ("two_places", "同时在两处"),
                            ("travel", "路途时间不足"),
                            ("clone", "名册时间雷同"),
                            ("device", "同一设备多人签到"),
                            ("unregistered", "注册前的时长"),
                            ("self", "为本人登记"),
                            ("night", "夜间集中签到"),
                            ("long_day", "一天时长过长"),
                            ("long_week", "一周时长过长"),
                            ("crowd", "人数超出场地"),
                        ],
                        max_length=12,
                        verbose_name="核查项",
                    ),
                ),
                ("key", models.CharField(max_length=64, verbose_name="所涉记录")),
                ("words", models.CharField(max_length=300, verbose_name="核查情况")),
                ("found_at", models.DateTimeField(verbose_name="发现时间")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待核查"),
                            ("cleared", "核实属实"),
                            ("corrected", "已更正"),
                            ("voided", "已作废"),
                        ],
                        default="open",
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="处理说明")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="处理时间")),
            ],
            options={
                "ordering": ["-found_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="HeldRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", models.CharField(max_length=10, verbose_name="此前状态")),
                ("minutes", models.PositiveIntegerField(verbose_name="此前分钟")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Sweep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("whole", models.BooleanField(default=False, verbose_name="全部记录")),
                ("stays", models.PositiveIntegerField(verbose_name="所查签到")),
                ("found", models.PositiveIntegerField(verbose_name="新发现")),
                ("by", models.CharField(max_length=80, verbose_name="执行人")),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="finding",
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
            model_name="finding",
            name="org",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="reviewer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
            ),
        ),
        migrations.AddField(
            model_name="heldrecord",
            name="attendance",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="held_by",
                to="volunteering.attendance",
            ),
        ),
        migrations.AddField(
            model_name="heldrecord",
            name="finding",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="held",
                to="volunteering.finding",
            ),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["reviewer"], name="finding_waits"
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(fields=("kind", "key"), name="one_finding_for_ever"),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by__isnull", True), ("state", "open")),
                    models.Q(
                        models.Q(("state", "open"), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="closed_finding_says_who_and_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="heldrecord",
            constraint=models.UniqueConstraint(
                fields=("finding", "attendance"), name="held_once_a_finding"
            ),
        ),
        migrations.AddConstraint(
            model_name="heldrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("before__in", ["effective", "pending"])),
                name="only_what_counted_or_waited_is_held",
            ),
        ),
    ]
