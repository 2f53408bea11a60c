from django.db import models
from django.db.models import F, Q

from qinghe.systems.venues.rules import DAY, Stretch, in_words

from .venues import Venue


class Schedule(models.Model):
    """The weekly opening hours of a place, from a day until the day before the next ones hold.

    `minutes` is what its spans make in a week, kept beside them because it is counted.
    """

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="schedules")
    valid_from = models.DateField("起用日期")
    valid_until = models.DateField("停用日期", null=True, blank=True)
    closed_on_holidays = models.BooleanField("法定节假日不开放", default=True)
    minutes = models.PositiveIntegerField("每周开放分钟")

    class Meta:
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.UniqueConstraint(name="one_schedule_a_day", fields=["venue", "valid_from"]),
            models.UniqueConstraint(
                name="one_lasting_schedule",
                fields=["venue"],
                condition=Q(valid_until__isnull=True),
            ),
            models.CheckConstraint(
                name="schedule_ends_after_it_starts",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"hours of {self.venue_id} from {self.valid_from}"

    @property
    def closed_in_words(self) -> str:
        """Return if it is closed on public holidays, as a sheet holds it."""
        return "是" if self.closed_on_holidays else "否"

    @property
    def in_words(self) -> str:
        """Return the week in one line."""
        days: dict[int, list[Stretch]] = {}
        for span in self.spans.all():
            days.setdefault(span.weekday, []).append(Stretch(span.opens, span.closes))
        return in_words(days)

    @property
    def texts(self) -> list[str]:
        """Return the hours of each weekday, from Monday on, as a sheet holds them."""
        days: list[list[Stretch]] = [[] for _ in range(7)]
        for span in self.spans.all():
            days[span.weekday - 1].append(Stretch(span.opens, span.closes))
        return ["、".join(str(one).replace("–", "-") for one in sorted(day)) for day in days]


class Span(models.Model):
    """Open on one weekday (1 is Monday) from one minute of the day up to another."""

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="spans")
    weekday = models.PositiveSmallIntegerField("星期")
    opens = models.PositiveSmallIntegerField("开门")
    closes = models.PositiveSmallIntegerField("关门")

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                name="span_lies_within_a_day",
                condition=Q(
                    weekday__range=(1, 7), opens__lt=F("closes"), closes__lte=DAY, opens__gte=0
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday}: {self.opens}-{self.closes}"


class SpecialDay(models.Model):
    """One day on which a place is closed, or open at other hours, and why."""

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="special_days")
    day = models.DateField("日期")
    opens = models.PositiveSmallIntegerField("开门", null=True, blank=True)
    closes = models.PositiveSmallIntegerField("关门", null=True, blank=True)
    reason = models.CharField("原因", max_length=100)

    class Meta:
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(name="one_special_day", fields=["venue", "day"]),
            models.CheckConstraint(name="special_day_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="special_day_is_closed_or_has_hours",
                condition=Q(opens__isnull=True, closes__isnull=True)
                | Q(
                    opens__isnull=False,
                    closes__isnull=False,
                    opens__lt=F("closes"),
                    closes__lte=DAY,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue_id} on {self.day}"

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """Return the hours of that day."""
        if self.opens is None or self.closes is None:
            return ()
        return (Stretch(self.opens, self.closes),)

    @property
    def in_words(self) -> str:
        """Return when it is open that day."""
        return "、".join(map(str, self.stretches)) or "不开放"
