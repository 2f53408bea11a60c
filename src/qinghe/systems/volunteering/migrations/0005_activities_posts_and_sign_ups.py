from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("volunteering", "0004_profiles_disputes_and_feedback"),
    ]

    operations = []
