from django.db import models
from django.db.models import F, Q

from .attendances import Attendance
from .sessions import Session
from .teams import Team
from .volunteers import Volunteer


class LateEntry(models.Model):
    """What was served and not recorded live, asked for by one and agreed to by another (补录, V-33).

    An activity that was never published is told here, and becomes a session when it is agreed to.
    """

    class State(models.TextChoices):
        ASKED = "asked", "待审核"
        RETURNED = "returned", "已退回"
        APPROVED = "approved", "已通过"
        REFUSED = "refused", "未通过"
        WITHDRAWN = "withdrawn", "已撤回"

    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(
        Session, null=True, blank=True, on_delete=models.PROTECT, related_name="late_entries"
    )
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    title = models.CharField("活动名称", max_length=120)
    place = models.CharField("地点", max_length=160)
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    day = models.DateField("日期")
    reason = models.CharField("补录原因", max_length=400)
    minutes = models.PositiveIntegerField("申请分钟")
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("申请时间")
    state = models.CharField("状态", max_length=9, choices=State.choices, default=State.ASKED)
    decided_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField("办理时间", null=True)
    words = models.CharField("办理意见", max_length=200, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(name="late_entry_waits", fields=["asked_at"], condition=Q(state="asked"))
        ]
        constraints = [
            models.CheckConstraint(
                name="late_entry_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(name="late_entry_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="late_entry_is_decided_by_another",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="approved_late_entry_has_session_and_hand",
                condition=~Q(state="approved")
                | Q(session__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class LateLine(models.Model):
    """One coming and going of a late entry; a person may have up to three (V-32)."""

    entry = models.ForeignKey(LateEntry, on_delete=models.CASCADE, related_name="lines")
    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    came_at = models.DateTimeField("到达时间")
    left_at = models.DateTimeField("离开时间")
    minutes = models.PositiveIntegerField("分钟")
    attendance = models.ForeignKey(
        Attendance, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="late_line_ends_after_it_starts", condition=Q(left_at__gt=F("came_at"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.came_at}"


class LateMonth(models.Model):
    """How much of a month's service one organisation may enter late, and how much it has.

    The database itself holds that no more is used than is allowed, whoever approves beside whom.
    """

    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+", db_index=False)
    month = models.DateField("月份")
    allowed = models.PositiveIntegerField("额度（分钟）")
    used = models.PositiveIntegerField("已用（分钟）", default=0)

    class Meta:
        ordering = ["-month", "org"]
        constraints = [
            models.UniqueConstraint(name="late_month_once_an_org", fields=["org", "month"]),
            models.CheckConstraint(
                name="no_more_late_than_allowed", condition=Q(used__lte=F("allowed"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.org_id} {self.month}"
