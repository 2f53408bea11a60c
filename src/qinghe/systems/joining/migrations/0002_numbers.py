import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("joining", "0001_cases"),
        ("orgs", "0001_initial"),
        ("people", "0003_league_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "sector",
                    models.CharField(
                        choices=[("school", "学校领域"), ("society", "社会领域")],
                        max_length=10,
                        verbose_name="领域",
                    ),
                ),
                ("first", models.CharField(max_length=12, verbose_name="起始编号")),
                ("last", models.CharField(max_length=12, verbose_name="终止编号")),
                ("size", models.PositiveIntegerField(verbose_name="个数")),
                ("source", models.CharField(max_length=120, verbose_name="来文")),
                ("received_on", models.DateField(verbose_name="接收日期")),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
                    ),
                ),
            ],
            options={
                "ordering": ["-received_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last__gte", models.F("first")), ("size__gte", 1)),
                        name="range_of_numbers_in_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Number",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(max_length=12, unique=True, verbose_name="发展团员编号"),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "sector",
                    models.CharField(
                        choices=[("school", "学校领域"), ("society", "社会领域")],
                        max_length=10,
                        verbose_name="领域",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("issued", "未使用"),
                            ("reserved", "已预留"),
                            ("used", "已使用"),
                            ("void", "已作废"),
                        ],
                        default="issued",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "reserved_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="预留时间"),
                ),
                ("used_on", models.DateField(blank=True, null=True, verbose_name="入团日期")),
                ("voided_on", models.DateField(blank=True, null=True, verbose_name="作废日期")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="作废原因")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="numbers",
                        to="joining.batch",
                    ),
                ),
                (
                    "for_org",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.org",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "issued")),
                        fields=["org", "year", "sector", "number"],
                        name="numbers_left",
                    ),
                    models.Index(
                        fields=["year", "org", "sector", "state"], name="numbers_by_holder"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state", "reserved"), ("state", "used"), _connector="OR"
                        ),
                        fields=("person",),
                        name="one_number_for_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("for_org__isnull", True),
                                ("person__isnull", True),
                                ("reserved_at__isnull", True),
                                ("state", "issued"),
                            ),
                            models.Q(
                                ("for_org__isnull", False),
                                ("person__isnull", False),
                                ("reserved_at__isnull", False),
                                ("state__in", ["reserved", "used"]),
                            ),
                            ("state", "void"),
                            _connector="OR",
                        ),
                        name="number_says_whose_it_is",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "used"), ("used_on__isnull", False)),
                            models.Q(
                                models.Q(("state", "used"), _negated=True),
                                ("used_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="used_number_says_since_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "void"),
                                ("voided_on__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "void"), _negated=True),
                                ("reason", ""),
                                ("voided_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="void_number_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NumberRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "sector",
                    models.CharField(
                        choices=[("school", "学校领域"), ("society", "社会领域")],
                        max_length=10,
                        verbose_name="领域",
                    ),
                ),
                ("wanted", models.PositiveIntegerField(verbose_name="申请数")),
                ("words", models.CharField(max_length=200, verbose_name="用途")),
                ("asked_on", models.DateField(verbose_name="申请日期")),
                (
                    "given",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="下发数"),
                ),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="答复日期")),
                ("answer", models.CharField(blank=True, max_length=200, verbose_name="答复")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "待答复"),
                            ("answered", "已下发"),
                            ("refused", "未同意"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "giver",
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
            ],
            options={
                "ordering": ["-asked_on", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "asked")),
                        fields=["asked_on"],
                        name="number_request_waits",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("org", "year", "sector"),
                        name="one_open_request_for_numbers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wanted__gte", 1)), name="asks_for_some_numbers"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("given__gte", 1), ("given__isnull", False), ("state", "answered")
                            ),
                            models.Q(
                                models.Q(("state", "answered"), _negated=True),
                                ("given__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="answered_request_says_how_many",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Quota",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "sector",
                    models.CharField(
                        choices=[("school", "学校领域"), ("society", "社会领域")],
                        max_length=10,
                        verbose_name="领域",
                    ),
                ),
                ("amount", models.PositiveIntegerField(default=0, verbose_name="下发数")),
                ("handed", models.PositiveIntegerField(default=0, verbose_name="再下发数")),
                ("returned", models.PositiveIntegerField(default=0, verbose_name="年末退回数")),
                ("given_on", models.DateField(verbose_name="首次下发日期")),
                (
                    "giver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.org",
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
                "ordering": ["-year", "org__path", "sector"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("org", "year", "sector"), name="one_quota_a_year"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("handed__lte", models.F("amount"))),
                        name="no_more_handed_down_than_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("returned__lte", models.F("amount"))),
                        name="no_more_returned_than_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("giver__isnull", True),
                            models.Q(("giver", models.F("org")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_gives_themselves_numbers",
                    ),
                ],
            },
        ),
    ]
