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
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="orgs.org"),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="hours_source_has_a_name",
                    )
                ],
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
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.PROTECT,
                        related_name="versions",
                        to="volunteering.hourssource",
                    ),
                ),
            ],
            options={
                "ordering": ["-version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "version"), name="one_version_of_source"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="source_version_from_one"
                    ),
                ],
            },
        ),
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
                (
                    "file",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="files.file",
                    ),
                ),
                (
                    "loaded_by",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="orgs.org"),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.PROTECT,
                        related_name="lists",
                        to="volunteering.hourssource",
                    ),
                ),
                (
                    "columns",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="lists",
                        to="volunteering.sourcecolumns",
                    ),
                ),
            ],
            options={
                "ordering": ["-loaded_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "org", "sha256"), name="one_carried_list_a_file"
                    )
                ],
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
                (
                    "carried_list",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="rows", to="volunteering.carriedlist"
                    ),
                ),
                (
                    "chosen_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "earlier",
                    models.ForeignKey(
                        null=True,
                        on_delete=models.SET_NULL,
                        related_name="later",
                        to="volunteering.carriedrow",
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="orgs.org",
                    ),
                ),
                (
                    "volunteer",
                    models.ForeignKey(
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="carried_rows",
                        to="volunteering.volunteer",
                    ),
                ),
            ],
            options={
                "ordering": ["line"],
                "indexes": [
                    models.Index(fields=["key"], name="carried_row_key"),
                    models.Index(
                        condition=models.Q(("state", "matched")),
                        fields=["carried_list"],
                        name="carried_row_waits",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("carried_list", "line"), name="one_carried_row_a_line"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "agreed")),
                        fields=("key", "minutes"),
                        name="carried_row_counts_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["matched", "agreed"]), _negated=True),
                            models.Q(
                                ("day__isnull", False),
                                ("minutes__gt", 0),
                                ("volunteer__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="carried_row_to_count_is_somebodys",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            ("chosen_by__isnull", True),
                            models.Q(("decided_by", models.F("chosen_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="carried_row_is_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["agreed", "refused", "revoked"]), _negated=True
                            ),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="agreed_carried_row_has_a_hand",
                    ),
                ],
            },
        ),
    ]
