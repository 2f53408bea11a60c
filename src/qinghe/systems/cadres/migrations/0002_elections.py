import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cadres", "0001_terms"),
        ("orgs", "0001_initial"),
        ("people", "0003_league_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="Election",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("held_on", models.DateField(verbose_name="选举日期")),
                ("entitled", models.PositiveIntegerField(verbose_name="应到")),
                ("present", models.PositiveIntegerField(verbose_name="实到")),
                ("votes", models.PositiveIntegerField(verbose_name="收回有效票")),
                ("years", models.PositiveSmallIntegerField(verbose_name="任期（年）")),
                ("term_ends_on", models.DateField(verbose_name="届满日期")),
                ("warn_on", models.DateField(verbose_name="提醒日期")),
                ("ended_on", models.DateField(null=True, verbose_name="下届选举日期")),
                ("notes", models.CharField(blank=True, max_length=1000, verbose_name="选举情况")),
                (
                    "size_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="委员人数说明"),
                ),
                ("moved_on", models.DateField(verbose_name="办理日期")),
                ("approved_on", models.DateField(null=True, verbose_name="批复日期")),
                (
                    "reason",
                    models.CharField(blank=True, max_length=200, verbose_name="退回或撤回原因"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "填写中"),
                            ("waiting", "待批复"),
                            ("approved", "已批复"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.org",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-held_on", "-pk"],
                "indexes": [
                    models.Index(fields=["org", "-held_on"], name="election_of_org"),
                    models.Index(fields=["-held_on", "-id"], name="election_day"),
                    models.Index(fields=["state", "ended_on", "warn_on"], name="election_waits"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "waiting"])),
                        fields=("org",),
                        name="one_election_under_way",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True), ("state", "approved")),
                        fields=("org",),
                        name="one_tenure_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("present__gte", 1),
                            ("present__lte", models.F("entitled")),
                            ("votes__lte", models.F("present")),
                        ),
                        name="voters_were_there",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("term_ends_on__gt", models.F("held_on")),
                            ("years__gte", 1),
                            models.Q(
                                ("ended_on__isnull", True),
                                models.Q(
                                    ("ended_on__gt", models.F("held_on")), ("state", "approved")
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="a_tenure_has_an_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_on__isnull", False),
                                ("decided_by__isnull", False),
                                ("state", "approved"),
                            ),
                            models.Q(
                                models.Q(("state", "approved"), _negated=True),
                                ("approved_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="an_approved_election_names_who",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Elected",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=40, verbose_name="职务")),
                (
                    "service",
                    models.CharField(
                        choices=[
                            ("full_time", "专职"),
                            ("seconded", "挂职"),
                            ("part_time", "兼职"),
                        ],
                        max_length=10,
                        verbose_name="任职性质",
                    ),
                ),
                ("votes", models.PositiveIntegerField(verbose_name="得票")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.post",
                    ),
                ),
                (
                    "election",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="elected",
                        to="cadres.election",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("election", "person"), name="elected_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Leaving",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "election",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="leaving",
                        to="cadres.election",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.post",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("election", "post"), name="left_once")
                ],
            },
        ),
    ]
