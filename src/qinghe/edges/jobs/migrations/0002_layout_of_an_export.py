from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0001_jobs_and_exports"),
    ]

    operations = [
        migrations.AddField(
            model_name="export",
            name="layout",
            field=models.CharField(
                choices=[
                    ("page", "与页面相同，姓名隐去"),
                    ("sheet", "与导入模板相同，可再次导入，姓名完整"),
                ],
                default="page",
                max_length=10,
                verbose_name="格式",
            ),
        ),
    ]
