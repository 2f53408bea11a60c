import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0001_initial"),
        ("people", "0003_league_files"),
        ("targets", "0002_shares"),
    ]

    operations = [
        migrations.CreateModel(
            name="Charge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_on", models.DateField(verbose_name="列入日期")),
                (
                    "done",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="完成"
                    ),
                ),
                ("seen_on", models.DateField(blank=True, null=True, verbose_name="查看至")),
                ("asked_on", models.DateField(blank=True, null=True, verbose_name="待填报起")),
                ("file_by", models.DateField(blank=True, null=True, verbose_name="填报期限")),
                ("struck_on", models.DateField(blank=True, null=True, verbose_name="销号日期")),
                (
                    "above",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charges",
                        to="targets.item",
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
                    ),
                ),
                (
                    "share",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charge",
                        to="targets.share",
                    ),
                ),
            ],
            options={
                "ordering": ["item", "org__path"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("asked_on__isnull", False)),
                        fields=["org", "asked_on"],
                        name="charge_waits_for_filing",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "org"), name="one_charge_an_org"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_on__isnull", True), ("file_by__isnull", True)),
                            models.Q(
                                ("asked_on__isnull", False),
                                ("file_by__gte", models.F("asked_on")),
                                ("struck_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="asked_filing_has_its_limit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="节点日期")),
                ("percent", models.PositiveSmallIntegerField(verbose_name="应完成（%）")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="targets.item",
                    ),
                ),
            ],
            options={
                "ordering": ["item", "day"],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "day"), name="one_milestone_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("percent__gte", 1), ("percent__lte", 100)),
                        name="milestone_is_a_share",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="暂停起")),
                ("until", models.DateField(verbose_name="暂停至")),
                ("reason", models.CharField(max_length=200, verbose_name="原因")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="恢复日期")),
                (
                    "charge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pauses",
                        to="targets.charge",
                    ),
                ),
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
                "ordering": ["-starts_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("charge",),
                        name="one_running_pause",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__gte", models.F("starts_on")),
                            models.Q(("reason", ""), _negated=True),
                        ),
                        name="pause_has_its_end_and_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="pause_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Progress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("progress", "进度"), ("strike", "销号")],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("day", models.DateField(verbose_name="截至日期")),
                (
                    "number",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="累计完成"),
                ),
                ("words", models.CharField(max_length=400, verbose_name="进展情况")),
                ("filed_on", models.DateField(blank=True, null=True, verbose_name="提交日期")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="审核日期")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="退回原因")),
                (
                    "reopened_on",
                    models.DateField(blank=True, null=True, verbose_name="重新办理日期"),
                ),
                (
                    "reopened_why",
                    models.CharField(blank=True, max_length=200, verbose_name="重新办理原因"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("submitted", "待审核"),
                            ("sent_back", "已退回"),
                            ("accepted", "已通过"),
                            ("reopened", "已重新办理"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "charge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="progress",
                        to="targets.charge",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-day", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "submitted")),
                        fields=["filed_on"],
                        name="progress_waits",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("draft", "submitted", "sent_back"))),
                        fields=("charge", "kind"),
                        name="one_progress_of_a_kind_under_way",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "strike"), ("state", "accepted")),
                        fields=("charge",),
                        name="struck_off_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_on__isnull", True), ("state", "draft")),
                            models.Q(("filed_on__isnull", False), ("state", "submitted")),
                            models.Q(
                                ("decided_by__isnull", False),
                                ("decided_on__gte", models.F("filed_on")),
                                ("filed_on__isnull", False),
                                ("state__in", ["sent_back", "accepted", "reopened"]),
                            ),
                            _connector="OR",
                        ),
                        name="progress_has_the_days_of_its_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("filed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="progress_is_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), ("state", "sent_back"), _negated=True),
                        name="progress_sent_back_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "strike"),
                                ("reopened_on__gte", models.F("decided_on")),
                                ("state", "reopened"),
                                models.Q(("reopened_why", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "reopened"), _negated=True),
                                ("reopened_on__isnull", True),
                                ("reopened_why", ""),
                            ),
                            _connector="OR",
                        ),
                        name="reopened_progress_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 0)), name="progress_is_no_debt"
                    ),
                ],
            },
        ),
    ]
