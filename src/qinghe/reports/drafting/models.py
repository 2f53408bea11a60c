from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from qinghe.kernel.access.models import Department
from qinghe.lib import periods
from qinghe.lib.periods import Period


class Report(models.Model):
    """One organisation's report on one period; a correction is a further version of it."""

    class State(models.TextChoices):
        WRITING = "writing", "起草中"
        SIGNING = "signing", "审签中"
        SIGNED = "signed", "已签发待印发"
        ISSUED = "issued", "已印发"
        REPLACED = "replaced", "已更正"

    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    period = models.CharField("报告期", max_length=8, help_text="2022H1")
    version = models.PositiveSmallIntegerField("版次", default=1)
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    reason = models.CharField("更正原因", max_length=400, blank=True, default="")
    title = models.CharField("标题", max_length=200)  # as its title passage says it, for lists
    signature = models.CharField("署名", max_length=80)
    dated_on = models.DateField("成文日期", null=True, blank=True)
    contact = models.CharField("附注", max_length=120, blank=True, default="")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WRITING)
    begun_at = models.DateTimeField("起草时间")
    begun_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-period", "org__path", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_report_for_a_period", fields=["org", "period", "version"]
            ),
            models.CheckConstraint(
                name="a_later_version_corrects_one",
                condition=Q(version=1, corrects__isnull=True)
                | Q(version__gt=1, corrects__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_version_in_writing",
                fields=["org", "period"],
                condition=Q(state__in=["writing", "signing", "signed"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（第{self.version}版）" if self.version > 1 else self.title

    @property
    def span(self) -> Period:
        """Return the period that the report is about."""
        return periods.parse(self.period)


class Passage(models.Model):
    """A piece of a report that is written, assigned and discussed by itself.

    A part or an item is its heading; what belongs to it follows by `place`. A removed passage
    keeps its text and its history.
    """

    class Kind(models.TextChoices):
        TITLE = "title", "标题"  # one line of the text is one line of the title
        OPENING = "opening", "前言"
        PART = "part", "一级标题"  # its text, if any, opens the part
        ITEM = "item", "二级标题"
        RUN_IN = "run_in", "分述"  # 一是…。: follows others in the same paragraph
        PARAGRAPH = "paragraph", "段落"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="passages")
    place = models.PositiveSmallIntegerField("次序")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    heading = models.CharField("小标题", max_length=120, blank=True, default="")
    text = models.TextField("正文", blank=True, default="")
    department = models.CharField(
        "主笔部门", max_length=20, choices=Department.choices, blank=True, default=""
    )
    street = models.ForeignKey(
        "orgs.Org", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField("交稿日期", null=True, blank=True)
    lock = models.PositiveIntegerField(
        default=1
    )  # counts its versions; a writer names the one read
    copied_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="copies"
    )
    changed_at = models.DateTimeField("修改时间")
    changed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField("移除时间", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["place", "pk"]
        indexes: ClassVar = [
            models.Index(
                name="passage_of_a_street", fields=["street"], condition=Q(street__isnull=False)
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="one_assignee", condition=Q(department="") | Q(street__isnull=True)
            ),
            models.CheckConstraint(
                name="a_deadline_is_somebodys",
                condition=Q(due_on__isnull=True) | ~Q(department="") | Q(street__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.heading or self.text[:20]

    def version(self, *, at: datetime, by_id: int) -> "PassageChange":
        """Return what is to be kept of the passage as it reads now."""
        return PassageChange(
            passage=self,
            number=self.lock,
            heading=self.heading,
            text=self.text,
            at=at,
            by_id=by_id,
        )


class PassageChange(models.Model):
    """A passage as it read from a moment on; the first one is what it began with."""

    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="changes")
    number = models.PositiveIntegerField("版次")
    heading = models.CharField("小标题", max_length=120, blank=True, default="")
    text = models.TextField("正文", blank=True, default="")
    at = models.DateTimeField("时间")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["passage_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_change_a_number", fields=["passage", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.passage_id} #{self.number}"


class Remark(models.Model):
    """What somebody says of a passage, until it is settled."""

    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="remarks")
    text = models.CharField("意见", max_length=1000)
    at = models.DateTimeField("时间")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField("办结时间", null=True, blank=True)
    settled_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="who_settles_settles_then",
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.text[:20]


class FixedWording(models.Model):
    """Words whose digits are part of a name and no figure, on a named person's word (G-51)."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="fixed_wordings")
    words = models.CharField("固定表述", max_length=60)
    reason = models.CharField("理由", max_length=400)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="fixed_once", fields=["report", "words"])
        ]

    def __str__(self) -> str:
        return self.words


class PlanItem(models.Model):
    """What a report promises for the next period, with what it can be measured by."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="plan")
    passage = models.ForeignKey(
        Passage, null=True, blank=True, on_delete=models.PROTECT, related_name="plan"
    )
    text = models.CharField("事项", max_length=300)
    code = models.CharField("指标", max_length=12, blank=True, default="")
    target = models.DecimalField("目标值", max_digits=18, decimal_places=4, null=True, blank=True)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField("完成期限", null=True, blank=True)
    dropped_at = models.DateTimeField("取消时间", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_target_is_of_an_indicator",
                condition=Q(target__isnull=True, code="") | (Q(target__isnull=False) & ~Q(code="")),
            )
        ]

    def __str__(self) -> str:
        return self.text[:20]


class Taken(models.Model):
    """A proposal that was taken into the text, so that it is not offered again."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="taken")
    key = models.CharField("建议", max_length=120)
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="taken_once", fields=["report", "key"])
        ]

    def __str__(self) -> str:
        return self.key
