import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("joining", "0002_numbers"),
        ("people", "0003_league_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="Lesson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="上课日期")),
                ("title", models.CharField(max_length=80, verbose_name="团课主题")),
                ("quarters", models.PositiveSmallIntegerField(verbose_name="学时（四分之一学时）")),
                ("struck_at", models.DateTimeField(blank=True, null=True, verbose_name="划去时间")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="划去原因")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lessons",
                        to="joining.case",
                    ),
                ),
            ],
            options={
                "ordering": ["on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("struck_at__isnull", True)),
                        fields=("case", "on", "title"),
                        name="lesson_entered_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quarters__gte", 1)), name="lesson_has_a_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), ("struck_at__isnull", True)),
                            models.Q(
                                ("struck_at__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="struck_lesson_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="大会日期")),
                ("entitled", models.PositiveSmallIntegerField(verbose_name="应到会有表决权人数")),
                ("present", models.PositiveSmallIntegerField(verbose_name="实到会有表决权人数")),
                ("agreed", models.PositiveSmallIntegerField(verbose_name="赞成")),
                ("opposed", models.PositiveSmallIntegerField(verbose_name="反对")),
                ("abstained", models.PositiveSmallIntegerField(verbose_name="弃权")),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meeting",
                        to="joining.case",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("present__lte", models.F("entitled")),
                            (
                                "entitled__lt",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("present"), "*", models.Value(2)
                                ),
                            ),
                        ),
                        name="more_than_half_came_to_the_meeting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "present",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("agreed"), "+", models.F("opposed")
                                    ),
                                    "+",
                                    models.F("abstained"),
                                ),
                            )
                        ),
                        name="every_vote_is_counted_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="提出日期")),
                ("raised_by", models.CharField(blank=True, max_length=60, verbose_name="提出人")),
                ("words", models.CharField(max_length=1000, verbose_name="异议内容")),
                ("answer", models.CharField(blank=True, max_length=1000, verbose_name="核实结果")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="答复日期")),
                ("upheld", models.BooleanField(default=False, verbose_name="异议成立")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="joining.case",
                    ),
                ),
            ],
            options={
                "ordering": ["on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""), ("answered_on__isnull", True), ("upheld", False)
                            ),
                            models.Q(
                                ("answered_on__gte", models.F("on")),
                                ("answered_on__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="joining_objection_is_answered_in_words",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Sponsor",
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
                        choices=[("contact", "培养联系人"), ("introducer", "入团介绍人")],
                        max_length=10,
                        verbose_name="身份",
                    ),
                ),
                ("since", models.DateField(verbose_name="确定日期")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sponsors",
                        to="joining.case",
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
            ],
            options={
                "ordering": ["kind", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "kind", "person"), name="sponsor_once_of_a_kind"
                    )
                ],
            },
        ),
    ]
