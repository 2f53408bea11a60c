import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0001_initial"),
        ("people", "0002_contacts_and_child_access"),
        ("volunteering", "0008_stars_and_certificates"),
    ]

    operations = [
        migrations.CreateModel(
            name="CarriedHours",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("minutes", models.PositiveIntegerField(verbose_name="分钟")),
                ("served_until", models.DateField(verbose_name="服务截止")),
                ("source", models.CharField(max_length=80, verbose_name="来源")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "volunteer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carried",
                        to="volunteering.volunteer",
                    ),
                ),
            ],
            options={
                "ordering": ["served_until", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("volunteer", "source", "served_until"),
                        name="carried_once_from_a_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        name="carried_hours_say_whence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gt", 0)), name="carried_hours_are_some"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=24, unique=True, verbose_name="编号")),
                ("check_code", models.CharField(max_length=12, verbose_name="查验码")),
                ("served_from", models.DateField(verbose_name="服务起始")),
                ("served_to", models.DateField(verbose_name="服务截止")),
                ("minutes", models.PositiveIntegerField(verbose_name="服务分钟")),
                ("sessions", models.PositiveIntegerField(verbose_name="服务次数")),
                ("issued_at", models.DateTimeField(verbose_name="出具时间")),
                ("by_self", models.BooleanField(default=False, verbose_name="本人开具")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("record", "平台志愿服务记录"),
                            ("noticed", "单位内公示中"),
                            ("sealed", "志愿服务证明"),
                            ("revoked", "已撤销"),
                        ],
                        default="record",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("notice_from", models.DateField(null=True, verbose_name="公示开始")),
                ("notice_until", models.DateField(null=True, verbose_name="公示截止")),
                ("sealed_at", models.DateTimeField(null=True, verbose_name="盖章时间")),
                ("head", models.CharField(blank=True, max_length=60, verbose_name="负责人")),
                ("handler", models.CharField(blank=True, max_length=60, verbose_name="经办人")),
                ("contact", models.CharField(blank=True, max_length=60, verbose_name="联系方式")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="撤销时间")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="撤销原因")),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
                    ),
                ),
                (
                    "volunteer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="volunteering.volunteer",
                    ),
                ),
            ],
            options={
                "ordering": ["-issued_at", "-pk"],
                "indexes": [models.Index(fields=["issued_at"], name="certificate_issued")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("served_to__gte", models.F("served_from"))),
                        name="certificate_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gt", 0)), name="certificate_certifies_some"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("revoked_at__isnull", False),
                                ("state", "revoked"),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "revoked"), _negated=True),
                                ("revoked_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="revoked_certificate_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sealed"), _negated=True),
                            models.Q(
                                ("sealed_at__isnull", False),
                                models.Q(("head", ""), _negated=True),
                                models.Q(("handler", ""), _negated=True),
                                models.Q(("contact", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="sealed_certificate_names_its_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StarDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("agreed", "同意"),
                            ("refused", "不同意"),
                            ("issued", "认定"),
                            ("lowered", "核减"),
                            ("withdrawn", "撤回"),
                        ],
                        max_length=10,
                        verbose_name="意见",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=400, verbose_name="说明")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="volunteering.starcase",
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.org",
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
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict__in", ["refused", "lowered"]), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="against_a_star_needs_words",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StarObjection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(max_length=400, verbose_name="异议内容")),
                ("at", models.DateTimeField(verbose_name="提出时间")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待核实"),
                            ("upheld", "异议成立"),
                            ("dismissed", "异议不成立"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=400, verbose_name="核实结论")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="核实时间")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="volunteering.starcase",
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
                "ordering": ["at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["case"],
                        name="star_objection_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_by__isnull", True), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("answered_by__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="answered_star_objection_has_an_answer",
                    )
                ],
            },
        ),
    ]
