import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cadres", "0003_reserve"),
    ]

    operations = [
        migrations.CreateModel(
            name="Secondment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "service",
                    models.CharField(
                        choices=[("seconded", "挂职"), ("part_time", "兼职")],
                        max_length=10,
                        verbose_name="方式",
                    ),
                ),
                ("title", models.CharField(max_length=40, verbose_name="职务")),
                ("task", models.CharField(max_length=400, verbose_name="任务")),
                ("starts_on", models.DateField(verbose_name="起始日期")),
                ("ends_on", models.DateField(verbose_name="期满日期")),
                ("home_on", models.DateField(null=True, verbose_name="派出单位同意日期")),
                ("host_on", models.DateField(null=True, verbose_name="接收单位同意日期")),
                ("remind_on", models.DateField(verbose_name="提醒日期")),
                ("moved_on", models.DateField(verbose_name="办理日期")),
                ("due_on", models.DateField(verbose_name="办理期限")),
                ("ended_on", models.DateField(null=True, verbose_name="结束日期")),
                (
                    "grade",
                    models.CharField(
                        blank=True,
                        choices=[("good", "优秀"), ("fit", "合格"), ("poor", "不合格")],
                        max_length=10,
                        verbose_name="鉴定等次",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=1000, verbose_name="鉴定意见")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "待双方同意"),
                            ("agreed", "待到岗"),
                            ("running", "在岗"),
                            ("ended", "已期满"),
                            ("refused", "未同意"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
                    ),
                ),
                (
                    "home_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
                    ),
                ),
                (
                    "host_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
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
                (
                    "post",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.post",
                    ),
                ),
            ],
            options={
                "ordering": ["-starts_on", "-pk"],
                "indexes": [models.Index(fields=["state", "remind_on"], name="secondment_waits")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "agreed", "running"])),
                        fields=("person", "host"),
                        name="one_secondment_to_a_host",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("home", models.F("host")), _negated=True),
                        name="a_secondment_leads_elsewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                        name="a_secondment_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["asked", "refused", "withdrawn"]),
                            models.Q(("home_on__isnull", False), ("host_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="both_agree_before_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["running", "ended"]), _negated=True),
                            ("post__isnull", False),
                            _connector="OR",
                        ),
                        name="who_serves_has_the_post",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_on__isnull", False),
                                ("state", "ended"),
                                models.Q(("grade", ""), _negated=True),
                                models.Q(("words", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "ended"), _negated=True),
                                ("ended_on__isnull", True),
                                ("grade", ""),
                            ),
                            _connector="OR",
                        ),
                        name="what_ended_was_appraised",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("was", models.DateField(verbose_name="原期满日期")),
                ("until", models.DateField(verbose_name="延至")),
                ("reason", models.CharField(max_length=200, verbose_name="延期原因")),
                ("extended_on", models.DateField(verbose_name="延期办理日期")),
                (
                    "extended_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "secondment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="extensions",
                        to="cadres.secondment",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__gt", models.F("was")), models.Q(("reason", ""), _negated=True)
                        ),
                        name="an_extension_goes_on",
                    )
                ],
            },
        ),
    ]
