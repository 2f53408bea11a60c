from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("volunteering", "0002_find_the_few_applicants"),
    ]

    operations = []
