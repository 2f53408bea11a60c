from django.db import migrations, models

LABEL = "积分：所在单位考核满分"


class Migration(migrations.Migration):
    dependencies = [
        ("cadres", "0005_incentives"),
    ]

    operations = [
        migrations.AddField(  # terms that were set before give nothing for it
            model_name="cadreterms",
            name="points_assessed",
            field=models.PositiveSmallIntegerField(default=0, verbose_name=LABEL),
        ),
        migrations.AlterField(
            model_name="cadreterms",
            name="points_assessed",
            field=models.PositiveSmallIntegerField(default=10, verbose_name=LABEL),
        ),
    ]
