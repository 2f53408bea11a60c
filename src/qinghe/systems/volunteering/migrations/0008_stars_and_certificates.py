from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("volunteering", "0007_late_entries_and_anomalies"),
    ]

    operations = []
