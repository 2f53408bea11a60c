from django.db import models
from django.db.models import F, Q


class Drive(models.Model):
    """A collection of things for a cause, such as books for village schools (U爱助梦, S057).

    `stock` is what was accepted and not yet sent.
    """

    class State(models.TextChoices):
        OPEN = "open", "募集中"
        CLOSED = "closed", "已结束"

    title = models.CharField("名称", max_length=80)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    about = models.CharField("说明", max_length=400, blank=True)
    item = models.CharField("募集物品", max_length=20)
    unit = models.CharField("计量单位", max_length=8)
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    stock = models.PositiveIntegerField("库存", default=0)
    state = models.CharField("状态", max_length=6, choices=State.choices, default=State.OPEN)

    class Meta:
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="drive_ends_after_it_starts", condition=Q(closes_on__gte=F("opens_on"))
            ),
            models.CheckConstraint(name="drive_sends_what_it_has", condition=Q(stock__gte=0)),
        ]

    def __str__(self) -> str:
        return self.title


class Donation(models.Model):
    """What one donor brought to one organisation; only what is accepted counts (F062).

    A donor is named as they wish to be, or not at all.
    """

    class State(models.TextChoices):
        BROUGHT = "brought", "待验收"
        ACCEPTED = "accepted", "已入库"
        REFUSED = "refused", "未入库"

    drive = models.ForeignKey(Drive, on_delete=models.PROTECT, related_name="donations")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    donor = models.CharField("捐赠人或单位", max_length=60, blank=True)
    quantity = models.PositiveIntegerField("送来数量")
    brought_on = models.DateField("捐赠日期")
    accepted = models.PositiveIntegerField("入库数量", null=True, blank=True)
    decided_on = models.DateField("验收日期", null=True, blank=True)
    decided_by = models.CharField("验收人", max_length=80, blank=True)
    reason = models.CharField("差额原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.BROUGHT)

    class Meta:
        ordering = ["-brought_on", "-pk"]
        indexes = [
            models.Index(
                name="donation_waits", fields=["brought_on"], condition=Q(state="brought")
            ),
        ]
        constraints = [
            models.CheckConstraint(name="donation_of_something", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="accepted_donation_says_how_much",
                condition=Q(
                    state="accepted",
                    accepted__isnull=False,  # a CHECK over NULL would pass
                    accepted__gt=0,
                    accepted__lte=F("quantity"),
                    decided_on__isnull=False,
                )
                | (~Q(state="accepted") & Q(accepted__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} to {self.drive_id}"


class Room(models.Model):
    """A reading room built for a school, wherever it lies; it counts where it is cared for (F063)."""

    class State(models.TextChoices):
        PLANNED = "planned", "筹建中"
        BUILT = "built", "已建成"
        CLOSED = "closed", "已停用"

    name = models.CharField("名称", max_length=80)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    place = models.CharField("所在地", max_length=120)
    planned_on = models.DateField("立项日期")
    built_on = models.DateField("建成日期", null=True, blank=True)
    closed_on = models.DateField("停用日期", null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.PLANNED)

    class Meta:
        ordering = ["-planned_on", "-pk"]
        constraints = [
            models.UniqueConstraint(name="room_once_an_org", fields=["org", "name"]),
            models.CheckConstraint(
                name="built_room_has_a_day",
                condition=Q(state="planned", built_on__isnull=True)
                | (
                    ~Q(state="planned")
                    & Q(built_on__isnull=False)
                    & Q(built_on__gte=F("planned_on"))
                ),
            ),
            models.CheckConstraint(
                name="closed_room_has_a_day",
                condition=Q(state="closed", closed_on__isnull=False, closed_on__gte=F("built_on"))
                | (~Q(state="closed") & Q(closed_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """So much of a drive's stock on its way to a reading room, and then there."""

    drive = models.ForeignKey(Drive, on_delete=models.PROTECT, related_name="deliveries")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="deliveries")
    quantity = models.PositiveIntegerField("数量")
    sent_on = models.DateField("发出日期")
    received_on = models.DateField("签收日期", null=True, blank=True)

    class Meta:
        ordering = ["-sent_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="delivery_of_something", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="received_after_it_was_sent",
                condition=Q(received_on__isnull=True) | Q(received_on__gte=F("sent_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} to {self.room_id}"
