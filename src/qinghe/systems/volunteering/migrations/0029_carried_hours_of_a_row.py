from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("volunteering", "0028_lists_of_other_platforms")]

    operations = [
        migrations.RemoveConstraint(model_name="carriedhours", name="carried_once_from_a_source"),
        migrations.RemoveConstraint(
            model_name="hoursdispute", name="disputed_record_or_missing_one"
        ),
        migrations.AddField(
            model_name="carriedhours",
            name="end_reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="终止原因"),
        ),
        migrations.AddField(
            model_name="carriedhours",
            name="ended_at",
            field=models.DateTimeField(null=True, verbose_name="终止时间"),
        ),
        migrations.AddField(
            model_name="hoursdispute",
            name="carried",
            field=models.ForeignKey(
                null=True,
                on_delete=models.PROTECT,
                related_name="disputes",
                to="volunteering.carriedhours",
            ),
        ),
        migrations.AlterField(
            model_name="hoursdispute",
            name="kind",
            field=models.CharField(
                choices=[
                    ("wrong", "记录有误"),
                    ("missing", "缺少记录"),
                    ("carried", "其他平台时长有误"),
                ],
                max_length=7,
                verbose_name="类型",
            ),
        ),
        migrations.AddConstraint(
            model_name="hoursdispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("attendance__isnull", False), ("carried__isnull", True), ("kind", "wrong")
                    ),
                    models.Q(
                        ("attendance__isnull", True), ("carried__isnull", True), ("kind", "missing")
                    ),
                    models.Q(
                        ("attendance__isnull", True),
                        ("carried__isnull", False),
                        ("kind", "carried"),
                    ),
                    _connector="OR",
                ),
                name="disputed_record_or_missing_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="hoursdispute",
            constraint=models.UniqueConstraint(
                condition=models.Q(("carried__isnull", False), ("state", "open")),
                fields=("carried",),
                name="one_open_dispute_of_carried_hours",
            ),
        ),
        migrations.AddField(
            model_name="carriedhours",
            name="row",
            field=models.OneToOneField(
                null=True,
                on_delete=models.PROTECT,
                related_name="hours",
                to="volunteering.carriedrow",
            ),
        ),
        migrations.AddConstraint(
            model_name="carriedhours",
            constraint=models.UniqueConstraint(
                condition=models.Q(("row__isnull", True)),
                fields=("volunteer", "source", "served_until"),
                name="carried_once_from_a_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="carriedhours",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True),
                    models.Q(("end_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="carried_hours_end_for_a_reason",
            ),
        ),
    ]
