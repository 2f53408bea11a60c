from django.db import models
from django.db.models import Q

from .bodies import Body
from .sittings import Sitting


class ChoreLine(models.Model):
    """One line of the templates of what a sitting needs (会务模板, S088), so many days from its day.

    An empty kind means every kind of body, or of sitting. A line that ended stays to be read.
    """

    body_kind = models.CharField("会议机构", max_length=10, choices=Body.Kind.choices, blank=True)
    sitting_kind = models.CharField(
        "会议类别", max_length=10, choices=Sitting.Kind.choices, blank=True
    )
    title = models.CharField("事项", max_length=80)
    days = models.SmallIntegerField("会前会后天数")
    ended_on = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        ordering = ["days", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="chore_line_once",
                fields=["body_kind", "sitting_kind", "title"],
                condition=Q(ended_on__isnull=True),
            ),
            models.CheckConstraint(
                name="chore_line_is_near_its_day", condition=Q(days__gte=-180, days__lte=180)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def when(self) -> str:
        """Say when it is due, from the day of the sitting."""
        if not self.days:
            return "会议当天"
        return f"会前{-self.days}天" if self.days < 0 else f"会后{self.days}天"


class Chore(models.Model):
    """One thing that a sitting needs (会务事项): whose it is, by when, and who ticked it when."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="chores")
    title = models.CharField("事项", max_length=80)
    due_on = models.DateField("完成时限")
    owner = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner_name = models.CharField("负责人（无账号）", max_length=40, blank=True)
    done_at = models.DateTimeField("完成时间", null=True, blank=True)
    done_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["sitting", "due_on", "pk"]
        indexes = [
            models.Index(name="chore_waits", fields=["due_on"], condition=Q(done_at__isnull=True)),
        ]
        constraints = [
            models.UniqueConstraint(name="chore_once_a_sitting", fields=["sitting", "title"]),
            models.CheckConstraint(
                name="chore_has_one_owner", condition=Q(owner__isnull=True) | Q(owner_name="")
            ),
            models.CheckConstraint(
                name="ticked_chore_says_by_whom",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title
