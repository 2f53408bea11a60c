from django.db import models
from django.db.models import F, Q

from .guidance import Guidance
from .visits import Answer


class Finding(models.Model):
    """Something to put right: an item that failed, or a problem that a guidance visit heard of."""

    class State(models.TextChoices):
        OPEN = "open", "待整改"
        RECTIFIED = "rectified", "待复查"
        CLOSED = "closed", "已办结"
        CANCELLED = "cancelled", "已撤销"

    answer = models.OneToOneField(
        Answer, null=True, blank=True, on_delete=models.PROTECT, related_name="finding"
    )
    guidance = models.ForeignKey(
        Guidance, null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    words = models.CharField("问题", max_length=330)
    found_on = models.DateField("发现日期")
    due_on = models.DateField("整改期限")
    returned = models.PositiveSmallIntegerField("退回次数", default=0)
    rectified_on = models.DateField("整改日期", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(
                name="finding_to_put_right",
                fields=["due_on"],
                condition=Q(state="open") | Q(state="rectified"),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="finding_comes_from_somewhere",
                condition=Q(answer__isnull=False, guidance__isnull=True)
                | Q(answer__isnull=True, guidance__isnull=False),
            ),
            models.CheckConstraint(
                name="finding_gives_time", condition=Q(due_on__gte=F("found_on"))
            ),
            models.CheckConstraint(
                name="ended_finding_has_a_day",
                condition=Q(state__in=["open", "rectified"], closed_on__isnull=True)
                | Q(state__in=["closed", "cancelled"], closed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="rectified_finding_has_a_day",
                condition=~Q(state__in=["rectified", "closed"]) | Q(rectified_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.words


class Rectification(models.Model):
    """One attempt to put a finding right, with evidence, and what somebody else said of it."""

    class State(models.TextChoices):
        WAITING = "waiting", "待复查"
        PASSED = "passed", "复查通过"
        RETURNED = "returned", "已退回"
        CANCELLED = "cancelled", "已撤销"

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="rectifications")
    words = models.CharField("整改情况", max_length=400)
    done_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField("整改时间")
    checked_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField("复查时间", null=True, blank=True)
    reason = models.CharField("退回原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_rectification_waits", fields=["finding"], condition=Q(state="waiting")
            ),
            models.CheckConstraint(
                name="checked_rectification_says_by_whom",
                condition=Q(state__in=["waiting", "cancelled"], checked_by__isnull=True)
                | Q(
                    state__in=["passed", "returned"],
                    checked_by__isnull=False,
                    checked_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="checked_by_somebody_else",
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("done_by")),
            ),
            models.CheckConstraint(
                name="returned_rectification_says_why",
                condition=~Q(state="returned") | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id}: {self.words}"
