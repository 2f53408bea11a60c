from typing import ClassVar

from django.db import models
from django.db.models import Q

from .sessions import Session
from .volunteers import Volunteer


class Scan(models.Model):
    """One scan of a card or a code as it came in; its nonce lets it count once (bar 12).

    Times of the device are what it claimed; `at` is the moment that the scan counts for. A place is
    rounded to about a hundred metres and kept only where the session asks for it (V-30). What a card
    or a number brought in stands still and may be somebody's picture: `look_due` says since when
    another hand has to look at it, and is empty when that was done, or need not be (bar 14).
    """

    class Kind(models.TextChoices):
        IN = "in", "签到"
        OUT = "out", "签退"

    class How(models.TextChoices):
        CODE = "code", "本人扫动态码"
        DIGITS = "digits", "本人输入动态码"
        CARD = "card", "扫志愿者卡"
        NUMBER = "number", "输入志愿者编号"

    class Verdict(models.TextChoices):
        RECORDED = "recorded", "已登记"
        ALREADY = "already", "此前已登记"
        WAITING = "waiting", "等待签到记录"
        HELD = "held", "待核实"
        REFUSED = "refused", "未登记"

    nonce = models.CharField("随机号", max_length=64, unique=True)
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="scans", db_index=False
    )
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="scans")
    kind = models.CharField("签到或签退", max_length=3, choices=Kind.choices)
    how = models.CharField("方式", max_length=6, choices=How.choices)
    device = models.CharField("设备号", max_length=40, blank=True)
    device_at = models.DateTimeField("设备扫码时间", null=True, blank=True)
    sent_at = models.DateTimeField("设备发送时间", null=True, blank=True)
    at = models.DateTimeField("计入时间")
    received_at = models.DateTimeField("收到时间")
    verdict = models.CharField("结果", max_length=8, choices=Verdict.choices)
    code = models.CharField("原因代码", max_length=30, blank=True)
    latitude = models.DecimalField("纬度", max_digits=5, decimal_places=3, null=True, blank=True)
    longitude = models.DecimalField("经度", max_digits=6, decimal_places=3, null=True, blank=True)
    by = models.CharField("登记人", max_length=80, blank=True, db_default="")
    by_person_id = models.BigIntegerField("登记人编号", null=True, blank=True)
    look_due = models.DateTimeField("待核对起", null=True, blank=True)
    looked_at = models.DateTimeField("核对时间", null=True, blank=True)
    looked_by = models.CharField("核对人", max_length=80, blank=True, db_default="")

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(name="scan_of_whom", fields=["session", "volunteer"]),
            models.Index(
                name="scan_to_review",
                fields=["verdict"],
                condition=Q(verdict="held") | Q(verdict="waiting"),
            ),
            models.Index(
                name="scan_to_look_at",
                fields=["session"],
                condition=Q(look_due__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="device_tells_both_times",
                condition=Q(device_at__isnull=True, sent_at__isnull=True)
                | Q(device_at__isnull=False, sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="unsettled_scan_says_why",
                condition=~Q(verdict__in=["held", "refused"]) | ~Q(code=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.volunteer_id} at {self.session_id}"
