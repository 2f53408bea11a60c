from django.db import models
from django.db.models import F, Q

from .venues import Venue


class OpenDay(models.Model):
    """How long a place was open on one day that is over, and how long somebody was on duty.

    Written once by the night that follows (`services.log_days`), from hours, special days and
    shifts as they then stood; hours can be set for days to come only, so it stays true.
    """

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="open_days")
    day = models.DateField("日期")
    minutes = models.PositiveIntegerField("开放分钟")
    covered = models.PositiveIntegerField("有人值班分钟")

    class Meta:
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(name="one_open_day", fields=["venue", "day"]),
            models.CheckConstraint(
                name="no_more_covered_than_open", condition=Q(covered__lte=F("minutes"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue_id} on {self.day}"
