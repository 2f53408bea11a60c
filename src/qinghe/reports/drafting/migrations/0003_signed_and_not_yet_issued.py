from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("drafting", "0002_remarks_promises_and_fixed_words"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="report",
            name="one_version_in_writing",
        ),
        migrations.AlterField(
            model_name="report",
            name="state",
            field=models.CharField(
                choices=[
                    ("writing", "起草中"),
                    ("signing", "审签中"),
                    ("signed", "已签发待印发"),
                    ("issued", "已印发"),
                    ("replaced", "已更正"),
                ],
                default="writing",
                max_length=10,
                verbose_name="状态",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["writing", "signing", "signed"])),
                fields=("org", "period"),
                name="one_version_in_writing",
            ),
        ),
    ]
