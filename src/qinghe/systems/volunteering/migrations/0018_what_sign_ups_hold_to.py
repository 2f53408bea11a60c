from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("volunteering", "0017_activities_and_sign_ups"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="project",
            constraint=models.UniqueConstraint(fields=("org", "title"), name="project_once_an_org"),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="project_has_a_title"
            ),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["-published_at", "-id"], name="activity_when"),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True),
                    models.Q(("about", ""), _negated=True),
                    models.Q(("risks", ""), _negated=True),
                    models.Q(("contact", ""), _negated=True),
                ),
                name="activity_tells_all",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("title__contains", "补录"), _negated=True),
                name="no_activity_is_named_late_entry",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("offer_minutes__gte", 5)),
                name="activity_offers_for_some_minutes",
            ),
        ),
        migrations.AddConstraint(
            model_name="servicepost",
            constraint=models.UniqueConstraint(
                fields=("session", "name"), name="post_once_a_session"
            ),
        ),
        migrations.AddConstraint(
            model_name="servicepost",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("capacity__gte", 1), ("taken__gte", 0), ("taken__lte", models.F("capacity"))
                ),
                name="post_is_never_oversold",
            ),
        ),
        migrations.AddConstraint(
            model_name="servicepost",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("min_age__isnull", True),
                    ("max_age__isnull", True),
                    models.Q(
                        ("max_age__gte", models.F("min_age")),
                        ("max_age__isnull", False),
                        ("min_age__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="post_ages_are_a_range",
            ),
        ),
        migrations.AddIndex(
            model_name="signup",
            index=models.Index(fields=["post", "state", "id"], name="sign_up_of_post"),
        ),
        migrations.AddIndex(
            model_name="signup",
            index=models.Index(
                condition=models.Q(("state", "offered")),
                fields=["offer_until"],
                name="sign_up_offered",
            ),
        ),
        migrations.AddConstraint(
            model_name="signup",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["signed", "waiting", "offered", "absent"])),
                fields=("post", "volunteer"),
                name="signed_up_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="signup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("offer_until__isnull", False), ("state", "offered")),
                    models.Q(
                        models.Q(("state", "offered"), _negated=True), ("offer_until__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="offer_says_until_when",
            ),
        ),
    ]
