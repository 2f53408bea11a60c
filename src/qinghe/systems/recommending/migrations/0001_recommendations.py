import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0001_initial"),
        ("people", "0003_league_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("league", "团支部推荐"), ("consult", "党组织征求意见")],
                        max_length=10,
                        verbose_name="推荐方式",
                    ),
                ),
                (
                    "aim",
                    models.CharField(
                        choices=[
                            ("activist", "入党积极分子"),
                            ("candidate", "发展对象"),
                            ("probationary", "预备党员"),
                        ],
                        max_length=14,
                        verbose_name="推荐为",
                    ),
                ),
                ("applied_on", models.DateField(verbose_name="递交入党申请书日期")),
                ("proposed_on", models.DateField(verbose_name="支委会提名日期")),
                ("agreed_on", models.DateField(blank=True, null=True, verbose_name="团委同意日期")),
                ("voted_on", models.DateField(blank=True, null=True, verbose_name="支部大会日期")),
                (
                    "entitled",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="应到会人数"
                    ),
                ),
                (
                    "present",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="实到会人数"
                    ),
                ),
                (
                    "votes",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="赞成票"),
                ),
                (
                    "recommended_on",
                    models.DateField(blank=True, null=True, verbose_name="团委推荐日期"),
                ),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="推荐有效期至"),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="终止日期")),
                ("words", models.CharField(blank=True, max_length=200, verbose_name="意见")),
                ("source", models.CharField(blank=True, max_length=120, verbose_name="补录来源")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "待团委同意"),
                            ("agreed", "待支部大会"),
                            ("voted", "待团委审定"),
                            ("recommended", "待党组织接收"),
                            ("accepted", "党组织已接收"),
                            ("probationary", "已成为预备党员"),
                            ("failed", "支部大会未通过"),
                            ("refused", "团委未同意"),
                            ("declined", "党组织未接收"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="proposed",
                        max_length=14,
                        verbose_name="状态",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
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
                "ordering": ["-proposed_on", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("state", "proposed"),
                            ("state", "voted"),
                            ("state", "recommended"),
                            _connector="OR",
                        ),
                        fields=["proposed_on"],
                        name="recommendation_waits",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ["proposed", "agreed", "voted", "recommended"])
                        ),
                        fields=("person",),
                        name="one_open_recommendation_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["voted", "recommended", "accepted", "probationary"]),
                                _negated=True,
                            ),
                            models.Q(("source", ""), ("way", "league"), _negated=True),
                            models.Q(
                                ("agreed_on__isnull", False),
                                ("entitled__isnull", False),
                                (
                                    "entitled__lt",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("votes"), "*", models.Value(2)
                                    ),
                                ),
                                ("present__gte", models.F("votes")),
                                ("present__lte", models.F("entitled")),
                                ("voted_on__isnull", False),
                                ("votes__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="recommended_by_a_vote_of_more_than_half",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["recommended", "accepted", "probationary"]),
                                _negated=True,
                            ),
                            models.Q(
                                ("recommended_on__isnull", False), ("valid_until__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="what_the_party_took_was_recommended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PartyResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("activist", "入党积极分子"),
                            ("candidate", "发展对象"),
                            ("probationary", "预备党员"),
                        ],
                        max_length=14,
                        verbose_name="接收为",
                    ),
                ),
                ("on", models.DateField(verbose_name="接收日期")),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="recommending.recommendation",
                    ),
                ),
            ],
            options={
                "ordering": ["on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("recommendation", "stage"), name="one_stage_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecommendingTerms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(unique=True, verbose_name="施行日期")),
                (
                    "league_months",
                    models.PositiveSmallIntegerField(default=12, verbose_name="团龄（月）"),
                ),
                (
                    "application_months",
                    models.PositiveSmallIntegerField(default=6, verbose_name="递交申请书（月）"),
                ),
                (
                    "validity_months",
                    models.PositiveSmallIntegerField(default=24, verbose_name="推荐有效期（月）"),
                ),
                (
                    "cap_percent",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="每年推荐比例上限（%，0为不限）"
                    ),
                ),
                (
                    "counted",
                    models.CharField(
                        choices=[
                            ("accepted", "推荐并被党组织接收为积极分子或发展对象"),
                            ("activist", "被接收为入党积极分子"),
                            ("candidate", "被接收为发展对象"),
                            ("probationary", "被接收为预备党员"),
                        ],
                        default="accepted",
                        max_length=14,
                        verbose_name="推优入党人数的口径",
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="依据")),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("cap_percent__lte", 100), ("validity_months__gte", 1)),
                        name="recommending_terms_make_sense",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PioneerNomination",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("school_year", models.PositiveSmallIntegerField(verbose_name="学年")),
                ("name", models.CharField(max_length=60, verbose_name="姓名")),
                ("school_number", models.CharField(max_length=20, verbose_name="校内编号")),
                ("squad", models.CharField(max_length=40, verbose_name="中队")),
                ("nominated_on", models.DateField(verbose_name="提名日期")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="大队签章日期")),
                (
                    "taken_up_on",
                    models.DateField(blank=True, null=True, verbose_name="团组织接收日期"),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="终止日期")),
                ("words", models.CharField(blank=True, max_length=200, verbose_name="意见")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("nominated", "待大队审核"),
                            ("signed", "待团组织接收"),
                            ("taken_up", "团组织已接收"),
                            ("declined", "未通过"),
                        ],
                        default="nominated",
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
            ],
            options={
                "ordering": ["-nominated_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("org", "school_year", "school_number"),
                        name="one_nomination_a_school_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "taken_up"), _negated=True),
                            models.Q(("signed_on__isnull", False), ("taken_up_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="taken_up_after_the_brigade_signed",
                    ),
                ],
            },
        ),
    ]
