from datetime import date

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FIRST = {
    "title": "发展团员的条件和期限",
    # From when on 智慧团建 asks for 14 years and a number (T-12, T-22).
    "starts_on": date(2017, 1, 1),
    # The numbers are the columns' defaults: rules §1.2; service and registration T-13.
    "source": "《中国共产主义青年团发展团员工作细则》（中青发〔2023〕13号）；志愿服务小时数各地不一，可调整",
}


def enter_first_terms(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Enter the terms that hold until a district sets its own."""
    apps.get_model("joining", "JoiningTerms").objects.create(**FIRST)


class Migration(migrations.Migration):
    dependencies = [
        ("joining", "0003_evidence"),
        ("people", "0003_league_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="JoiningTerms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="名称")),
                ("starts_on", models.DateField(verbose_name="施行日期")),
                (
                    "sector",
                    models.CharField(
                        blank=True,
                        choices=[("", "全部领域"), ("school", "学校领域"), ("society", "社会领域")],
                        max_length=10,
                        verbose_name="适用领域",
                    ),
                ),
                (
                    "youngest",
                    models.PositiveSmallIntegerField(default=14, verbose_name="申请最小年龄（满）"),
                ),
                (
                    "oldest",
                    models.PositiveSmallIntegerField(
                        default=28, verbose_name="申请年龄上限（未满）"
                    ),
                ),
                (
                    "talk_months",
                    models.PositiveSmallIntegerField(default=1, verbose_name="派人谈话期限（月）"),
                ),
                (
                    "contacts",
                    models.PositiveSmallIntegerField(
                        default=2, verbose_name="培养联系人最多（名）"
                    ),
                ),
                (
                    "cultivation_months",
                    models.PositiveSmallIntegerField(default=3, verbose_name="培养考察最短（月）"),
                ),
                (
                    "lesson_hours",
                    models.PositiveSmallIntegerField(default=8, verbose_name="团课最少（学时）"),
                ),
                (
                    "needs_volunteer",
                    models.BooleanField(default=True, verbose_name="须为注册志愿者"),
                ),
                (
                    "volunteer_hours",
                    models.PositiveSmallIntegerField(
                        default=20, verbose_name="志愿服务最少（小时）"
                    ),
                ),
                (
                    "notice_days",
                    models.PositiveSmallIntegerField(default=5, verbose_name="公示（工作日）"),
                ),
                (
                    "introducers",
                    models.PositiveSmallIntegerField(default=2, verbose_name="入团介绍人（名）"),
                ),
                (
                    "approval_months",
                    models.PositiveSmallIntegerField(default=1, verbose_name="审批期限（月）"),
                ),
                (
                    "archive_days",
                    models.PositiveSmallIntegerField(default=30, verbose_name="归档期限（天）"),
                ),
                (
                    "scan_pages",
                    models.PositiveSmallIntegerField(default=12, verbose_name="志愿书扫描件页数"),
                ),
                (
                    "scan_megabytes",
                    models.PositiveSmallIntegerField(default=20, verbose_name="扫描件最大（MB）"),
                ),
                (
                    "rest_months",
                    models.PositiveSmallIntegerField(
                        default=12, verbose_name="停办多久可作失效（月）"
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
                "ordering": ["-starts_on", "sector"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("starts_on", "sector"), name="joining_terms_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("oldest__gt", models.F("youngest")),
                            ("youngest__gte", 14),
                            ("contacts__gte", 1),
                            ("introducers__gte", 1),
                            ("notice_days__gte", 1),
                            ("scan_megabytes__gte", 1),
                            ("scan_megabytes__lte", 20),
                            ("scan_pages__gte", 1),
                        ),
                        name="joining_terms_ask_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("entered_by__isnull", True),
                            models.Q(
                                models.Q(("source", ""), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="who_sets_joining_terms_says_why",
                    ),
                ],
            },
        ),
        migrations.RunPython(enter_first_terms, migrations.RunPython.noop),
    ]
