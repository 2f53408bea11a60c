"""What runs behind the pages, and what was taken out of the house."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class State(models.TextChoices):
    QUEUED = "queued", "排队中"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    REFUSED = "refused", "未办理"
    FAILED = "failed", "出错"
    INTERRUPTED = "interrupted", "中断"
    CANCELLED = "cancelled", "已取消"


OPEN = (State.QUEUED.value, State.RUNNING.value)


class Job(models.Model):
    """One long piece of work that somebody asked for: how far it got, and what came of it.

    `state` leaves RUNNING in the same transaction as the last effects of the work, so whoever
    finds it DONE after a break has nothing left to do.
    """

    kind = models.CharField("种类", max_length=60)
    title = models.CharField("事项", max_length=160)
    person_id = models.BigIntegerField("申请人编号")
    by = models.CharField("申请人", max_length=80)
    arguments = models.JSONField("参数", default=dict)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.QUEUED)
    done = models.PositiveIntegerField("已办", default=0)
    total = models.PositiveIntegerField("总数", default=0)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    reason = models.CharField("说明", max_length=400, blank=True)
    cancel_asked = models.BooleanField("要求取消", default=False)
    stored_as = models.CharField("结果文件", max_length=80, blank=True)
    result_name = models.CharField("结果文件名", max_length=160, blank=True)
    size = models.BigIntegerField("大小", default=0)
    url = models.CharField("结果页面", max_length=200, blank=True)
    at = models.DateTimeField("申请时间")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    expires_at = models.DateTimeField("结果保留至", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_result_expires",
                condition=Q(stored_as="") | Q(expires_at__isnull=False),
            ),
            models.CheckConstraint(
                name="an_ended_job_says_when",
                condition=Q(state__in=["queued", "running"]) | Q(ended_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(name="job_of_person", fields=["person_id", "-at"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Tell whether it still waits or runs."""
        return self.state in OPEN


class Purpose(models.TextChoices):
    WORK = "work", "日常工作核对"
    REPORT = "report", "上级报送"
    MEETING = "meeting", "会议或汇报材料"
    HANDOVER = "handover", "工作交接"
    PERSON = "person", "应本人请求"
    OTHER = "other", "其他"


class Layout(models.TextChoices):
    PAGE = "page", "与页面相同，姓名隐去"
    SHEET = "sheet", "与导入模板相同，可再次导入，姓名完整"


class ExportState(models.TextChoices):
    WAITING = "waiting", "待审批"
    APPROVED = "approved", "待生成"
    MADE = "made", "已生成"
    REFUSED = "refused", "不同意"


class Export(models.Model):
    """One list taken out as a workbook: what, what for, for whom, and who agreed (S-10)."""

    title = models.CharField("台账", max_length=80)
    address = models.CharField("列表地址", max_length=1000)
    chosen = models.CharField("筛选条件", max_length=400, blank=True)
    purpose = models.CharField("用途", max_length=12, choices=Purpose.choices)
    note = models.CharField("用途说明", max_length=120)
    receiver = models.CharField("接收方", max_length=80)
    personal = models.BooleanField("含个人信息")
    layout = models.CharField("格式", max_length=10, choices=Layout.choices, default=Layout.PAGE)
    rows = models.PositiveIntegerField("行数")
    org = models.ForeignKey("orgs.Org", verbose_name="组织", on_delete=models.PROTECT)
    person_id = models.BigIntegerField("导出人编号")
    by = models.CharField("导出人", max_length=80)
    at = models.DateTimeField("申请时间")
    state = models.CharField("状态", max_length=10, choices=ExportState.choices)
    decided_person_id = models.BigIntegerField("审批人编号", null=True, blank=True)
    decided_by = models.CharField("审批人", max_length=80, blank=True)
    decided_at = models.DateTimeField("审批时间", null=True, blank=True)
    reason = models.CharField("审批意见", max_length=200, blank=True)
    sha256 = models.CharField("校验值", max_length=64, blank=True)
    made_at = models.DateTimeField("生成时间", null=True, blank=True)
    job = models.OneToOneField(
        Job, verbose_name="任务", on_delete=models.PROTECT, null=True, blank=True
    )

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="nobody_approves_their_own_export",
                condition=Q(decided_person_id__isnull=True) | ~Q(decided_person_id=F("person_id")),
            ),
            models.CheckConstraint(
                name="a_made_export_has_its_hash",
                condition=~Q(state="made") | (~Q(sha256="") & Q(made_at__isnull=False)),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="export_waiting", fields=["state", "-at"]),
            models.Index(name="export_of_person", fields=["person_id", "-at"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def number(self) -> str:
        """Return the number that its watermark carries."""
        return f"DC{self.pk:06d}"

    @property
    def why(self) -> str:
        """Return the purpose in words."""
        return f"{self.get_purpose_display()}：{self.note}"
