import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("orgs", "0001_initial"),
        ("people", "0002_contacts_and_child_access"),
    ]

    operations = [
        migrations.CreateModel(
            name="Course",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="课程")),
                ("quarters", models.PositiveSmallIntegerField(verbose_name="学时（四分之一学时）")),
                ("is_examined", models.BooleanField(default=False, verbose_name="须考核")),
                ("about", models.CharField(blank=True, max_length=400, verbose_name="内容")),
            ],
            options={
                "ordering": ["programme", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Lecturer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=40, verbose_name="外请讲师姓名")),
                ("subjects", models.CharField(max_length=120, verbose_name="擅长领域")),
                ("sender", models.CharField(max_length=80, verbose_name="派出单位")),
                ("joined_on", models.DateField(verbose_name="入队日期")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="离队日期")),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["team", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="编号")),
                ("title", models.CharField(max_length=80, verbose_name="名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("camp", "训练营"),
                            ("school", "线上学堂"),
                            ("team", "讲师队、宣讲团"),
                        ],
                        max_length=8,
                        verbose_name="类别",
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=400, verbose_name="说明")),
                ("opened_on", models.DateField(verbose_name="设立日期")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="结束日期")),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
                    ),
                ),
            ],
            options={
                "ordering": ["-opened_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("org", "title"), name="programme_once_an_org"),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="programme_has_a_code"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("opened_on")),
                            _connector="OR",
                        ),
                        name="programme_ends_after_opening",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="lecturer",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lecturers",
                to="training.programme",
            ),
        ),
        migrations.AddField(
            model_name="course",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="courses",
                to="training.programme",
            ),
        ),
        migrations.AddConstraint(
            model_name="lecturer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), ("person__isnull", False)),
                    models.Q(("person__isnull", True), models.Q(("name", ""), _negated=True)),
                    _connector="OR",
                ),
                name="lecturer_is_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="lecturer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("left_on__isnull", True),
                    ("left_on__gte", models.F("joined_on")),
                    _connector="OR",
                ),
                name="lecturer_leaves_after_joining",
            ),
        ),
        migrations.AddConstraint(
            model_name="lecturer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_on__isnull", True), ("person__isnull", False)),
                fields=("team", "person"),
                name="person_once_in_a_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="lecturer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_on__isnull", True), ("person__isnull", True)),
                fields=("team", "name"),
                name="guest_once_in_a_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.UniqueConstraint(
                fields=("programme", "title"), name="course_once_a_programme"
            ),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(
                condition=models.Q(("quarters__gt", 0)), name="course_takes_time"
            ),
        ),
    ]
