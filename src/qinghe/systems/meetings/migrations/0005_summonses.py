import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0004_registers_and_readers"),
        ("people", "0003_league_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="Summons",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=40, verbose_name="列席人")),
                (
                    "duty",
                    models.CharField(blank=True, max_length=80, verbose_name="列席人单位和职务"),
                ),
                ("sent_on", models.DateField(verbose_name="通知日期")),
                (
                    "reply",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "未回执"),
                            ("coming", "出席"),
                            ("leave", "请假"),
                            ("proxy", "派人代会"),
                        ],
                        max_length=10,
                        verbose_name="回执",
                    ),
                ),
                ("proxy_name", models.CharField(blank=True, max_length=40, verbose_name="代会人")),
                (
                    "proxy_duty",
                    models.CharField(blank=True, max_length=60, verbose_name="代会人职务"),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="请假原因")),
                (
                    "replied_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="回执时间"),
                ),
                ("came_at", models.DateTimeField(blank=True, null=True, verbose_name="签到时间")),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meetings.memberunit",
                    ),
                ),
                (
                    "representative",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meetings.representative",
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="summonses",
                        to="meetings.sitting",
                    ),
                ),
            ],
            options={
                "ordering": ["sitting", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("reply", "")), fields=["sent_on"], name="summons_waits"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("member__isnull", False)),
                        fields=("sitting", "member"),
                        name="summons_once_a_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("member__isnull", False), ("name", "")),
                            models.Q(
                                ("member__isnull", True),
                                ("representative__isnull", True),
                                models.Q(("name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="summons_is_for_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("reply", "proxy"), models.Q(("proxy_name", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("reply", "proxy"), _negated=True), ("proxy_name", "")
                            ),
                            _connector="OR",
                        ),
                        name="proxy_is_named",
                    ),
                ],
            },
        ),
    ]
