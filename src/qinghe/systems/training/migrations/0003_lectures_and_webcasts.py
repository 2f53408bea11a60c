import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0001_initial"),
        ("people", "0002_contacts_and_child_access"),
        ("training", "0002_classes_and_enrolments"),
    ]

    operations = [
        migrations.CreateModel(
            name="Lecture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("topic", models.CharField(max_length=80, verbose_name="主题")),
                ("audience", models.CharField(max_length=80, verbose_name="听众")),
                ("expected", models.PositiveIntegerField(verbose_name="预计人数")),
                ("first_day", models.DateField(verbose_name="希望最早日期")),
                ("last_day", models.DateField(verbose_name="希望最晚日期")),
                ("asked_on", models.DateField(verbose_name="预约日期")),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="宣讲时间")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="地点")),
                ("people", models.PositiveIntegerField(blank=True, null=True, verbose_name="人次")),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="宣讲日期")),
                (
                    "stars",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="评价星级"
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=200, verbose_name="评价")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "待答复"),
                            ("accepted", "已派课"),
                            ("held", "已完成"),
                            ("refused", "未接受"),
                            ("cancelled", "已取消"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
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
                    "lecturer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lectures",
                        to="training.lecturer",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lectures",
                        to="training.programme",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_on", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("state", "asked"), ("state", "accepted"), _connector="OR"
                        ),
                        fields=["asked_on"],
                        name="lecture_waits",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="lecture_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("lecturer__isnull", False),
                                ("starts_at__isnull", False),
                                ("state__in", ["accepted", "held"]),
                            ),
                            models.Q(("state__in", ["accepted", "held"]), _negated=True),
                            _connector="OR",
                        ),
                        name="arranged_lecture_says_who_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("held_on__isnull", False),
                                ("people__isnull", False),
                                ("state", "held"),
                            ),
                            models.Q(
                                models.Q(("state", "held"), _negated=True),
                                ("held_on__isnull", True),
                                ("people__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="held_lecture_says_how_many",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stars__isnull", True),
                            models.Q(
                                ("stars__gte", 1),
                                ("stars__isnull", False),
                                ("stars__lte", 5),
                                ("state", "held"),
                            ),
                            _connector="OR",
                        ),
                        name="lecture_is_rated_once_held",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Webcast",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="期数")),
                ("title", models.CharField(max_length=80, verbose_name="题目")),
                ("day", models.DateField(verbose_name="播出日期")),
                ("platform", models.CharField(max_length=40, verbose_name="平台")),
                (
                    "views",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="观看人次"),
                ),
                ("replay", models.URLField(blank=True, verbose_name="回放网址")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "草稿"), ("published", "已发布"), ("held", "已开展")],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "lecturer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="webcasts",
                        to="training.lecturer",
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="webcasts",
                        to="training.programme",
                    ),
                ),
            ],
            options={
                "ordering": ["-day", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "number"), name="webcast_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gt", 0)), name="webcast_number_counts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"), ("lecturer__isnull", False), _connector="OR"
                        ),
                        name="published_webcast_has_a_lecturer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "held"), ("views__isnull", False)),
                            models.Q(
                                models.Q(("state", "held"), _negated=True), ("views__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="held_webcast_says_how_many",
                    ),
                ],
            },
        ),
    ]
