import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0001_initial"),
        ("people", "0003_league_files"),
        ("targets", "0003_progress"),
    ]

    operations = [
        migrations.CreateModel(
            name="LadderStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rung",
                    models.CharField(
                        choices=[
                            ("soon", "到期提醒"),
                            ("yellow", "黄灯提醒"),
                            ("red", "红灯提醒"),
                            ("named", "点名通报"),
                        ],
                        max_length=6,
                        verbose_name="督办步骤",
                    ),
                ),
                ("of", models.DateField(verbose_name="所属日期")),
                ("due_on", models.DateField(verbose_name="应办日期")),
                ("at", models.DateTimeField(verbose_name="办理时间")),
                ("told", models.PositiveSmallIntegerField(default=0, verbose_name="通知人数")),
                (
                    "charge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="targets.charge",
                    ),
                ),
            ],
            options={
                "ordering": ["-due_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("charge", "rung", "of"), name="each_step_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="LightSpan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "light",
                    models.CharField(
                        choices=[("green", "绿灯"), ("yellow", "黄灯"), ("red", "红灯")],
                        max_length=6,
                        verbose_name="亮灯",
                    ),
                ),
                ("since", models.DateField(verbose_name="亮灯日期")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="变灯日期")),
                (
                    "charge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lights",
                        to="targets.charge",
                    ),
                ),
            ],
            options={
                "ordering": ["charge", "-since"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=["light", "charge"],
                        name="light_of_now",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("charge",),
                        name="one_light_a_charge",
                    ),
                    models.UniqueConstraint(
                        fields=("charge", "since"), name="one_light_from_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gt", models.F("since")),
                            _connector="OR",
                        ),
                        name="light_goes_out_after_it_shines",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Slip",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("number", models.PositiveIntegerField(verbose_name="编号")),
                ("day", models.DateField(verbose_name="发出日期")),
                ("answer_by", models.DateField(verbose_name="反馈期限")),
                ("words", models.CharField(max_length=400, verbose_name="督办要求")),
                ("stood", models.CharField(max_length=200, verbose_name="发出时的情况")),
                (
                    "charge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slips",
                        to="targets.charge",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
                    ),
                ),
            ],
            options={
                "ordering": ["-day", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("issuer", "year", "number"), name="one_slip_a_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer_by__gt", models.F("day"))),
                        name="slip_gives_time_to_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SupervisionTerms",
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
                    "green_percent",
                    models.PositiveSmallIntegerField(
                        default=95, verbose_name="绿灯：达到应完成数的百分比"
                    ),
                ),
                (
                    "yellow_percent",
                    models.PositiveSmallIntegerField(
                        default=80, verbose_name="黄灯：达到应完成数的百分比"
                    ),
                ),
                (
                    "quiet_percent",
                    models.PositiveSmallIntegerField(
                        default=10, verbose_name="起步：开始后百分之几的时间里不亮黄灯、红灯"
                    ),
                ),
                (
                    "soon_days",
                    models.PositiveSmallIntegerField(default=7, verbose_name="到期前几天提醒"),
                ),
                (
                    "named_days",
                    models.PositiveSmallIntegerField(
                        default=5, verbose_name="亮红灯几个工作日后点名通报"
                    ),
                ),
                (
                    "file_days",
                    models.PositiveSmallIntegerField(
                        default=30, verbose_name="每隔几天填报一次进度"
                    ),
                ),
                (
                    "answer_days",
                    models.PositiveSmallIntegerField(
                        default=5, verbose_name="通知填报后几天内填报"
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="调整原因")),
                (
                    "entered_by",
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
                "ordering": ["-starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer_days__gte", 1),
                            ("file_days__gte", 1),
                            ("green_percent__lte", 100),
                            ("named_days__gte", 1),
                            ("quiet_percent__lte", 50),
                            ("soon_days__gte", 1),
                            ("yellow_percent__gte", 1),
                            ("yellow_percent__lte", models.F("green_percent")),
                        ),
                        name="supervision_terms_can_be_kept",
                    )
                ],
            },
        ),
    ]
