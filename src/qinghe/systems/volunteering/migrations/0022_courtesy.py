from datetime import date

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# rules.md 2.7 asks for a yearly cap and names none: twelve times and 500 yuan until the district says
# otherwise.
FIRST = {"starts_on": date(2022, 1, 1), "most_claims": 12, "most_fen": 50_000, "valid_days": 7}


def enter_terms(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Enter how much courtesy one person may take a year, to begin with."""
    apps.get_model("volunteering", "CourtesyTerms").objects.create(**FIRST)


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0001_initial"),
        ("people", "0002_contacts_and_child_access"),
        ("volunteering", "0021_findings_hold_records"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sponsor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sight", "景区场馆"),
                            ("culture", "文化体育"),
                            ("training", "教育培训"),
                            ("health", "医疗健康"),
                            ("dining", "餐饮"),
                            ("retail", "商超零售"),
                            ("transport", "交通出行"),
                            ("public", "公共服务单位"),
                        ],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("address", models.CharField(max_length=120, verbose_name="地址")),
                ("contact_name", models.CharField(max_length=40, verbose_name="联系人")),
                ("contact", models.CharField(max_length=60, verbose_name="工作联系方式")),
                ("agreed_from", models.DateField(verbose_name="协议开始")),
                ("agreed_to", models.DateField(verbose_name="协议截止")),
                ("entered_on", models.DateField(verbose_name="登记日期")),
                ("approved_on", models.DateField(null=True, verbose_name="审核日期")),
                ("ended_on", models.DateField(null=True, verbose_name="终止日期")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("applied", "待审核"),
                            ("active", "合作中"),
                            ("refused", "未通过"),
                            ("ended", "已终止"),
                        ],
                        default="applied",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
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
                "ordering": ["name", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "applied")),
                        fields=["org"],
                        name="sponsor_applied",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["applied", "active"])),
                        fields=("org", "name"),
                        name="one_living_sponsor_of_a_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("agreed_to__gte", models.F("agreed_from"))),
                        name="sponsor_agrees_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_on__isnull", False), ("state__in", ["active", "ended"])
                            ),
                            models.Q(
                                ("approved_on__isnull", True), ("state__in", ["applied", "refused"])
                            ),
                            _connector="OR",
                        ),
                        name="standing_sponsor_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", False), ("state", "ended")),
                            models.Q(
                                models.Q(("state", "ended"), _negated=True),
                                ("ended_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="ended_sponsor_has_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CourtesyItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=60, verbose_name="名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("entry", "免费入场"),
                            ("discount", "折扣优惠"),
                            ("training", "培训学习"),
                            ("priority", "优先办理"),
                            ("goods", "纪念品"),
                            ("service", "体验服务"),
                        ],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("about", models.CharField(max_length=400, verbose_name="使用说明")),
                ("opens_on", models.DateField(verbose_name="开放日期")),
                ("closes_on", models.DateField(verbose_name="截止日期")),
                (
                    "weekdays",
                    models.CharField(default="1234567", max_length=7, verbose_name="使用日"),
                ),
                ("star", models.PositiveSmallIntegerField(default=0, verbose_name="最低星级")),
                ("minutes", models.PositiveIntegerField(default=0, verbose_name="最低服务分钟")),
                (
                    "months",
                    models.PositiveSmallIntegerField(default=12, verbose_name="服务时长的月数"),
                ),
                ("stock", models.PositiveIntegerField(null=True, verbose_name="总份数")),
                ("monthly", models.PositiveIntegerField(null=True, verbose_name="每月份数")),
                (
                    "yearly",
                    models.PositiveSmallIntegerField(default=1, verbose_name="每人每年份数"),
                ),
                ("fen", models.PositiveIntegerField(null=True, verbose_name="参考价值（分）")),
                ("taken", models.PositiveIntegerField(default=0, verbose_name="已占用份数")),
                ("entered_on", models.DateField(verbose_name="提交日期")),
                ("opened_on", models.DateField(null=True, verbose_name="发布日期")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("applied", "待审核"),
                            ("open", "已发布"),
                            ("refused", "未通过"),
                            ("withdrawn", "已下架"),
                        ],
                        default="applied",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "sponsor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="volunteering.sponsor",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "applied")),
                        fields=["sponsor"],
                        name="courtesy_item_applied",
                    ),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["area"],
                        name="courtesy_item_open",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stock__isnull", True),
                            ("taken__lte", models.F("stock")),
                            _connector="OR",
                        ),
                        name="courtesy_never_beyond_its_stock",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                        name="courtesy_closes_after_it_opens",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("star__lte", 5)),
                        name="courtesy_asks_for_a_star_there_is",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("months__gte", 1),
                            ("yearly__gte", 1),
                            models.Q(("weekdays", ""), _negated=True),
                            models.Q(("stock__isnull", True), ("stock__gte", 1), _connector="OR"),
                            models.Q(
                                ("monthly__isnull", True), ("monthly__gte", 1), _connector="OR"
                            ),
                        ),
                        name="courtesy_gives_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("opened_on__isnull", False), ("state__in", ["open", "withdrawn"])
                            ),
                            models.Q(
                                ("opened_on__isnull", True), ("state__in", ["applied", "refused"])
                            ),
                            _connector="OR",
                        ),
                        name="opened_courtesy_has_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SponsorKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(max_length=40, verbose_name="核销点")),
                ("key_hash", models.CharField(max_length=64, unique=True, verbose_name="地址摘要")),
                ("made_at", models.DateTimeField(verbose_name="生成时间")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="停用时间")),
                (
                    "sponsor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keys",
                        to="volunteering.sponsor",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=("sponsor", "label"),
                        name="one_living_key_of_a_till",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CourtesyTerms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(unique=True, verbose_name="施行日期")),
                (
                    "most_claims",
                    models.PositiveSmallIntegerField(verbose_name="每人每年领取次数上限"),
                ),
                ("most_fen", models.PositiveIntegerField(verbose_name="每人每年价值上限（分）")),
                ("valid_days", models.PositiveSmallIntegerField(verbose_name="领取后有效天数")),
                (
                    "entered_by",
                    models.ForeignKey(
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
                            ("most_claims__gte", 1), ("most_fen__gte", 1), ("valid_days__gte", 1)
                        ),
                        name="courtesy_terms_allow_some",
                    )
                ],
            },
        ),
        migrations.RunPython(enter_terms, migrations.RunPython.noop, elidable=False),
    ]
