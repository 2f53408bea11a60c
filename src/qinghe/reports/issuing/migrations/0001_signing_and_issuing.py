"""Rounds of signing, document numbers, and issued reports, which the database keeps as they are."""

import django.db.models.deletion
from django.db import migrations, models

from qinghe.lib import triggers

TABLES = ("issuing_issue", "issuing_printed")
SAID = "issued reports do not change"


def guard(apps, schema_editor) -> None:
    """Set the triggers."""
    vendor = schema_editor.connection.vendor
    for statement in triggers.refusing(vendor, tables=TABLES, said=SAID):
        schema_editor.execute(statement)


def unguard(apps, schema_editor) -> None:
    """Take the triggers away."""
    for statement in triggers.allowing(schema_editor.connection.vendor, tables=TABLES):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("analytics", "0003_frozen_for_good"),
        ("drafting", "0001_reports_in_writing"),
        ("files", "0002_attachments"),
        ("people", "0002_contacts_and_child_access"),
    ]

    operations = [
        migrations.CreateModel(
            name="Circulation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="轮次")),
                ("text", models.JSONField(verbose_name="正文")),
                ("sha256", models.CharField(max_length=64, verbose_name="正文校验值")),
                ("lacking", models.JSONField(default=list, verbose_name="数据不全的指标")),
                (
                    "owned_reason",
                    models.CharField(
                        blank=True, default="", max_length=400, verbose_name="数据不全的说明"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("going", "审签中"),
                            ("sent_back", "已退回"),
                            ("withdrawn", "已撤回"),
                            ("signed", "已签发待印发"),
                            ("issued", "已印发"),
                        ],
                        default="going",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("begun_at", models.DateTimeField(verbose_name="送签时间")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="办结时间")),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "freezing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="analytics.freezing",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="circulations",
                        to="drafting.report",
                    ),
                ),
            ],
            options={
                "ordering": ["report_id", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "number"), name="one_circulation_a_number"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["going", "signed"])),
                        fields=("report",),
                        name="one_circulation_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state", "going")),
                            models.Q(
                                models.Q(("state", "going"), _negated=True),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_circulation_that_goes_has_not_ended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Issue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "word",
                    models.CharField(
                        blank=True, default="", max_length=20, verbose_name="机关代字"
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="年份"),
                ),
                ("serial", models.PositiveIntegerField(blank=True, null=True, verbose_name="序号")),
                ("dated_on", models.DateField(verbose_name="成文日期")),
                ("issued_at", models.DateTimeField(verbose_name="印发时间")),
                ("text", models.JSONField(verbose_name="正文")),
                ("sha256", models.CharField(max_length=64, verbose_name="正文校验值")),
                ("document_sha256", models.CharField(max_length=64, verbose_name="文档校验值")),
                ("annex_sha256", models.CharField(max_length=64, verbose_name="附件校验值")),
                (
                    "annex",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.file",
                    ),
                ),
                (
                    "circulation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issue",
                        to="issuing.circulation",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.file",
                    ),
                ),
                (
                    "freezing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="analytics.freezing",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issue",
                        to="drafting.report",
                    ),
                ),
            ],
            options={
                "ordering": ["-issued_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("serial__isnull", False)),
                        fields=("word", "year", "serial"),
                        name="one_document_a_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("serial__isnull", True), ("word", ""), ("year__isnull", True)
                            ),
                            models.Q(
                                models.Q(("word", ""), _negated=True),
                                ("serial__gte", 1),
                                ("year__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_number_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Numbering",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=20, verbose_name="机关代字")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                ("last", models.PositiveIntegerField(verbose_name="已用到")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("word", "year"), name="one_numbering_a_year")
                ],
            },
        ),
        migrations.CreateModel(
            name="Printed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="校验值")),
                ("at", models.DateTimeField(verbose_name="生成时间")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.file",
                    ),
                ),
                (
                    "issue",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="printed",
                        to="issuing.issue",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Signing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("draft", "拟稿"),
                            ("check", "核稿"),
                            ("countersign", "会签"),
                            ("sign", "签发"),
                        ],
                        max_length=12,
                        verbose_name="环节",
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(verbose_name="次序")),
                (
                    "department",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("office", "办公室"),
                            ("organisation", "组织部"),
                            ("publicity", "宣传部"),
                            ("youth_development", "青年发展部"),
                            ("schools", "学校部"),
                            ("rights", "权益部"),
                            ("volunteering", "志愿者工作部"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="部门",
                    ),
                ),
                ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="送达时间")),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("agreed", "同意"), ("sent_back", "退回")],
                        default="",
                        max_length=10,
                        verbose_name="意见",
                    ),
                ),
                (
                    "words",
                    models.CharField(
                        blank=True, default="", max_length=1000, verbose_name="意见内容"
                    ),
                ),
                ("at", models.DateTimeField(blank=True, null=True, verbose_name="签署时间")),
                (
                    "circulation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signings",
                        to="issuing.circulation",
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
                "ordering": ["circulation_id", "place", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("asked_at__isnull", False), ("verdict", "")),
                        fields=["person", "asked_at"],
                        name="signing_waits",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("circulation", "step", "person"), name="once_a_step"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("at__isnull", True), ("verdict", "")),
                            models.Q(
                                models.Q(("verdict", ""), _negated=True), ("at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="a_verdict_has_its_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict", "sent_back"), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="sent_back_with_words",
                    ),
                ],
            },
        ),
        migrations.RunPython(guard, unguard),
    ]
