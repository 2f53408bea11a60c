from django.db import models
from django.db.models import F, Q

from qinghe.systems.venues.rules import DAY

from .venues import Venue


class Shift(models.Model):
    """One place on duty at one venue, from one minute of a day up to another (值班).

    Being on duty is not volunteer service by itself (V-34): nothing here becomes hours.
    """

    class State(models.TextChoices):
        FREE = "free", "空缺"
        TAKEN = "taken", "已排"
        ON = "on", "在岗"
        DONE = "done", "已签退"
        CANCELLED = "cancelled", "已取消"

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="shifts")
    day = models.DateField("日期")
    starts = models.PositiveSmallIntegerField("开始")
    ends = models.PositiveSmallIntegerField("结束")
    person = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    on_at = models.DateTimeField("签到时间", null=True, blank=True)
    off_at = models.DateTimeField("签退时间", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.FREE)

    class Meta:
        ordering = ["day", "starts", "pk"]
        indexes = [
            models.Index(name="shift_of_a_day", fields=["venue", "day"]),
            models.Index(name="shift_of_a_person", fields=["person", "day"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="shift_lies_within_a_day", condition=Q(starts__lt=F("ends"), ends__lte=DAY)
            ),
            models.CheckConstraint(
                name="taken_shift_has_somebody",
                condition=Q(state__in=["free", "cancelled"], person__isnull=True)
                | (~Q(state__in=["free", "cancelled"]) & Q(person__isnull=False)),
            ),
            models.CheckConstraint(
                name="shift_signed_off_after_on",
                condition=Q(state__in=["free", "taken", "cancelled"], on_at__isnull=True)
                | Q(state="on", on_at__isnull=False, off_at__isnull=True)
                | Q(
                    state="done",
                    on_at__isnull=False,
                    off_at__isnull=False,
                    off_at__gte=F("on_at"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.starts}-{self.ends} at {self.venue_id}"


class Swap(models.Model):
    """One person on duty asks another to stand in; it holds when the other agrees (换班)."""

    class State(models.TextChoices):
        ASKED = "asked", "待对方同意"
        ACCEPTED = "accepted", "已换班"
        REFUSED = "refused", "对方未同意"
        WITHDRAWN = "withdrawn", "已撤回"

    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="swaps")
    asker = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    words = models.CharField("说明", max_length=100, blank=True)
    asked_at = models.DateTimeField("提出时间")
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    seen_at = models.DateTimeField("阵地已阅", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ASKED)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_swap", fields=["shift"], condition=Q(state="asked")
            ),
            models.CheckConstraint(
                name="nobody_swaps_with_themself", condition=~Q(asker=F("other"))
            ),
            models.CheckConstraint(
                name="answered_swap_has_a_time",
                condition=Q(state="asked", answered_at__isnull=True)
                | (~Q(state="asked") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"swap of {self.shift_id}"
