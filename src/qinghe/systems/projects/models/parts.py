from django.db import models
from django.db.models import F, Q

from .projects import JointProject

OPEN = ("offered", "taken", "submitted")  # what keeps a project from being closed
OFF = ("declined", "dropped")  # what nobody does, and may be given anew


class Part(models.Model):
    """What one organisation does in a project; a street gives on of it to its communities.

    `parent` is the street's part of which a community's is a piece; without one the project's own
    organisation gave it. Who gave it accepts it, never by the one who handed it in.
    """

    class State(models.TextChoices):
        OFFERED = "offered", "待承接"
        TAKEN = "taken", "承担中"
        SUBMITTED = "submitted", "待验收"
        ACCEPTED = "accepted", "已验收"
        DECLINED = "declined", "不承接"
        DROPPED = "dropped", "已取消"

    project = models.ForeignKey(JointProject, on_delete=models.PROTECT, related_name="parts")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="pieces"
    )
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    above = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    title = models.CharField("分工", max_length=80)
    starts_on = models.DateField("开始日期")
    due_on = models.DateField("完成日期")
    offered_on = models.DateField("下达日期")
    taken_on = models.DateField("承接日期", null=True, blank=True)
    outcome = models.CharField("完成情况", max_length=1000, blank=True)
    submitted_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_on = models.DateField("交验日期", null=True, blank=True)
    accepted_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_on = models.DateField("验收日期", null=True, blank=True)
    reason = models.CharField("退回、不承接或取消原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OFFERED)

    class Meta:
        ordering = ["project", F("parent").asc(nulls_first=True), "pk"]
        indexes = [
            models.Index(
                name="part_waits", fields=["state"], condition=Q(state__in=["offered", "submitted"])
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="part_once_an_org",
                fields=["project", "org", "title"],
                condition=~Q(state__in=["declined", "dropped"]),
            ),
            models.CheckConstraint(
                name="part_is_due_after_it_starts", condition=Q(due_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(name="part_is_given_down", condition=~Q(org=F("above"))),
            models.CheckConstraint(
                name="handed_in_part_is_told_of",
                condition=~Q(state__in=["submitted", "accepted"])
                | (
                    ~Q(outcome="")
                    & Q(submitted_by__isnull=False, submitted_on__isnull=False)
                    & Q(taken_on__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="part_is_accepted_by_another",
                condition=Q(state="accepted", accepted_by__isnull=False, accepted_on__isnull=False)
                & ~Q(accepted_by=F("submitted_by"))
                | (~Q(state="accepted") & Q(accepted_by__isnull=True, accepted_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="refused_part_says_why",
                condition=~Q(state__in=["declined", "dropped"]) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_in_time(self) -> bool:
        """Test if it was handed in by its day."""
        return self.submitted_on is not None and self.submitted_on <= self.due_on
