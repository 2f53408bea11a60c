import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("orgs", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Kind",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=20, unique=True, verbose_name="标识")),
                ("label", models.CharField(max_length=20, unique=True, verbose_name="名称")),
                ("order", models.PositiveSmallIntegerField(default=100, verbose_name="顺序")),
            ],
            options={
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Checklist",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="版本")),
                ("title", models.CharField(max_length=60, verbose_name="名称")),
                ("source", models.CharField(max_length=200, verbose_name="依据")),
                ("pass_mark", models.PositiveSmallIntegerField(verbose_name="达标分")),
                ("starts_on", models.DateField(verbose_name="起用日期")),
                (
                    "kind",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspections.kind",
                    ),
                ),
            ],
            options={
                "ordering": ["kind__order", "-starts_on", "-version"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind__isnull", True)),
                        fields=("version",),
                        name="checklist_version_once",
                    ),
                    models.UniqueConstraint(
                        fields=("kind", "version"), name="checklist_version_a_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pass_mark__range", (1, 100))),
                        name="checklist_can_be_passed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Point",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=24, unique=True, verbose_name="点位编号")),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("address", models.CharField(max_length=160, verbose_name="地点")),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=8, null=True, verbose_name="纬度"
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="经度"
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="启用日期")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="inspections.kind",
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
                "ordering": ["org__path", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("org", "name"), name="point_once_an_org"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True),
                            ("closed_on__gte", models.F("opened_on")),
                            _connector="OR",
                        ),
                        name="point_closes_after_it_opened",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                            models.Q(
                                ("latitude__isnull", False),
                                ("latitude__range", (-90, 90)),
                                ("longitude__isnull", False),
                                ("longitude__range", (-180, 180)),
                            ),
                            _connector="OR",
                        ),
                        name="point_is_on_the_map_or_not",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("text", models.CharField(max_length=120, verbose_name="检查项")),
                ("weight", models.PositiveSmallIntegerField(verbose_name="分值")),
                ("veto", models.BooleanField(verbose_name="一票否决")),
                (
                    "photo",
                    models.CharField(
                        choices=[
                            ("never", "不需要"),
                            ("if_failed", "不达标时"),
                            ("always", "每次"),
                        ],
                        max_length=10,
                        verbose_name="照片",
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(verbose_name="整改期限（工作日）")),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="inspections.checklist",
                    ),
                ),
            ],
            options={
                "ordering": ["checklist", "place"],
                "constraints": [
                    models.UniqueConstraint(fields=("checklist", "place"), name="item_place_once"),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gt", 0)), name="item_weighs_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("days__gt", 0)), name="item_gives_time"
                    ),
                ],
            },
        ),
    ]
