from django.db import models
from django.db.models import Q

from .venues import Venue


class Count(models.Model):
    """So many people served at a place, written down in one tap; it names nobody (服务量).

    The nonce makes a second tap of the same button the same row. What was wrong is put right by a
    row of its own with fewer people than nothing, on the day of the row that it corrects.
    """

    class Kind(models.TextChoices):
        VISIT = "visit", "来访"
        ADVICE = "advice", "咨询"
        SUPPLIES = "supplies", "便民物资"
        TRAINING = "training", "培训"
        ACTIVITY = "activity", "活动"
        OTHER = "other", "其他服务"

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="counts")
    kind = models.CharField("服务类别", max_length=10, choices=Kind.choices)
    people = models.IntegerField("人次")
    day = models.DateField("日期")
    at = models.DateTimeField("登记时间")
    nonce = models.CharField("防重码", max_length=36)
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    reason = models.CharField("更正原因", max_length=200, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(name="count_of_a_day", fields=["venue", "day"])]
        constraints = [
            models.UniqueConstraint(name="one_tap_one_count", fields=["venue", "nonce"]),
            models.CheckConstraint(
                name="count_adds_and_correction_takes_away",
                condition=Q(corrects__isnull=True, people__gt=0)
                | (Q(corrects__isnull=False, people__lt=0) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.people} at {self.venue_id}"


class Rating(models.Model):
    """What a visitor says of a place by the code on its wall; nobody is named (服务评价)."""

    class State(models.TextChoices):
        WAITING = "waiting", "待审核"
        SHOWN = "shown", "已公开"
        HIDDEN = "hidden", "不公开"

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="ratings")
    stars = models.PositiveSmallIntegerField("评分")
    words = models.CharField("评价", max_length=200, blank=True)
    at = models.DateTimeField("评价时间")
    reason = models.CharField("不公开的原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WAITING)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(name="rating_waits", fields=["at"], condition=Q(state="waiting")),
        ]
        constraints = [
            models.CheckConstraint(name="one_to_five_stars", condition=Q(stars__range=(1, 5))),
            models.CheckConstraint(
                name="hidden_rating_says_why", condition=~Q(state="hidden") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stars} stars for {self.venue_id}"
