import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0001_initial"),
        ("people", "0002_contacts_and_child_access"),
        ("volunteering", "0002_find_the_few_applicants"),
    ]

    operations = [
        migrations.CreateModel(
            name="StarRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="名称")),
                ("counted_until", models.DateField(verbose_name="时长计至")),
                ("opens_on", models.DateField(verbose_name="申报开始")),
                ("closes_on", models.DateField(verbose_name="申报截止")),
                ("opened_at", models.DateTimeField(verbose_name="建立时间")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "进行中"), ("closed", "已归档")],
                        default="open",
                        max_length=6,
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
                "ordering": ["-opens_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="StarCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("star", models.PositiveSmallIntegerField(verbose_name="星级")),
                ("minutes", models.PositiveIntegerField(verbose_name="计入分钟")),
                ("carried", models.PositiveIntegerField(default=0, verbose_name="其中结转分钟")),
                ("served", models.JSONField(default=dict, verbose_name="计入的服务记录")),
                ("by_self", models.BooleanField(default=False, verbose_name="本人申请")),
                ("proposed_on", models.DateField(verbose_name="申报日期")),
                ("step", models.PositiveSmallIntegerField(default=0, verbose_name="审核步骤")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reviewing", "待审核"),
                            ("noticed", "公示中"),
                            ("issued", "已认定"),
                            ("refused", "未通过"),
                            ("withdrawn", "已撤回"),
                            ("lowered", "已核减"),
                        ],
                        default="reviewing",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("notice_from", models.DateField(null=True, verbose_name="公示开始")),
                ("notice_until", models.DateField(null=True, verbose_name="公示截止")),
                ("issued_on", models.DateField(null=True, verbose_name="认定日期")),
                ("ended_on", models.DateField(null=True, verbose_name="核减日期")),
                (
                    "awaits",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.org",
                    ),
                ),
                (
                    "lowered_from",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lowered_to",
                        to="volunteering.starcase",
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "volunteer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="star_cases",
                        to="volunteering.volunteer",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="volunteering.starround",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "reviewing")),
                        fields=["awaits"],
                        name="star_case_waits",
                    ),
                    models.Index(fields=["round", "state"], name="star_case_of_round"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["reviewing", "noticed", "issued"])),
                        fields=("round", "volunteer"),
                        name="one_living_star_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("awaits__isnull", False), ("state", "reviewing")),
                            models.Q(
                                models.Q(("state", "reviewing"), _negated=True),
                                ("awaits__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="reviewed_star_case_waits_for_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("issued_on__isnull", False), ("state__in", ["issued", "lowered"])
                            ),
                            models.Q(
                                models.Q(("state__in", ["issued", "lowered"]), _negated=True),
                                ("issued_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="recognised_star_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", False), ("state", "lowered")),
                            models.Q(
                                models.Q(("state", "lowered"), _negated=True),
                                ("ended_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="lowered_star_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("carried__lte", models.F("minutes"))),
                        name="star_case_counts_what_it_carries",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StarScheme",
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
                ("notice_days", models.PositiveSmallIntegerField(verbose_name="公示工作日数")),
            ],
            options={
                "ordering": ["-starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("notice_days__gte", 1)), name="star_scheme_has_notice"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="starround",
            name="scheme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rounds",
                to="volunteering.starscheme",
            ),
        ),
        migrations.CreateModel(
            name="StarLevel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("star", models.PositiveSmallIntegerField(verbose_name="星级")),
                ("minutes", models.PositiveIntegerField(verbose_name="服务分钟")),
                ("months", models.PositiveSmallIntegerField(verbose_name="注册满月数")),
                (
                    "route",
                    models.CharField(
                        help_text="community,street,district",
                        max_length=60,
                        verbose_name="审核层级",
                    ),
                ),
                ("own_application", models.BooleanField(default=True, verbose_name="可由本人申请")),
                (
                    "scheme",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="levels",
                        to="volunteering.starscheme",
                    ),
                ),
            ],
            options={
                "ordering": ["star"],
                "constraints": [
                    models.UniqueConstraint(fields=("scheme", "star"), name="one_level_for_a_star"),
                    models.CheckConstraint(
                        condition=models.Q(("star__gte", 1), ("star__lte", 5)),
                        name="star_is_one_to_five",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gt", 0)), name="star_asks_service"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("route", ""), _negated=True), name="star_has_a_route"
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="starround",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                name="star_round_closes_after_it_opens",
            ),
        ),
        migrations.AddConstraint(
            model_name="starround",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("org",), name="one_open_star_round"
            ),
        ),
    ]
