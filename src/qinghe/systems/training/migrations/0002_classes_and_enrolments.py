import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0001_initial"),
        ("people", "0002_contacts_and_child_access"),
        ("training", "0001_programmes_and_lecturers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Class",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="班次")),
                ("starts_at", models.DateTimeField(verbose_name="开始时间")),
                ("ends_at", models.DateTimeField(verbose_name="结束时间")),
                ("day", models.DateField(verbose_name="日期")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="地点")),
                ("link", models.URLField(blank=True, verbose_name="线上网址")),
                ("capacity", models.PositiveIntegerField(verbose_name="名额")),
                ("taken", models.PositiveIntegerField(default=0, verbose_name="已报名")),
                (
                    "youngest",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="最小年龄"
                    ),
                ),
                (
                    "oldest",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="最大年龄"
                    ),
                ),
                ("called_at", models.DateTimeField(blank=True, null=True, verbose_name="点名时间")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="取消原因")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "报名中"),
                            ("held", "已开班"),
                            ("cancelled", "已取消"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="classes",
                        to="training.course",
                    ),
                ),
            ],
            options={
                "ordering": ["-starts_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("signed_at", models.DateTimeField(verbose_name="报名时间")),
                ("by_desk", models.BooleanField(default=False, verbose_name="窗口代报")),
                ("by_guardian", models.BooleanField(default=False, verbose_name="监护人同意")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[("", "未考核"), ("passed", "合格"), ("failed", "不合格")],
                        default="",
                        max_length=6,
                        verbose_name="考核结果",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="取消原因")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("signed", "已报名"),
                            ("attended", "到课"),
                            ("absent", "缺课"),
                            ("cancelled", "已取消"),
                        ],
                        default="signed",
                        max_length=10,
                        verbose_name="状态",
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
                    "training_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="training.class",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "cancelled"), _negated=True),
                        fields=("training_class", "person"),
                        name="enrolled_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("result", ""), ("state", "attended"), _connector="OR"),
                        name="only_who_came_has_a_result",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Completion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=24, unique=True, verbose_name="证书编号")),
                ("check_code", models.CharField(max_length=8, verbose_name="查验码")),
                ("issued_on", models.DateField(verbose_name="发放日期")),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="撤销时间"),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="撤销原因")),
                (
                    "enrolment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="completion",
                        to="training.enrolment",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), ("revoked_at__isnull", True)),
                            models.Q(
                                ("revoked_at__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="revoked_completion_says_why",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="class",
            name="lecturer",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="classes",
                to="training.lecturer",
            ),
        ),
        migrations.AddIndex(
            model_name="class",
            index=models.Index(
                condition=models.Q(("state", "planned")), fields=["ends_at"], name="class_planned"
            ),
        ),
        migrations.AddConstraint(
            model_name="class",
            constraint=models.CheckConstraint(
                condition=models.Q(("taken__lte", models.F("capacity"))), name="class_not_oversold"
            ),
        ),
        migrations.AddConstraint(
            model_name="class",
            constraint=models.CheckConstraint(
                condition=models.Q(("capacity__gt", 0)), name="class_takes_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="class",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="class_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="class",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("place", ""), _negated=True),
                    models.Q(("link", ""), _negated=True),
                    _connector="OR",
                ),
                name="class_is_somewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="class",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("called_at__isnull", False), ("state", "held")),
                    models.Q(
                        models.Q(("state", "held"), _negated=True), ("called_at__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="held_class_was_called",
            ),
        ),
        migrations.AddConstraint(
            model_name="class",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "cancelled"), models.Q(("reason", ""), _negated=True)),
                    models.Q(models.Q(("state", "cancelled"), _negated=True), ("reason", "")),
                    _connector="OR",
                ),
                name="cancelled_class_says_why",
            ),
        ),
    ]
