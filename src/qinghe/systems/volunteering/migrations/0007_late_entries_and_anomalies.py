from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("volunteering", "0006_codes_devices_and_scans"),
    ]

    operations = []
