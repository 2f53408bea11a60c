"""Who asked to be told, what happened, and how the telling went."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from qinghe.kernel.secrets.fields import SealedField


class Subscription(models.Model):
    """Another house's address that is told when something happens at an organisation or below.

    `person` answers for it: what they may not see any more is not told any more.
    """

    class State(models.TextChoices):
        ACTIVE = "active", "推送中"
        PAUSED = "paused", "已暂停"
        ENDED = "ended", "已停用"

    org = models.ForeignKey("orgs.Org", verbose_name="组织", on_delete=models.PROTECT)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("名称", max_length=60)
    address = models.CharField("接收地址", max_length=400)
    events = models.JSONField("事件")
    secret = SealedField("签名密钥")
    state = models.CharField("状态", max_length=6, choices=State.choices, default=State.ACTIVE)
    why = models.CharField("暂停原因", max_length=200, blank=True)
    made_at = models.DateTimeField("建立时间")

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        indexes: ClassVar = [
            # Asked at every check-out: whether anybody listens. Written as OR for SQLite.
            models.Index(
                name="subscription_listens",
                fields=["state"],
                condition=Q(state="active") | Q(state="paused"),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="subscription_goes_over_http",
                condition=Q(address__startswith="https://") | Q(address__startswith="http://"),
            ),
            models.CheckConstraint(
                name="paused_subscription_says_why", condition=~Q(state="paused") | ~Q(why="")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Happening(models.Model):
    """One thing that happened: written in the transaction that made it happen, sent afterwards.

    `spread` tells whether every subscription that listened has its dispatch.
    """

    key = models.UUIDField("事件编号", unique=True, default=uuid4)
    event = models.CharField("事件", max_length=60)
    org = models.ForeignKey("orgs.Org", verbose_name="组织", on_delete=models.PROTECT)
    told = models.JSONField("内容")
    at = models.DateTimeField("发生时间", db_index=True)
    spread = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(name="happening_unspread", fields=["id"], condition=Q(spread=False)),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Dispatch(models.Model):
    """One thing on its way to one subscription, until the other side says that it has it."""

    class State(models.TextChoices):
        WAITING = "waiting", "待推送"
        SENT = "sent", "已送达"

    subscription = models.ForeignKey(
        Subscription, on_delete=models.PROTECT, related_name="dispatches", db_index=False
    )
    happening = models.ForeignKey(Happening, on_delete=models.CASCADE, related_name="dispatches")
    state = models.CharField("状态", max_length=7, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField("已试次数", default=0)
    next_try = models.DateTimeField("下次推送时间")
    tried_at = models.DateTimeField("最近推送时间", null=True, blank=True)
    status = models.PositiveSmallIntegerField("应答状态码", null=True, blank=True)
    said = models.CharField("应答说明", max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = "推送记录"
        indexes: ClassVar = [
            models.Index(name="dispatch_due", fields=["next_try"], condition=Q(state="waiting")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="told_once_by_each_subscription", fields=["subscription", "happening"]
            ),
            models.CheckConstraint(
                name="sent_dispatch_was_answered",
                condition=Q(state="waiting") | Q(tried_at__isnull=False, status__range=(200, 299)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.happening_id} to {self.subscription_id}"
