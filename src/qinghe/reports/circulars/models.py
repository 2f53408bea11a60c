from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from qinghe.analytics.models import Frozen
from qinghe.lib import periods
from qinghe.lib.periods import Period

LINE_SIZE = 40


class RankedBy(models.TextChoices):
    """What the streets of one figure are put in order by."""

    HIGH = "high", "数值从高到低"
    LOW = "low", "数值从低到高"
    COMPLETION = "completion", "目标完成情况"


class Circular(models.Model):
    """A circular on one period: the streets' figures side by side, and what is asked of them.

    Once issued it does not change. Who wrote, reviewed and issued it is kept by number and name.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "起草中"
        REVIEWING = "reviewing", "待核稿"
        REVIEWED = "reviewed", "待印发"
        ISSUED = "issued", "已印发"

    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    period = models.CharField("通报期", max_length=8)
    title = models.CharField("标题", max_length=120)
    opening = models.TextField("总体情况", blank=True, default="")
    demands = models.TextField("工作要求", blank=True, default="")
    signature = models.CharField("署名", max_length=80)
    dated_on = models.DateField("成文日期", null=True, blank=True)
    answer_by = models.DateField("反馈期限", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    writer = models.BigIntegerField("拟稿人编号")
    writer_name = models.CharField("拟稿人", max_length=60)
    begun_at = models.DateTimeField("起草时间")
    sent_at = models.DateTimeField("送核时间", null=True, blank=True)
    reviewer = models.BigIntegerField("核稿人编号", default=0)
    reviewer_name = models.CharField("核稿人", max_length=60, blank=True, default="")
    reviewed_at = models.DateTimeField("核稿时间", null=True, blank=True)
    review_words = models.CharField("核稿意见", max_length=400, blank=True, default="")
    reviewed_sha256 = models.CharField("核稿时的指纹", max_length=64, blank=True, default="")
    issuer_name = models.CharField("印发人", max_length=60, blank=True, default="")
    issued_at = models.DateTimeField("印发时间", null=True, blank=True)
    word = models.CharField("机关代字", max_length=20, blank=True, default="")  # G-12
    year = models.PositiveSmallIntegerField("年份", null=True, blank=True)
    number = models.PositiveIntegerField("序号", null=True, blank=True)
    said_opening = models.TextField("印发的总体情况", blank=True, default="")
    said_demands = models.TextField("印发的工作要求", blank=True, default="")
    as_of = models.DateTimeField("数据截至", null=True, blank=True)
    sha256 = models.CharField("指纹", max_length=64, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["-begun_at", "-pk"]
        indexes: ClassVar = [models.Index(name="circular_waits", fields=["state", "org"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_circular_of_a_number",
                fields=["org", "word", "year", "number"],
                condition=Q(number__isnull=False),
            ),
            models.CheckConstraint(
                name="circular_number_is_whole",
                condition=Q(number__isnull=True)
                | (Q(number__gt=0, year__isnull=False) & ~Q(word="")),
            ),
            models.CheckConstraint(
                name="circular_reviewed_by_another",
                condition=Q(state__in=["draft", "reviewing"])
                | (Q(reviewed_at__isnull=False) & ~Q(reviewer=F("writer")) & Q(reviewer__gt=0)),
            ),
            models.CheckConstraint(
                name="issued_circular_is_sealed",
                condition=Q(state="issued", issued_at__isnull=False, as_of__isnull=False)
                & ~Q(sha256="")
                | (~Q(state="issued") & Q(issued_at__isnull=True, sha256="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("circulars:circular", args=[self.pk])

    @property
    def span(self) -> Period:
        """Return the period that the circular is about."""
        return periods.parse(self.period)

    @property
    def document_number(self) -> str:
        """Return the number as it is printed (G-12), or nothing."""
        return f"{self.word}〔{self.year}〕{self.number}号" if self.number else ""


class Chosen(models.Model):
    """A figure that a circular shows; issuing adds what it was called and how it was counted."""

    circular = models.ForeignKey(Circular, on_delete=models.PROTECT, related_name="chosen")
    place = models.PositiveSmallIntegerField("次序")
    code = models.CharField("指标编号", max_length=16)
    ranked_by = models.CharField(
        "排名依据", max_length=10, choices=RankedBy.choices, default=RankedBy.HIGH
    )
    version = models.PositiveIntegerField("版本", default=0)  # 0 until issued
    label = models.CharField("指标", max_length=80, blank=True, default="")
    unit = models.CharField("单位", max_length=16, blank=True, default="")
    decimals = models.PositiveSmallIntegerField("小数位数", default=0)
    is_ratio = models.BooleanField("比率", default=False)
    meaning = models.TextField("口径", blank=True, default="")

    class Meta:
        ordering: ClassVar = ["place", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="chosen_once", fields=["circular", "code"])
        ]

    def __str__(self) -> str:
        return f"{self.code} in {self.circular_id}"


class Line(Frozen):
    """One organisation's line under one figure, as it was issued; numbers as text, "" where none.

    `records` and `records_sha256` say which records stood behind the value.
    """

    chosen = models.ForeignKey(Chosen, on_delete=models.PROTECT, related_name="lines")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("组织", max_length=80)  # as it was called then
    place = models.PositiveSmallIntegerField("次序")  # 0 is the district itself
    state = models.CharField("数据状态", max_length=12)
    value = models.CharField("数值", max_length=LINE_SIZE)
    exact = models.CharField("未取整的数值", max_length=60)
    goal = models.CharField("目标", max_length=LINE_SIZE)
    completion = models.CharField("完成情况", max_length=LINE_SIZE)
    rank = models.PositiveSmallIntegerField("名次", null=True, blank=True)
    last_year = models.CharField("去年同期", max_length=LINE_SIZE)
    last_year_change = models.CharField("同比", max_length=LINE_SIZE)
    last_year_note = models.CharField("同比说明", max_length=LINE_SIZE)
    previous = models.CharField("上期", max_length=LINE_SIZE)
    previous_change = models.CharField("环比", max_length=LINE_SIZE)
    previous_note = models.CharField("环比说明", max_length=LINE_SIZE)
    records = models.PositiveIntegerField("记录数", default=0)
    records_sha256 = models.CharField("记录指纹", max_length=64, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["place", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_line_an_organisation", fields=["chosen", "org"]),
            models.CheckConstraint(
                name="nothing_is_not_ranked", condition=Q(rank__isnull=True) | ~Q(value="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} under {self.chosen_id}"


class Reporting(Frozen):
    """How far one street had reported when the circular was issued."""

    circular = models.ForeignKey(Circular, on_delete=models.PROTECT, related_name="reporting")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("组织", max_length=80)
    expected = models.PositiveIntegerField("应报")
    submitted = models.PositiveIntegerField("已报")
    accepted = models.PositiveIntegerField("已通过")
    late = models.PositiveIntegerField("逾期")
    late_names = models.TextField("逾期未报和迟报的单位", blank=True, default="")

    class Meta:
        ordering: ClassVar = ["org__code", "pk"]
        verbose_name = "报送情况"
        constraints: ClassVar = [
            models.UniqueConstraint(name="reported_on_once", fields=["circular", "org"])
        ]

    def __str__(self) -> str:
        return f"{self.name} in {self.circular_id}"


class Goal(models.Model):
    """What one organisation shall reach by the end of a period; the newest row holds.

    Typed by a person with its source. An empty value takes the goal back.
    """

    class How(models.TextChoices):
        HAND = "hand", "逐一填写"
        EQUAL = "equal", "平均分解"

    code = models.CharField("指标编号", max_length=16)
    period = models.CharField("目标期", max_length=8)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField("目标", max_digits=18, decimal_places=4, null=True, blank=True)
    source = models.CharField("来源", max_length=200)
    set_on = models.DateField("下达日期")
    how = models.CharField("分解方式", max_length=8, choices=How.choices, default=How.HAND)
    at = models.DateTimeField("登记时间")
    by = models.CharField("登记人", max_length=80)

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(name="goal_of_figure", fields=["period", "code", "org"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="goal_is_positive", condition=Q(value__isnull=True) | Q(value__gt=0)
            ),
            models.CheckConstraint(name="goal_has_a_source", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.period} at {self.org_id}"


class Addressee(models.Model):
    """A street that a circular goes to, and how far it is with its answer."""

    class State(models.TextChoices):
        NOTED = "noted", "知悉即可"
        WAITING = "waiting", "待反馈"
        ANSWERED = "answered", "待审阅"
        AGAIN = "again", "需重新反馈"
        ACCEPTED = "accepted", "已接受"

    circular = models.ForeignKey(Circular, on_delete=models.PROTECT, related_name="addressees")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    answer_by = models.DateField("反馈期限", null=True, blank=True)
    asked_at = models.DateTimeField("要求反馈时间", null=True, blank=True)
    answered_at = models.DateTimeField("反馈时间", null=True, blank=True)
    reminded_at = models.DateTimeField("催办时间", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["org__code", "pk"]
        indexes: ClassVar = [models.Index(name="addressee_waits", fields=["state", "org"])]
        constraints: ClassVar = [
            models.UniqueConstraint(name="addressed_once", fields=["circular", "org"])
        ]

    def __str__(self) -> str:
        return f"{self.org_id} of {self.circular_id}"


class Feedback(models.Model):
    """One answer of a street; asked again, it writes another and this one stays."""

    class Verdict(models.TextChoices):
        OPEN = "", "待审阅"
        ACCEPTED = "accepted", "已接受"
        AGAIN = "again", "要求重新反馈"

    addressee = models.ForeignKey(Addressee, on_delete=models.PROTECT, related_name="feedback")
    number = models.PositiveSmallIntegerField("次数")
    text = models.TextField("情况说明")
    measures = models.TextField("整改措施")
    at = models.DateTimeField("反馈时间")
    person = models.BigIntegerField("反馈人编号")
    by = models.CharField("反馈人", max_length=80)
    verdict = models.CharField(
        "审阅结果", max_length=10, choices=Verdict.choices, blank=True, default=""
    )
    words = models.CharField("审阅意见", max_length=400, blank=True, default="")
    decided_at = models.DateTimeField("审阅时间", null=True, blank=True)
    decided_by = models.CharField("审阅人", max_length=80, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="answers_are_numbered", fields=["addressee", "number"]),
            models.CheckConstraint(
                name="asking_again_says_why", condition=~Q(verdict="again") | ~Q(words="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.addressee_id} answer {self.number}"
