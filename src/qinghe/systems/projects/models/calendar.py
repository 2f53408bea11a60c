from django.db import models
from django.db.models import F, Q

from .parts import Part
from .projects import JointProject


class Milestone(models.Model):
    """What must be reached by a day: of the project as a whole, or of one part."""

    project = models.ForeignKey(JointProject, on_delete=models.PROTECT, related_name="milestones")
    part = models.ForeignKey(
        Part, null=True, blank=True, on_delete=models.PROTECT, related_name="milestones"
    )
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    title = models.CharField("节点", max_length=60)
    due_on = models.DateField("完成日期")
    done_on = models.DateField("达到日期", null=True, blank=True)
    done_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["project", "due_on", "pk"]
        indexes = [
            models.Index(
                name="milestone_waits", fields=["due_on"], condition=Q(done_on__isnull=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="milestone_once_a_part",
                fields=["part", "title"],
                condition=Q(part__isnull=False),
            ),
            models.UniqueConstraint(
                name="milestone_once_a_project",
                fields=["project", "title"],
                condition=Q(part__isnull=True),
            ),
            models.CheckConstraint(
                name="reached_milestone_says_by_whom",
                condition=Q(done_on__isnull=True, done_by__isnull=True)
                | Q(done_on__isnull=False, done_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_in_time(self) -> bool:
        """Test if it was reached by its day."""
        return self.done_on is not None and self.done_on <= self.due_on


class Event(models.Model):
    """One appointment of a project: a day, from when to when, where and with whom.

    `place_key` is the place as it is compared; `settled` says how a clash was settled.
    """

    project = models.ForeignKey(JointProject, on_delete=models.PROTECT, related_name="events")
    part = models.ForeignKey(
        Part, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    title = models.CharField("日程", max_length=80)
    day = models.DateField("日期")
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    place = models.CharField("地点", max_length=80)
    place_key = models.CharField("比对用地点", max_length=80)
    settled = models.CharField("冲突协调情况", max_length=200, blank=True)
    entered_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    cancelled_on = models.DateField("取消日期", null=True, blank=True)
    reason = models.CharField("取消原因", max_length=200, blank=True)

    class Meta:
        ordering = ["day", "starts_at", "pk"]
        indexes = [
            models.Index(
                name="event_of_a_day", fields=["day"], condition=Q(cancelled_on__isnull=True)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="event_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="cancelled_event_says_why",
                condition=Q(cancelled_on__isnull=True, reason="")
                | (Q(cancelled_on__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EventPerson(models.Model):
    """Who has to be at an appointment."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="attending")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="person_once_an_event", fields=["event", "person"]),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.event_id}"
