import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cadres", "0004_secondments"),
    ]

    operations = [
        migrations.CreateModel(
            name="Incentive",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("points", models.PositiveSmallIntegerField(verbose_name="审定时积分")),
                (
                    "decision",
                    models.CharField(
                        choices=[("given", "给予激励"), ("declined", "不予激励")],
                        max_length=10,
                        verbose_name="决定",
                    ),
                ),
                ("given", models.CharField(blank=True, max_length=200, verbose_name="激励内容")),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                ("decided_on", models.DateField(verbose_name="审定日期")),
                (
                    "why_revoked",
                    models.CharField(blank=True, max_length=200, verbose_name="撤销原因"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("decided", "已审定"), ("revoked", "已撤销")],
                        default="decided",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-year", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "decided")),
                        fields=("person", "year"),
                        name="decided_once_a_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", "given"), models.Q(("given", ""), _negated=True)),
                            models.Q(("decision", "declined"), ("given", "")),
                            _connector="OR",
                        ),
                        name="what_is_given_is_said",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "decided"), ("why_revoked", "")),
                            models.Q(
                                ("state", "revoked"), models.Q(("why_revoked", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="a_revoked_incentive_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Achievement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="日期")),
                (
                    "kind",
                    models.CharField(
                        choices=[("honour", "荣誉"), ("task", "重点任务"), ("review", "评议优秀")],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("what", models.CharField(max_length=200, verbose_name="内容")),
                ("entered_on", models.DateField(verbose_name="登记日期")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="作废原因")),
                (
                    "state",
                    models.CharField(
                        choices=[("kept", "有效"), ("void", "已作废")],
                        default="kept",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-day", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "kept")),
                        fields=("person", "day", "kind", "what"),
                        name="one_achievement_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), ("state", "kept")),
                            models.Q(("state", "void"), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="void_achievement_says_why",
                    ),
                ],
            },
        ),
    ]
