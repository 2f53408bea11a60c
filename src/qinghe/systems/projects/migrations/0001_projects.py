import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("orgs", "0001_initial"),
        ("people", "0004_merged_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="JointProject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="项目名称")),
                ("aim", models.CharField(max_length=400, verbose_name="目标")),
                ("starts_on", models.DateField(verbose_name="开始日期")),
                ("ends_on", models.DateField(verbose_name="结束日期")),
                ("founded_on", models.DateField(blank=True, null=True, verbose_name="立项日期")),
                (
                    "ended_on",
                    models.DateField(blank=True, null=True, verbose_name="结项或终止日期"),
                ),
                ("summary", models.TextField(blank=True, max_length=4000, verbose_name="结项总结")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="终止原因")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "筹划中"),
                            ("running", "实施中"),
                            ("closed", "已结项"),
                            ("cancelled", "已终止"),
                        ],
                        default="draft",
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
            ],
            options={
                "ordering": ["-starts_on", "-pk"],
            },
        ),
        migrations.AddIndex(
            model_name="jointproject",
            index=models.Index(fields=["state", "org"], name="joint_project_state"),
        ),
        migrations.AddConstraint(
            model_name="jointproject",
            constraint=models.UniqueConstraint(
                fields=("org", "title"), name="joint_project_once_an_org"
            ),
        ),
        migrations.AddConstraint(
            model_name="jointproject",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="joint_project_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="jointproject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_on__isnull", True), ("founded_on__isnull", True), ("state", "draft")
                    ),
                    models.Q(
                        ("ended_on__isnull", True),
                        ("founded_on__isnull", False),
                        ("state", "running"),
                    ),
                    models.Q(
                        ("ended_on__gte", models.F("founded_on")),
                        ("founded_on__isnull", False),
                        ("state", "closed"),
                    ),
                    models.Q(("ended_on__isnull", False), ("state", "cancelled")),
                    _connector="OR",
                ),
                name="joint_project_has_the_days_of_its_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="jointproject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True),
                    models.Q(("summary", ""), _negated=True),
                    _connector="OR",
                ),
                name="closed_joint_project_is_told_of",
            ),
        ),
        migrations.AddConstraint(
            model_name="jointproject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "cancelled"), models.Q(("reason", ""), _negated=True)),
                    models.Q(models.Q(("state", "cancelled"), _negated=True), ("reason", "")),
                    _connector="OR",
                ),
                name="cancelled_joint_project_says_why",
            ),
        ),
    ]
