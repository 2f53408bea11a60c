from django.db import models
from django.db.models import Q

from qinghe.kernel.people.models import Person, Sex

from .sources import RollColumns, RollSource


class Run(models.Model):
    """One export held against the rolls of an organisation and all below it (对账)."""

    class State(models.TextChoices):
        WAITING = "waiting", "核对中"
        DONE = "done", "已完成"
        FAILED = "failed", "没有完成"
        DISCARDED = "discarded", "已放弃"

    source = models.ForeignKey(RollSource, on_delete=models.PROTECT, related_name="runs")
    columns = models.ForeignKey(RollColumns, on_delete=models.PROTECT, related_name="runs")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField("文件名", max_length=160)
    state = models.CharField("状态", max_length=9, choices=State.choices, default=State.WAITING)
    rows = models.PositiveIntegerField("文件行数")
    written = models.PositiveIntegerField("已核对行数", default=0)
    job_id = models.BigIntegerField("后台任务", null=True)
    words = models.CharField("说明", max_length=300, blank=True)
    uploaded_at = models.DateTimeField("上传时间")
    uploaded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField("完成时间", null=True)
    finished_on = models.DateField("完成日期", null=True)
    erased_at = models.DateTimeField("原始行清除时间", null=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_waiting_run", fields=["source", "org"], condition=Q(state="waiting")
            ),
            models.CheckConstraint(
                name="finished_run_says_when",
                condition=~Q(state="done")
                | Q(finished_at__isnull=False, finished_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class RunRow(models.Model):
    """One line of an export as it was read, and whose it is: evidence, erased after its time."""

    class Outcome(models.TextChoices):
        AGREED = "agreed", "一致"
        CHANGED = "changed", "变动"
        MISSING = "missing", "缺少"
        UNSURE = "unsure", "无法确定"

    class How(models.TextChoices):
        NUMBER = "number", "发展团员编号"
        ID_NUMBER = "id_number", "证件号"
        SHOWN_ID = "shown_id", "姓名和部分证件号"
        BRANCH = "branch", "姓名和团支部"
        HAND = "hand", "人工选定"

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="lines", db_index=False)
    line = models.PositiveIntegerField("行号")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField("姓名", max_length=60, blank=True)
    shown = models.CharField("证件号（部分）", max_length=18, blank=True)
    sex = models.CharField("性别", max_length=6, choices=Sex.choices, blank=True)
    birth = models.DateField("出生日期", null=True)
    joined_on = models.DateField("入团日期", null=True)
    number = models.CharField("发展团员编号", max_length=64, blank=True)
    branch = models.CharField("团支部", max_length=200, blank=True)
    branch_code = models.CharField("团支部代码", max_length=64, blank=True)
    named = models.ForeignKey(
        "orgs.Org", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    standing = models.CharField("团员状态", max_length=60, blank=True)
    cells = models.JSONField("读不懂的原文", default=dict)
    outcome = models.CharField("结果", max_length=7, choices=Outcome.choices)
    how = models.CharField("匹配依据", max_length=9, choices=How.choices, blank=True)
    person = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    words = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(name="one_run_row_a_line", fields=["run", "line"]),
            models.UniqueConstraint(
                name="one_row_a_member_of_a_run",
                fields=["run", "person"],
                condition=Q(person__isnull=False),
            ),
            models.CheckConstraint(
                name="found_row_says_how",
                condition=Q(person__isnull=True, how="") | (Q(person__isnull=False) & ~Q(how="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.line}"

    @property
    def about(self) -> Person:
        """Return whom the line is about; where nobody was found, somebody of the told birth."""
        return self.person or Person(birth_date=self.birth)


class BranchTally(models.Model):
    """What a run came to for one organisation, until the next run that covers it (支部对账结果)."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="tallies", db_index=False)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    members = models.PositiveIntegerField("本平台团员", default=0)
    rows = models.PositiveIntegerField("来源行数", default=0)
    agreed = models.PositiveIntegerField("一致", default=0)
    changed = models.PositiveIntegerField("变动", default=0)
    extra = models.PositiveIntegerField("多出", default=0)
    missing = models.PositiveIntegerField("缺少", default=0)
    unsure = models.PositiveIntegerField("无法确定", default=0)
    sent = models.PositiveIntegerField("退回核对", default=0)
    to_answer = models.PositiveIntegerField("待答复", default=0)
    to_decide = models.PositiveIntegerField("待确认", default=0)
    compared_on = models.DateField("对账日期")
    answered_on = models.DateField("答复完日期", null=True)
    superseded_on = models.DateField("有下一次对账", null=True)

    class Meta:
        ordering = ["org__path"]
        constraints = [
            models.UniqueConstraint(name="one_tally_a_branch", fields=["run", "org"]),
            models.CheckConstraint(
                name="tally_counts_each_row_once",
                condition=Q(
                    rows=models.F("agreed")
                    + models.F("changed")
                    + models.F("missing")
                    + models.F("unsure")
                ),
            ),
        ]
        indexes = [
            models.Index(
                name="tally_to_answer",
                fields=["org"],
                condition=Q(superseded_on__isnull=True, to_answer__gt=0),
            ),
            models.Index(
                name="tally_to_decide",
                fields=["run"],
                condition=Q(superseded_on__isnull=True, to_decide__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.org_id}"
