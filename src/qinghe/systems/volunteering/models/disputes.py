from django.db import models
from django.db.models import Q

from .attendances import Attendance
from .stars import CarriedHours
from .volunteers import Volunteer


class HoursDispute(models.Model):
    """A volunteer says that a record of theirs is wrong, or that one is missing (时长异议)."""

    class Kind(models.TextChoices):
        WRONG = "wrong", "记录有误"
        MISSING = "missing", "缺少记录"
        CARRIED = "carried", "其他平台时长有误"

    class State(models.TextChoices):
        OPEN = "open", "待答复"
        CORRECTED = "corrected", "已更正"
        EXPLAINED = "explained", "已说明"
        WITHDRAWN = "withdrawn", "已撤回"

    kind = models.CharField("类型", max_length=7, choices=Kind.choices)
    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.PROTECT, related_name="hours_disputes"
    )
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    attendance = models.ForeignKey(
        Attendance, null=True, on_delete=models.PROTECT, related_name="disputes"
    )
    carried = models.ForeignKey(
        CarriedHours, null=True, on_delete=models.PROTECT, related_name="disputes"
    )
    served_on = models.DateField("服务日期")
    words = models.CharField("异议内容", max_length=400)
    asked_at = models.DateTimeField("提出时间")
    due_on = models.DateField("答复期限")
    state = models.CharField("状态", max_length=9, choices=State.choices, default=State.OPEN)
    answer = models.CharField("答复", max_length=400, blank=True)
    answered_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField("答复时间", null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(name="hours_dispute_waits", fields=["org"], condition=Q(state="open"))
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_open_dispute_a_record",
                fields=["attendance"],
                condition=Q(state="open", attendance__isnull=False),
            ),
            models.CheckConstraint(
                name="disputed_record_or_missing_one",
                condition=Q(kind="wrong", attendance__isnull=False, carried__isnull=True)
                | Q(kind="missing", attendance__isnull=True, carried__isnull=True)
                | Q(kind="carried", attendance__isnull=True, carried__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_open_dispute_of_carried_hours",
                fields=["carried"],
                condition=Q(state="open", carried__isnull=False),
            ),
            models.CheckConstraint(
                name="answered_dispute_says_who_and_what",
                condition=Q(state__in=["open", "withdrawn"])
                | (Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
