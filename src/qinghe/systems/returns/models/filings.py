"""Who was asked for a period, and how far what they sent has come."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from qinghe.lib import periods
from qinghe.lib.periods import Period

from .forms import Cell, ReportForm


class Round(models.Model):
    """One form asked for one period (报送期), of every organisation that stood then."""

    form = models.ForeignKey(ReportForm, on_delete=models.PROTECT, related_name="rounds")
    slug = models.CharField("报表代号", max_length=40)
    period = models.CharField("期间", max_length=8)
    starts_on = models.DateField("期间起")
    ends_on = models.DateField("期间止")
    opens_on = models.DateField("开始填报")
    closes_on = models.DateField("截止日期")
    opened_at = models.DateTimeField("开放时间")
    opened_by = models.CharField("开放人", max_length=80)

    class Meta:
        ordering: ClassVar = ["-ends_on", "slug"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_round_a_period", fields=["slug", "period"]),
            models.CheckConstraint(
                name="round_closes_after_it_opens", condition=Q(closes_on__gte=F("opens_on"))
            ),
            models.CheckConstraint(
                name="round_spans_its_period", condition=Q(ends_on__gte=F("starts_on"))
            ),
        ]
        indexes: ClassVar = [models.Index(name="round_of_period", fields=["period"])]

    def __str__(self) -> str:
        return f"{self.slug} {self.period}"

    @property
    def span(self) -> Period:
        """Return the period that is asked about."""
        return periods.parse(self.period)


class DerivedCell(models.Model):
    """A cell that in one round is shown from records and typed by nobody (一表通).

    It is settled when the round opens, so that a round does not change under those who fill it.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="derived")
    cell = models.ForeignKey(Cell, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="derived_once", fields=["round", "cell"])
        ]

    def __str__(self) -> str:
        return f"{self.cell_id} in {self.round_id}"


class Filing(models.Model):
    """One organisation's answer to one round (一份报送), and how far it has come.

    `street` is where it counts for coverage, `reviewer` whose word it waits for; both as the tree
    stood when the round opened.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "待报送"
        SUBMITTED = "submitted", "待审核"
        ACCEPTED = "accepted", "已通过"
        SENT_BACK = "sent_back", "已退回"

    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, related_name="filings", db_index=False
    )
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+", db_index=False)
    street = models.ForeignKey(
        "orgs.Org", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reviewer = models.ForeignKey(
        "orgs.Org", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    submitted_at = models.DateTimeField("报送时间", null=True, blank=True)
    submitted_by = models.CharField("报送人", max_length=80, blank=True)
    sender_id = models.BigIntegerField("报送人编号", null=True, blank=True)
    late = models.BooleanField("逾期报送", default=False)
    late_reason = models.CharField("逾期原因", max_length=200, blank=True)
    below = models.JSONField("下级报送情况", default=dict, blank=True)
    decided_at = models.DateTimeField("审核时间", null=True, blank=True)
    decided_by = models.CharField("审核人", max_length=80, blank=True)
    decider_id = models.BigIntegerField("审核人编号", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-round", "org"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_filing_an_org", fields=["round", "org"]),
            models.CheckConstraint(
                name="sent_filing_says_who",
                condition=Q(state__in=["draft", "sent_back"])
                | Q(submitted_at__isnull=False, sender_id__isnull=False),
            ),
            models.CheckConstraint(
                name="decided_filing_says_who",
                condition=~Q(state__in=["accepted", "sent_back"])
                | Q(decided_at__isnull=False, decider_id__isnull=False),
            ),
            models.CheckConstraint(
                name="nobody_accepts_their_own",
                condition=~Q(state="accepted") | ~Q(decider_id=F("sender_id")),
            ),
            models.CheckConstraint(
                name="late_filing_says_why", condition=Q(late=False) | ~Q(late_reason="")
            ),
        ]
        indexes: ClassVar = [
            # Coverage is read from this index alone.
            models.Index(name="filing_coverage", fields=["round", "street", "state", "late"]),
            models.Index(
                name="filing_waiting", fields=["reviewer"], condition=Q(state="submitted")
            ),
            # Who has not reported: the probe for one organisation.
            models.Index(name="filing_of_org", fields=["org", "state"]),
            models.Index(name="filing_of_street", fields=["street"]),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} of {self.org_id}"


class Answer(models.Model):
    """What the sender says to a question that the numbers raise. Another number asks anew."""

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="answers")
    question_key = models.CharField(max_length=60)
    asked = models.CharField("提问", max_length=300)
    text = models.CharField("说明", max_length=300)
    at = models.DateTimeField("时间")
    by = models.CharField("说明人", max_length=80)

    class Meta:
        ordering: ClassVar = ["filing", "question_key"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_answer", fields=["filing", "question_key"]),
            models.CheckConstraint(name="answer_has_words", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.question_key} of {self.filing_id}"


class Review(models.Model):
    """One word of the organisation above about a filing (审核)."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", "通过"
        SENT_BACK = "sent_back", "退回"

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="reviews")
    verdict = models.CharField("结论", max_length=10, choices=Verdict.choices)
    reason = models.CharField("原因", max_length=300, blank=True)
    at = models.DateTimeField("时间")
    by = models.CharField("审核人", max_length=80)
    person_id = models.BigIntegerField("审核人编号")

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="sent_back_with_a_reason", condition=~Q(verdict="sent_back") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} for {self.filing_id}"


class Reminder(models.Model):
    """That an organisation was reminded of a round on one day (催报)."""

    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, related_name="reminders", db_index=False
    )
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    on = models.DateField("日期")
    at = models.DateTimeField("时间")
    by = models.CharField("催报人", max_length=80)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="reminded_once_a_day", fields=["round", "org", "on"])
        ]

    def __str__(self) -> str:
        return f"{self.round_id} to {self.org_id} on {self.on}"
