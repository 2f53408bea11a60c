from django.db import models
from django.db.models import F, Q

from .schemes import Item, Scheme


class Assessment(models.Model):
    """One organisation under one scheme: what it says of itself, and what it comes to."""

    class State(models.TextChoices):
        DRAFT = "draft", "待提交自评"
        SUBMITTED = "submitted", "已提交"
        MISSED = "missed", "未提交"

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="assessments")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    due_on = models.DateField("自评截止日期")
    first_on = models.DateField("首次提交日期", null=True, blank=True)
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    submitted_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_late = models.BooleanField("迟交", default=False)
    reason = models.CharField("退回原因", max_length=200, blank=True)
    reminded_at = models.DateTimeField("最近提醒", null=True, blank=True)
    total = models.PositiveIntegerField("得分", null=True, blank=True)
    rank = models.PositiveSmallIntegerField("名次", null=True, blank=True)

    class Meta:
        ordering = ["scheme_id", "org__path"]
        indexes = [
            models.Index(
                name="assessment_waits", fields=["state", "due_on"], condition=Q(state="draft")
            ),
        ]
        constraints = [
            models.UniqueConstraint(name="assessed_once", fields=["scheme", "org"]),
            models.CheckConstraint(
                name="submitted_says_when_and_by_whom",
                condition=~Q(state="submitted")
                | Q(submitted_at__isnull=False, submitted_by__isnull=False, first_on__isnull=False),
            ),
            models.CheckConstraint(
                name="ranked_has_a_total", condition=Q(rank__isnull=True) | Q(total__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.org_id} under {self.scheme_id}"


class Mark(models.Model):
    """One organisation's marks for one item: told by itself, read from a figure, settled.

    All marks and the figure are whole hundredths.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="marks")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="marks")
    self_marks = models.PositiveIntegerField("自评分", null=True, blank=True)
    self_reason = models.CharField("自评理由", max_length=400, blank=True)
    kept_at = models.DateTimeField("保存时间", null=True, blank=True)
    figure = models.BigIntegerField("数据", null=True, blank=True)
    figure_version = models.PositiveSmallIntegerField("口径版本", null=True, blank=True)
    figure_state = models.CharField("数据状态", max_length=12, blank=True)
    figure_as_of = models.DateTimeField("取数时点", null=True, blank=True)
    final = models.PositiveIntegerField("核定分", null=True, blank=True)

    class Meta:
        ordering = ["assessment_id", "item__parent__place", "item__place"]
        indexes = [
            models.Index(name="mark_waits", fields=["assessment"], condition=Q(final__isnull=True)),
        ]
        constraints = [
            models.UniqueConstraint(name="marked_once", fields=["assessment", "item"]),
            models.CheckConstraint(
                name="figure_says_when_it_was_taken",
                condition=Q(figure__isnull=True)
                | Q(figure_as_of__isnull=False, figure_version__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.final} for {self.item_id}"


class Review(models.Model):
    """What one reviewer gives for one item of one organisation, and why."""

    mark = models.ForeignKey(Mark, on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    marks = models.PositiveIntegerField("复核分")
    reason = models.CharField("复核意见", max_length=200, blank=True)
    at = models.DateTimeField("复核时间")

    class Meta:
        ordering = ["mark_id", "pk"]
        constraints = [
            models.UniqueConstraint(name="reviewed_once_by_each", fields=["mark", "reviewer"]),
        ]

    def __str__(self) -> str:
        return f"{self.marks} for {self.mark_id}"


class Objection(models.Model):
    """An organisation objects to the marks of one item; somebody who did not give them answers."""

    class State(models.TextChoices):
        OPEN = "open", "待答复"
        UPHELD = "upheld", "采纳"
        REJECTED = "rejected", "不采纳"
        WITHDRAWN = "withdrawn", "已撤回"

    mark = models.ForeignKey(Mark, on_delete=models.PROTECT, related_name="objections")
    reason = models.CharField("异议理由", max_length=400)
    filed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    filed_on = models.DateField("提出日期")
    answer_by = models.DateField("答复期限")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    answered_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answer = models.CharField("答复", max_length=400, blank=True)
    before = models.PositiveIntegerField("原分")
    after = models.PositiveIntegerField("答复后得分", null=True, blank=True)

    class Meta:
        ordering = ["-filed_on", "-pk"]
        indexes = [
            models.Index(name="objection_waits", fields=["answer_by"], condition=Q(state="open")),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_objection_a_mark", fields=["mark"], condition=~Q(state="withdrawn")
            ),
            models.CheckConstraint(
                name="answered_objection_says_by_whom",
                condition=Q(state__in=["open", "withdrawn"], answered_by__isnull=True)
                | (
                    Q(answered_by__isnull=False, answered_on__isnull=False, after__isnull=False)
                    & ~Q(answer="")
                    & ~Q(answered_by=F("filed_by"))
                ),
            ),
            models.CheckConstraint(
                name="rejected_objection_changes_nothing",
                condition=~Q(state="rejected") | Q(after=F("before")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} on {self.mark_id}"
