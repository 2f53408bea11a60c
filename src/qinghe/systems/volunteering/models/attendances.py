from django.db import models
from django.db.models import F, Q

from qinghe.systems.volunteering import rules

from .sessions import Session
from .volunteers import Volunteer


class _Standing(models.Manager["Attendance"]):
    """Everything but what gave way to another attendance of the same volunteer and session."""

    def get_queryset(self) -> models.QuerySet["Attendance"]:
        return super().get_queryset().filter(superseded=0)


class Attendance(models.Model):
    """One volunteer at one session: one 人次, however many times they come in and out (V-37).

    Who was entered twice and merged may have come twice to one session: then one stands and the
    other is void and superseded, with its stays. `everything` has it, `objects` has not.
    """

    class State(models.TextChoices):
        PRESENT = "present", "在场"
        PENDING = "pending", "待审核"
        EFFECTIVE = "effective", "已生效"
        HELD = "held", "暂停计入"
        REFUSED = "refused", "未通过"
        VOID = "void", "已作废"

    class How(models.TextChoices):
        SCAN = "scan", "扫码"
        ROSTER = "roster", "现场名册"
        SHEET = "sheet", "台账导入"
        LATE = "late", "补录"

    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="attendances", db_index=False
    )
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="attendances")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PRESENT)
    minutes = models.PositiveIntegerField("分钟", default=0)
    how = models.CharField("登记方式", max_length=6, choices=How.choices)
    superseded = models.PositiveBigIntegerField("让位于", default=0)
    for_district = models.BooleanField("当天超过12小时", default=False)  # V-31: whose word it needs

    objects = _Standing()
    everything = models.Manager["Attendance"]()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="once_per_session", fields=["session", "volunteer", "superseded"]
            ),
            models.CheckConstraint(
                name="superseded_attendance_is_void", condition=Q(superseded=0) | Q(state="void")
            ),
            models.CheckConstraint(
                name="present_or_void_earns_nothing",
                condition=~Q(state__in=["present", "void"]) | Q(minutes=0),
            ),
        ]
        indexes = [
            # The few that do not count (yet). Written as OR: SQLite proves a partial index fit for
            # `state = x` only from an equality among its terms. Never index the many effective
            # ones by state: SQLite would prefer that index to the one by session.
            models.Index(
                name="attendance_not_effective",
                fields=["state"],
                condition=Q(state="present")
                | Q(state="pending")
                | Q(state="refused")
                | Q(state="void")
                | Q(state="held"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} at {self.session_id}"

    @property
    def counted(self) -> int:
        """Return the minutes that count now."""
        return rules.counted(state=self.state, minutes=self.minutes)


class Stay(models.Model):
    """One check-in with its check-out (V-32).

    A correction is a new row that supersedes an old one, with a reason and an approver; the times
    of the old row are never changed (V-36).
    """

    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="stays")
    came_at = models.DateTimeField("签到时间")
    left_at = models.DateTimeField("签退时间", null=True, blank=True)
    recorded_at = models.DateTimeField("登记时间")
    recorded_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    supersedes = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by", db_index=False
    )
    superseded = models.BooleanField(default=False)
    reason = models.CharField("更正原因", max_length=200, blank=True)
    approved_by = models.CharField("更正人", max_length=80, blank=True)

    class Meta:
        ordering = ["came_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_stay",
                fields=["attendance"],
                condition=Q(left_at__isnull=True, superseded=False),
            ),
            models.UniqueConstraint(
                name="superseded_once",
                fields=["supersedes"],
                condition=Q(supersedes__isnull=False),
            ),
            models.CheckConstraint(
                name="stay_ends_after_it_starts",
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("came_at")),
            ),
            models.CheckConstraint(
                name="correction_has_reason_and_approver",
                condition=Q(supersedes__isnull=True) | (~Q(reason="") & ~Q(approved_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.came_at} to {self.left_at}"

    @property
    def standing(self) -> str:
        """Tell whether it stands or was corrected."""
        return "superseded" if self.superseded else "stands"
