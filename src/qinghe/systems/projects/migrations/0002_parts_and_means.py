import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0001_initial"),
        ("people", "0004_merged_persons"),
        ("projects", "0001_projects"),
    ]

    operations = [
        migrations.CreateModel(
            name="Means",
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
                        choices=[
                            ("money", "经费"),
                            ("venue", "场地"),
                            ("people", "人员"),
                            ("goods", "物资"),
                        ],
                        max_length=8,
                        verbose_name="类别",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="资源")),
                ("quantity", models.PositiveIntegerField(verbose_name="数量")),
                ("unit", models.CharField(max_length=8, verbose_name="单位")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="means",
                        to="projects.jointproject",
                    ),
                ),
            ],
            options={
                "ordering": ["project", "kind", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="分工")),
                ("starts_on", models.DateField(verbose_name="开始日期")),
                ("due_on", models.DateField(verbose_name="完成日期")),
                ("offered_on", models.DateField(verbose_name="下达日期")),
                ("taken_on", models.DateField(blank=True, null=True, verbose_name="承接日期")),
                ("outcome", models.CharField(blank=True, max_length=1000, verbose_name="完成情况")),
                ("submitted_on", models.DateField(blank=True, null=True, verbose_name="交验日期")),
                ("accepted_on", models.DateField(blank=True, null=True, verbose_name="验收日期")),
                (
                    "reason",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="退回、不承接或取消原因"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "待承接"),
                            ("taken", "承担中"),
                            ("submitted", "待验收"),
                            ("accepted", "已验收"),
                            ("declined", "不承接"),
                            ("dropped", "已取消"),
                        ],
                        default="offered",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "above",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
                    ),
                ),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pieces",
                        to="projects.part",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="projects.jointproject",
                    ),
                ),
                (
                    "submitted_by",
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
                "ordering": ["project", models.OrderBy(models.F("parent"), nulls_first=True), "pk"],
            },
        ),
        migrations.CreateModel(
            name="Allotment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quantity", models.PositiveIntegerField(verbose_name="分到")),
                ("used", models.PositiveIntegerField(blank=True, null=True, verbose_name="使用")),
                (
                    "means",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allotments",
                        to="projects.means",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allotments",
                        to="projects.part",
                    ),
                ),
            ],
            options={
                "ordering": ["means", "part"],
            },
        ),
        migrations.AddConstraint(
            model_name="means",
            constraint=models.UniqueConstraint(
                fields=("project", "name"), name="means_once_a_project"
            ),
        ),
        migrations.AddConstraint(
            model_name="means",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)), name="means_are_some"
            ),
        ),
        migrations.AddIndex(
            model_name="part",
            index=models.Index(
                condition=models.Q(("state__in", ["offered", "submitted"])),
                fields=["state"],
                name="part_waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["declined", "dropped"]), _negated=True),
                fields=("project", "org", "title"),
                name="part_once_an_org",
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("starts_on"))),
                name="part_is_due_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.CheckConstraint(
                condition=models.Q(("org", models.F("above")), _negated=True),
                name="part_is_given_down",
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["submitted", "accepted"]), _negated=True),
                    models.Q(
                        models.Q(("outcome", ""), _negated=True),
                        ("submitted_by__isnull", False),
                        ("submitted_on__isnull", False),
                        ("taken_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="handed_in_part_is_told_of",
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("accepted_by__isnull", False),
                        ("accepted_on__isnull", False),
                        ("state", "accepted"),
                        models.Q(("accepted_by", models.F("submitted_by")), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "accepted"), _negated=True),
                        ("accepted_by__isnull", True),
                        ("accepted_on__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="part_is_accepted_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["declined", "dropped"]), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="refused_part_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="allotment",
            constraint=models.UniqueConstraint(
                fields=("means", "part"), name="one_allotment_a_part"
            ),
        ),
        migrations.AddConstraint(
            model_name="allotment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("used__isnull", True), ("used__lte", models.F("quantity")), _connector="OR"
                ),
                name="no_more_used_than_allotted",
            ),
        ),
    ]
