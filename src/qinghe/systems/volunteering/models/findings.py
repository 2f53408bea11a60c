from django.db import models
from django.db.models import Q

from .attendances import Attendance


class Finding(models.Model):
    """What a check found to be unlikely in some records; there is one for ever for the same ones."""

    class Check(models.TextChoices):
        TWO_PLACES = "two_places", "同时在两处"
        TRAVEL = "travel", "路途时间不足"
        CLONE = "clone", "名册时间雷同"
        DEVICE = "device", "同一设备多人签到"
        UNREGISTERED = "unregistered", "注册前的时长"
        SELF = "self", "为本人登记"
        NIGHT = "night", "夜间集中签到"
        LONG_DAY = "long_day", "一天时长过长"
        LONG_WEEK = "long_week", "一周时长过长"
        CROWD = "crowd", "人数超出场地"

    class State(models.TextChoices):
        OPEN = "open", "待核查"
        CLEARED = "cleared", "核实属实"
        CORRECTED = "corrected", "已更正"
        VOIDED = "voided", "已作废"

    kind = models.CharField("核查项", max_length=12, choices=Check.choices)
    key = models.CharField("所涉记录", max_length=64)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    words = models.CharField("核查情况", max_length=300)
    found_at = models.DateTimeField("发现时间")
    state = models.CharField("状态", max_length=9, choices=State.choices, default=State.OPEN)
    reason = models.CharField("处理说明", max_length=300, blank=True)
    decided_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField("处理时间", null=True)

    class Meta:
        ordering = ["-found_at", "-pk"]
        indexes = [
            models.Index(name="finding_waits", fields=["reviewer"], condition=Q(state="open"))
        ]
        constraints = [
            models.UniqueConstraint(name="one_finding_for_ever", fields=["kind", "key"]),
            models.CheckConstraint(
                name="closed_finding_says_who_and_why",
                condition=Q(state="open", decided_by__isnull=True)
                | (
                    ~Q(state="open")
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(reason="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class HeldRecord(models.Model):
    """One attendance that a finding keeps from counting, and what it was before."""

    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, related_name="held", db_index=False
    )
    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="held_by")
    before = models.CharField("此前状态", max_length=10)
    minutes = models.PositiveIntegerField("此前分钟")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="held_once_a_finding", fields=["finding", "attendance"]),
            models.CheckConstraint(
                name="only_what_counted_or_waited_is_held",
                condition=Q(before__in=["effective", "pending"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attendance_id} held by {self.finding_id}"


class Sweep(models.Model):
    """One run of the checks: the next one looks at what is newer."""

    at = models.DateTimeField("时间")
    whole = models.BooleanField("全部记录", default=False)
    stays = models.PositiveIntegerField("所查签到")
    found = models.PositiveIntegerField("新发现")
    by = models.CharField("执行人", max_length=80)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at}"
