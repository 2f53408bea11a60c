from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("volunteering", "0005_activities_posts_and_sign_ups"),
    ]

    operations = []
