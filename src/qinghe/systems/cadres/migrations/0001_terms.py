import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0003_league_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="CadreTerms",
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
                    "student_years",
                    models.PositiveSmallIntegerField(default=1, verbose_name="学生支部任期（年）"),
                ),
                (
                    "branch_least",
                    models.PositiveSmallIntegerField(
                        default=2, verbose_name="其他支部、总支任期最短（年）"
                    ),
                ),
                (
                    "branch_most",
                    models.PositiveSmallIntegerField(
                        default=3, verbose_name="其他支部、总支任期最长（年）"
                    ),
                ),
                (
                    "committee_least",
                    models.PositiveSmallIntegerField(default=3, verbose_name="团委任期最短（年）"),
                ),
                (
                    "committee_most",
                    models.PositiveSmallIntegerField(default=5, verbose_name="团委任期最长（年）"),
                ),
                (
                    "warn_months",
                    models.PositiveSmallIntegerField(default=6, verbose_name="届满前提醒（月）"),
                ),
                (
                    "quorum_top",
                    models.PositiveSmallIntegerField(
                        default=2, verbose_name="到会人数须超过应到的：分子"
                    ),
                ),
                (
                    "quorum_bottom",
                    models.PositiveSmallIntegerField(
                        default=3, verbose_name="到会人数须超过应到的：分母"
                    ),
                ),
                (
                    "votes_percent",
                    models.PositiveSmallIntegerField(
                        default=50, verbose_name="得票须超过到会人数的（%）"
                    ),
                ),
                (
                    "examiners",
                    models.PositiveSmallIntegerField(default=2, verbose_name="考察组最少人数"),
                ),
                (
                    "reserve_years",
                    models.PositiveSmallIntegerField(default=3, verbose_name="在库期限（年）"),
                ),
                (
                    "remind_days",
                    models.PositiveSmallIntegerField(
                        default=30, verbose_name="互兼互挂期满前提醒（天）"
                    ),
                ),
                (
                    "points_post",
                    models.PositiveSmallIntegerField(
                        default=2, verbose_name="积分：每个任满一年的职务"
                    ),
                ),
                (
                    "points_term",
                    models.PositiveSmallIntegerField(default=5, verbose_name="积分：每当选一届"),
                ),
                (
                    "points_good",
                    models.PositiveSmallIntegerField(default=10, verbose_name="积分：鉴定优秀"),
                ),
                (
                    "points_fit",
                    models.PositiveSmallIntegerField(default=5, verbose_name="积分：鉴定合格"),
                ),
                (
                    "points_honour",
                    models.PositiveSmallIntegerField(default=8, verbose_name="积分：每项荣誉"),
                ),
                (
                    "points_task",
                    models.PositiveSmallIntegerField(default=5, verbose_name="积分：每项重点任务"),
                ),
                (
                    "points_review",
                    models.PositiveSmallIntegerField(default=5, verbose_name="积分：每次评议优秀"),
                ),
                (
                    "suggest_from",
                    models.PositiveSmallIntegerField(
                        default=10, verbose_name="列入建议名单的最低积分"
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="依据")),
                ("reason", models.CharField(max_length=200, verbose_name="调整原因")),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_index=False,
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
                            ("branch_least__gte", 1),
                            ("branch_most__gte", models.F("branch_least")),
                            ("committee_least__gte", 1),
                            ("committee_most__gte", models.F("committee_least")),
                            ("examiners__gte", 2),
                            ("reserve_years__gte", 1),
                            ("student_years__gte", 1),
                        ),
                        name="cadre_terms_give_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quorum_bottom__gte", 1),
                            ("quorum_top__lt", models.F("quorum_bottom")),
                            ("votes_percent__lt", 100),
                        ),
                        name="a_quorum_is_a_part_of_all",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source", ""), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                        ),
                        name="who_sets_cadre_terms_says_why",
                    ),
                ],
            },
        ),
    ]
