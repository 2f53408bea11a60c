from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("volunteering", "0003_nets_training_and_policies"),
    ]

    operations = []
