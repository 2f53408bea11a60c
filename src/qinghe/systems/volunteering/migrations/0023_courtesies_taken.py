import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0001_initial"),
        ("volunteering", "0022_courtesy"),
    ]

    operations = [
        migrations.CreateModel(
            name="CourtesyClaim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True, verbose_name="核销码")),
                ("token", models.CharField(max_length=32, unique=True, verbose_name="二维码")),
                ("fen", models.PositiveIntegerField(null=True, verbose_name="参考价值（分）")),
                ("claimed_at", models.DateTimeField(verbose_name="领取时间")),
                ("claimed_on", models.DateField(verbose_name="领取日期")),
                ("valid_until", models.DateField(verbose_name="有效期至")),
                ("redeemed_at", models.DateTimeField(null=True, verbose_name="使用时间")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="取消原因")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("claimed", "待使用"),
                            ("redeemed", "已使用"),
                            ("cancelled", "已取消"),
                            ("expired", "已过期"),
                        ],
                        default="claimed",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
                    ),
                ),
                (
                    "volunteer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="courtesies",
                        to="volunteering.volunteer",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="volunteering.courtesyitem",
                    ),
                ),
                (
                    "redeemed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="volunteering.sponsorkey",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "claimed")),
                        fields=["item", "valid_until"],
                        name="courtesy_claim_unused",
                    ),
                    models.Index(fields=["item", "claimed_on"], name="courtesy_claim_of_month"),
                    models.Index(fields=["volunteer", "claimed_on"], name="courtesy_claim_of_year"),
                    models.Index(fields=["redeemed_at"], name="courtesy_claim_used"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("redeemed_at__isnull", False),
                                ("redeemed_by__isnull", False),
                                ("state", "redeemed"),
                            ),
                            models.Q(
                                models.Q(("state", "redeemed"), _negated=True),
                                ("redeemed_at__isnull", True),
                                ("redeemed_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="used_courtesy_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("claimed_on"))),
                        name="courtesy_claim_ends_after_it_began",
                    ),
                ],
            },
        ),
    ]
