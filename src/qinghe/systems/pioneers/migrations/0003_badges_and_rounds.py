import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_league_files"),
        ("pioneers", "0002_enter_the_first_outlines"),
    ]

    operations = [
        migrations.CreateModel(
            name="Badge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=40, verbose_name="名称")),
                (
                    "family",
                    models.CharField(
                        choices=[("basic", "基础章"), ("special", "特色章"), ("star", "星级章")],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                (
                    "branch",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("red_star", "红星章"),
                            ("red_flag", "红旗章"),
                            ("torch", "火炬章"),
                        ],
                        max_length=10,
                        verbose_name="章系",
                    ),
                ),
                ("star", models.PositiveSmallIntegerField(default=0, verbose_name="星级")),
                (
                    "grade",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="0为不分年级", verbose_name="年级"
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("school", "校级"),
                            ("district", "区级"),
                            ("city", "市级"),
                            ("province", "省级"),
                            ("national", "全国"),
                        ],
                        max_length=10,
                        verbose_name="颁发层级",
                    ),
                ),
                ("is_collective", models.BooleanField(default=False, verbose_name="集体章")),
                ("source", models.CharField(max_length=200, verbose_name="依据")),
                ("opened_on", models.DateField(verbose_name="启用日期")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="停用日期")),
            ],
            options={
                "ordering": ["family", "star", "is_collective", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_on__isnull", True)),
                        fields=("title", "level", "is_collective"),
                        name="badge_title_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("family", "star"), ("star__gte", 1), ("star__lte", 5)),
                            models.Q(models.Q(("family", "star"), _negated=True), ("star", 0)),
                            _connector="OR",
                        ),
                        name="stars_on_star_badges",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("family", "basic"), models.Q(("branch", ""), _negated=True)),
                            models.Q(models.Q(("family", "basic"), _negated=True), ("branch", "")),
                            _connector="OR",
                        ),
                        name="basic_badge_has_a_branch",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("grade__lte", 9)), name="badge_grade_is_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True),
                            ("closed_on__gte", models.F("opened_on")),
                            _connector="OR",
                        ),
                        name="badge_closes_after_it_opens",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=60, verbose_name="名称")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("school", "校级"),
                            ("district", "区级"),
                            ("city", "市级"),
                            ("province", "省级"),
                            ("national", "全国"),
                        ],
                        max_length=10,
                        verbose_name="层级",
                    ),
                ),
                (
                    "term",
                    models.CharField(help_text="如 2022H1", max_length=6, verbose_name="学期"),
                ),
                ("opens_on", models.DateField(verbose_name="申报开始")),
                ("closes_on", models.DateField(verbose_name="申报截止")),
            ],
            options={
                "ordering": ["-opens_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("level", "term", "title"), name="round_title_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                        name="round_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StarTerms",
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
                    "star1",
                    models.PositiveSmallIntegerField(
                        default=30, verbose_name="一星章占年级达标人数（%）"
                    ),
                ),
                (
                    "star2",
                    models.PositiveSmallIntegerField(
                        default=30, verbose_name="二星章占一星章（%）"
                    ),
                ),
                (
                    "star3",
                    models.PositiveSmallIntegerField(
                        default=20, verbose_name="三星章占二星章（%）"
                    ),
                ),
                (
                    "star4",
                    models.PositiveSmallIntegerField(
                        default=10, verbose_name="四星章占三星章（%）"
                    ),
                ),
                (
                    "star5",
                    models.PositiveSmallIntegerField(
                        default=100, verbose_name="五星章占四星章（%）"
                    ),
                ),
                (
                    "within_days",
                    models.PositiveSmallIntegerField(
                        default=365, verbose_name="上一星级的有效天数"
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="依据")),
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
                            ("star1__lte", 100),
                            ("star2__lte", 100),
                            ("star3__lte", 100),
                            ("star4__lte", 100),
                            ("star5__lte", 100),
                            ("within_days__gte", 1),
                        ),
                        name="star_terms_are_per_cent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("entered_by__isnull", True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="who_sets_star_terms_says_why",
                    ),
                ],
            },
        ),
    ]
