import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0002_attachments"),
        ("orgs", "0001_initial"),
        ("people", "0002_contacts_and_child_access"),
        ("volunteering", "0027_enter_the_hours_terms"),
    ]

    operations = [
        migrations.CreateModel(
            name="CarriedList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="文件校验值")),
                ("file_name", models.CharField(max_length=160, verbose_name="文件名")),
                (
                    "state",
                    models.CharField(
                        choices=[("checked", "已核对，待确认"), ("loaded", "已导入")],
                        default="checked",
                        max_length=7,
                        verbose_name="状态",
                    ),
                ),
                ("loaded_at", models.DateTimeField(verbose_name="导入时间")),
            ],
            options={
                "ordering": ["-loaded_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="CarriedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveIntegerField(verbose_name="行号")),
                ("name", models.CharField(blank=True, max_length=60, verbose_name="姓名")),
                (
                    "shown",
                    models.CharField(blank=True, max_length=18, verbose_name="证件号（部分）"),
                ),
                ("number", models.CharField(blank=True, max_length=64, verbose_name="平台编号")),
                ("activity", models.CharField(blank=True, max_length=200, verbose_name="活动")),
                ("day", models.DateField(null=True, verbose_name="服务日期")),
                ("minutes", models.PositiveIntegerField(null=True, verbose_name="分钟")),
                ("host", models.CharField(blank=True, max_length=200, verbose_name="组织")),
                ("cells", models.JSONField(default=dict, verbose_name="原文")),
                ("key", models.CharField(blank=True, max_length=64, verbose_name="识别码")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("matched", "待审核"),
                            ("several", "待选定本人"),
                            ("nobody", "未找到本人"),
                            ("doubtful", "数据存疑"),
                            ("known", "以前已导入"),
                            ("agreed", "已计入"),
                            ("refused", "不予计入"),
                            ("replaced", "已被更正"),
                            ("revoked", "已撤销"),
                        ],
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("remembered", "平台编号（以前认定过）"),
                            ("shown_id", "姓名和证件号"),
                            ("birth", "姓名、出生日期和性别"),
                            ("hand", "人工选定"),
                        ],
                        max_length=10,
                        verbose_name="匹配依据",
                    ),
                ),
                ("candidates", models.JSONField(default=list, verbose_name="候选")),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="办理时间")),
            ],
            options={
                "ordering": ["line"],
            },
        ),
        migrations.CreateModel(
            name="HoursSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="平台名称")),
                ("made_at", models.DateTimeField(verbose_name="登记时间")),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="SourceColumns",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="版本")),
                ("columns", models.JSONField(verbose_name="列对应")),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("hours", "小时（如 2.5）"),
                            ("minutes", "分钟（如 150）"),
                            ("clock", "时分（如 2小时30分 或 2:30）"),
                        ],
                        max_length=7,
                        verbose_name="时长单位",
                    ),
                ),
                ("headings", models.JSONField(verbose_name="样表的列名")),
                ("made_at", models.DateTimeField(verbose_name="保存时间")),
            ],
            options={
                "ordering": ["-version"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="carriedhours",
            name="carried_once_from_a_source",
        ),
        migrations.RemoveConstraint(
            model_name="hoursdispute",
            name="disputed_record_or_missing_one",
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
                on_delete=django.db.models.deletion.PROTECT,
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
            model_name="carriedlist",
            name="file",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.file",
            ),
        ),
        migrations.AddField(
            model_name="carriedlist",
            name="loaded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="carriedlist",
            name="org",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
            ),
        ),
        migrations.AddField(
            model_name="carriedrow",
            name="carried_list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rows",
                to="volunteering.carriedlist",
            ),
        ),
        migrations.AddField(
            model_name="carriedrow",
            name="chosen_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="carriedrow",
            name="decided_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="carriedrow",
            name="earlier",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="later",
                to="volunteering.carriedrow",
            ),
        ),
        migrations.AddField(
            model_name="carriedrow",
            name="home",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="orgs.org",
            ),
        ),
        migrations.AddField(
            model_name="carriedrow",
            name="volunteer",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="carried_rows",
                to="volunteering.volunteer",
            ),
        ),
        migrations.AddField(
            model_name="carriedhours",
            name="row",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
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
        migrations.AddField(
            model_name="hourssource",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="hourssource",
            name="org",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
            ),
        ),
        migrations.AddField(
            model_name="carriedlist",
            name="source",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lists",
                to="volunteering.hourssource",
            ),
        ),
        migrations.AddField(
            model_name="sourcecolumns",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="sourcecolumns",
            name="source",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="volunteering.hourssource",
            ),
        ),
        migrations.AddField(
            model_name="carriedlist",
            name="columns",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lists",
                to="volunteering.sourcecolumns",
            ),
        ),
        migrations.AddIndex(
            model_name="carriedrow",
            index=models.Index(fields=["key"], name="carried_row_key"),
        ),
        migrations.AddIndex(
            model_name="carriedrow",
            index=models.Index(
                condition=models.Q(("state", "matched")),
                fields=["carried_list"],
                name="carried_row_waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="carriedrow",
            constraint=models.UniqueConstraint(
                fields=("carried_list", "line"), name="one_carried_row_a_line"
            ),
        ),
        migrations.AddConstraint(
            model_name="carriedrow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "agreed")),
                fields=("key", "minutes"),
                name="carried_row_counts_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="carriedrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["matched", "agreed"]), _negated=True),
                    models.Q(
                        ("day__isnull", False), ("minutes__gt", 0), ("volunteer__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="carried_row_to_count_is_somebodys",
            ),
        ),
        migrations.AddConstraint(
            model_name="carriedrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    ("chosen_by__isnull", True),
                    models.Q(("decided_by", models.F("chosen_by")), _negated=True),
                    _connector="OR",
                ),
                name="carried_row_is_decided_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="carriedrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["agreed", "refused", "revoked"]), _negated=True),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="agreed_carried_row_has_a_hand",
            ),
        ),
        migrations.AddConstraint(
            model_name="hourssource",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="hours_source_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcecolumns",
            constraint=models.UniqueConstraint(
                fields=("source", "version"), name="one_version_of_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcecolumns",
            constraint=models.CheckConstraint(
                condition=models.Q(("version__gte", 1)), name="source_version_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="carriedlist",
            constraint=models.UniqueConstraint(
                fields=("source", "org", "sha256"), name="one_carried_list_a_file"
            ),
        ),
    ]
