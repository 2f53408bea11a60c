from datetime import time
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from .kinds import Channel, Kind


class Notice(models.Model):
    """Something a person should know. It stays in the house; what leaves is a Delivery.

    The title names nobody: by e-mail it leaves the house. The text never does.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    title = models.CharField("标题", max_length=120)
    text = models.CharField("内容", max_length=500, blank=True)
    url = models.CharField("办理页面", max_length=300, blank=True)
    at = models.DateTimeField("时间")
    read_at = models.DateTimeField("已读时间", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(name="notice_of_person", fields=["person", "-at"]),
            models.Index(
                name="notice_unread", fields=["person"], condition=Q(read_at__isnull=True)
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="notice_leads_nowhere_else",
                condition=Q(url="") | (Q(url__startswith="/") & ~Q(url__startswith="//")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Preference(models.Model):
    """How a person wants to be told: by which channels of what, and when not to be disturbed."""

    person = models.OneToOneField(
        "people.Person", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    email = models.EmailField("邮箱", max_length=120, blank=True)
    chosen = models.JSONField("各类通知的渠道", default=dict)
    quiet_from = models.TimeField("免打扰开始", null=True, blank=True, default=time(22))
    quiet_until = models.TimeField("免打扰结束", null=True, blank=True, default=time(8))
    digest_at = models.TimeField("每日汇总时间", null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="quiet_hours_begin_and_end",
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(
                    quiet_from__isnull=False,
                    quiet_until__isnull=False,
                )
                & ~Q(quiet_from=F("quiet_until")),
            ),
        ]

    def __str__(self) -> str:
        return f"preference of {self.person_id}"


class Delivery(models.Model):
    """One notice on its way out by one channel, until it is sent or given up."""

    class State(models.TextChoices):
        QUEUED = "queued", "待发送"
        SENT = "sent", "已发送"
        FAILED = "failed", "未送达"

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField("渠道", max_length=10, choices=Channel.choices)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField("尝试次数", default=0)
    next_try = models.DateTimeField("下次发送时间")
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(name="delivery_due", fields=["next_try"], condition=Q(state="queued")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="once_by_each_channel", fields=["notice", "channel"]),
            models.CheckConstraint(
                name="sent_delivery_says_when",
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} by {self.channel}"


class Outgoing(models.Model):
    """A message that a demo or a test would have sent: written here instead of leaving."""

    channel = models.CharField("渠道", max_length=10, choices=Channel.choices)
    to = models.CharField("收件人", max_length=120)
    text = models.CharField("内容", max_length=500)
    at = models.DateTimeField("时间")

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.channel} to {self.to}"


class Reminder(models.Model):
    """That a person was told once that one thing waiting for them is past one day."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    queue = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    due = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="reminded_once", fields=["person", "queue", "record_id", "due"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.queue} {self.record_id}"
