from typing import ClassVar, NoReturn

from django.db import models
from django.db.models import Q

from qinghe.kernel.access.models import Department


class Step(models.TextChoices):
    DRAFT = "draft", "拟稿"
    CHECK = "check", "核稿"
    COUNTERSIGN = "countersign", "会签"
    SIGN = "sign", "签发"


class Verdict(models.TextChoices):
    AGREED = "agreed", "同意"
    SENT_BACK = "sent_back", "退回"


class Circulation(models.Model):
    """One round of signing: a text that stands still, with the frozen figures it prints."""

    class State(models.TextChoices):
        GOING = "going", "审签中"
        SENT_BACK = "sent_back", "已退回"
        WITHDRAWN = "withdrawn", "已撤回"
        SIGNED = "signed", "已签发待印发"
        ISSUED = "issued", "已印发"

    report = models.ForeignKey(
        "drafting.Report", on_delete=models.PROTECT, related_name="circulations"
    )
    number = models.PositiveSmallIntegerField("轮次")
    freezing = models.ForeignKey("analytics.Freezing", on_delete=models.PROTECT, related_name="+")
    text = models.JSONField("正文")  # as signed: words, and figures with their freezing
    sha256 = models.CharField("正文校验值", max_length=64)
    lacking = models.JSONField("数据不全的指标", default=list)  # codes
    owned_reason = models.CharField("数据不全的说明", max_length=400, blank=True, default="")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.GOING)
    begun_at = models.DateTimeField("送签时间")
    begun_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField("办结时间", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["report_id", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_circulation_a_number", fields=["report", "number"]),
            models.UniqueConstraint(
                name="one_circulation_at_a_time",
                fields=["report"],
                condition=Q(state__in=["going", "signed"]),
            ),
            models.CheckConstraint(
                name="a_circulation_that_goes_has_not_ended",
                condition=Q(state="going", ended_at__isnull=True)
                | (~Q(state="going") & Q(ended_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} #{self.number}"


class Signing(models.Model):
    """One person's place in a round: when it was their turn, and what they said."""

    circulation = models.ForeignKey(Circulation, on_delete=models.PROTECT, related_name="signings")
    step = models.CharField("环节", max_length=12, choices=Step.choices)
    place = models.PositiveSmallIntegerField("次序")  # who shares a place may sign in any order
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    department = models.CharField(
        "部门", max_length=20, choices=Department.choices, blank=True, default=""
    )
    asked_at = models.DateTimeField("送达时间", null=True, blank=True)
    verdict = models.CharField(
        "意见", max_length=10, choices=Verdict.choices, blank=True, default=""
    )
    words = models.CharField("意见内容", max_length=1000, blank=True, default="")
    at = models.DateTimeField("签署时间", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["circulation_id", "place", "pk"]
        indexes: ClassVar = [
            models.Index(
                name="signing_waits",
                fields=["person", "asked_at"],
                condition=Q(verdict="", asked_at__isnull=False),
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="once_a_step", fields=["circulation", "step", "person"]),
            models.CheckConstraint(
                name="a_verdict_has_its_moment",
                condition=Q(verdict="", at__isnull=True) | (~Q(verdict="") & Q(at__isnull=False)),
            ),
            models.CheckConstraint(
                name="sent_back_with_words", condition=~Q(verdict="sent_back") | ~Q(words="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.person_id}"


class Numbering(models.Model):
    """How far the document numbers of an agency word and a year have come (G-12)."""

    word = models.CharField("机关代字", max_length=20)
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("已用到")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_numbering_a_year", fields=["word", "year"])
        ]

    def __str__(self) -> str:
        return f"{self.word}〔{self.year}〕{self.last}号"


class Kept(models.Model):
    """A row that is kept as it was written; the database has triggers that hold to it, too."""

    class Meta:
        abstract = True

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        """Refuse: what is issued stays."""
        raise TypeError(f"{self} is issued")


class Issue(Kept):
    """A report as it went out: its words with their frozen figures, its number and its files."""

    report = models.OneToOneField("drafting.Report", on_delete=models.PROTECT, related_name="issue")
    circulation = models.OneToOneField(Circulation, on_delete=models.PROTECT, related_name="issue")
    freezing = models.ForeignKey("analytics.Freezing", on_delete=models.PROTECT, related_name="+")
    word = models.CharField("机关代字", max_length=20, blank=True, default="")
    year = models.PositiveSmallIntegerField("年份", null=True, blank=True)
    serial = models.PositiveIntegerField("序号", null=True, blank=True)
    dated_on = models.DateField("成文日期")
    issued_at = models.DateTimeField("印发时间")
    issued_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    text = models.JSONField("正文")
    sha256 = models.CharField("正文校验值", max_length=64)
    document = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+")
    document_sha256 = models.CharField("文档校验值", max_length=64)
    annex = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+")
    annex_sha256 = models.CharField("附件校验值", max_length=64)

    class Meta:
        ordering: ClassVar = ["-issued_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_document_a_number",
                fields=["word", "year", "serial"],
                condition=Q(serial__isnull=False),
            ),
            models.CheckConstraint(
                name="a_number_is_whole",
                condition=Q(word="", year__isnull=True, serial__isnull=True)
                | (~Q(word="") & Q(year__isnull=False, serial__gte=1)),
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.report_id}"

    @property
    def number(self) -> str:
        """Return the document number as it is printed (G-12); nothing where there is none."""
        return f"{self.word}〔{self.year}〕{self.serial}号" if self.serial else ""


class Printed(Kept):
    """The PDF of an issued report, made from its document."""

    issue = models.OneToOneField(Issue, on_delete=models.PROTECT, related_name="printed")
    file = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField("校验值", max_length=64)
    at = models.DateTimeField("生成时间")

    def __str__(self) -> str:
        return f"{self.issue_id} PDF"
