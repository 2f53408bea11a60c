import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0001_initial"),
        ("people", "0004_merged_persons"),
        ("projects", "0002_parts_and_means"),
    ]

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="日程")),
                ("day", models.DateField(verbose_name="日期")),
                ("starts_at", models.DateTimeField(verbose_name="开始时间")),
                ("ends_at", models.DateTimeField(verbose_name="结束时间")),
                ("place", models.CharField(max_length=80, verbose_name="地点")),
                ("place_key", models.CharField(max_length=80, verbose_name="比对用地点")),
                (
                    "settled",
                    models.CharField(blank=True, max_length=200, verbose_name="冲突协调情况"),
                ),
                ("cancelled_on", models.DateField(blank=True, null=True, verbose_name="取消日期")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="取消原因")),
                (
                    "entered_by",
                    models.ForeignKey(
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
            ],
            options={
                "ordering": ["day", "starts_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="EventPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attending",
                        to="projects.event",
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
        ),
        migrations.AddField(
            model_name="event",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="projects.jointproject",
            ),
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=60, verbose_name="节点")),
                ("due_on", models.DateField(verbose_name="完成日期")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="达到日期")),
                (
                    "done_by",
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
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="projects.jointproject",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="projects.part",
                    ),
                ),
            ],
            options={
                "ordering": ["project", "due_on", "pk"],
            },
        ),
        migrations.AddField(
            model_name="event",
            name="part",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="projects.part",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventperson",
            constraint=models.UniqueConstraint(
                fields=("event", "person"), name="person_once_an_event"
            ),
        ),
        migrations.AddIndex(
            model_name="milestone",
            index=models.Index(
                condition=models.Q(("done_on__isnull", True)),
                fields=["due_on"],
                name="milestone_waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.UniqueConstraint(
                condition=models.Q(("part__isnull", False)),
                fields=("part", "title"),
                name="milestone_once_a_part",
            ),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.UniqueConstraint(
                condition=models.Q(("part__isnull", True)),
                fields=("project", "title"),
                name="milestone_once_a_project",
            ),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_by__isnull", True), ("done_on__isnull", True)),
                    models.Q(("done_by__isnull", False), ("done_on__isnull", False)),
                    _connector="OR",
                ),
                name="reached_milestone_says_by_whom",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("cancelled_on__isnull", True)),
                fields=["day"],
                name="event_of_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="event_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cancelled_on__isnull", True), ("reason", "")),
                    models.Q(
                        ("cancelled_on__isnull", False), models.Q(("reason", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="cancelled_event_says_why",
            ),
        ),
    ]
