from django.db import models
from django.db.models import F, Q

from .teams import Team
from .volunteers import Volunteer


class TeamMember(models.Model):
    """One volunteer in one team, from one day up to (not including) another.

    A volunteer has one 主组织 and any number of teams (V-23). A row is never used twice: who comes
    back has another.
    """

    class State(models.TextChoices):
        ASKED = "asked", "申请加入"
        INVITED = "invited", "受邀待答复"
        FOUNDING = "founding", "发起成员"
        MEMBER = "member", "在队"
        REFUSED = "refused", "未加入"
        LEFT = "left", "已离队"

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members")
    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.PROTECT, related_name="team_memberships"
    )
    asked_on = models.DateField("提出日期")
    joined_on = models.DateField("加入日期", null=True, blank=True)
    left_on = models.DateField("离队日期", null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=State.choices)
    words = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        ordering = ["joined_on", "pk"]
        indexes = [
            models.Index(
                name="team_member_waits",
                fields=["state"],
                condition=Q(state="asked") | Q(state="invited"),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                name="once_in_a_team",
                fields=["team", "volunteer"],
                condition=Q(state="asked")
                | Q(state="invited")
                | Q(state="founding")
                | Q(state="member"),
            ),
            models.CheckConstraint(
                name="team_member_has_a_day",
                condition=Q(state__in=["member", "left"], joined_on__isnull=False)
                | Q(state__in=["asked", "invited", "founding", "refused"], joined_on__isnull=True),
            ),
            models.CheckConstraint(
                name="who_left_a_team_has_a_day",
                condition=Q(state="left", left_on__isnull=False, left_on__gte=F("joined_on"))
                | (~Q(state="left") & Q(left_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} in {self.team_id}"


class TeamPost(models.Model):
    """Who leads a team, or stands in for its head, from one day up to (not including) another."""

    class Post(models.TextChoices):
        HEAD = "head", "负责人"
        DEPUTY = "deputy", "副负责人"

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="posts")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="team_posts")
    post = models.CharField("职务", max_length=6, choices=Post.choices)
    starts_on = models.DateField("任职日期")
    ends_on = models.DateField("卸任日期", null=True, blank=True)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_head_of_a_team",
                fields=["team"],
                condition=Q(post="head", ends_on__isnull=True),
            ),
            models.UniqueConstraint(
                name="one_post_in_a_team",
                fields=["team", "volunteer"],
                condition=Q(ends_on__isnull=True),
            ),
            models.CheckConstraint(
                name="team_post_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} of {self.team_id}"


class HeadChange(models.Model):
    """The request that a team has another head; with its approval the one goes, the other comes."""

    class State(models.TextChoices):
        APPLIED = "applied", "待审核"
        APPROVED = "approved", "已变更"
        REFUSED = "refused", "未通过"

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="head_changes")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("变更原因", max_length=200)
    applied_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    applied_on = models.DateField("申请日期")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.APPLIED)
    decided_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField("审核日期", null=True)
    words = models.CharField("审核说明", max_length=200, blank=True)

    class Meta:
        ordering = ["-applied_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_head_change_at_a_time", fields=["team"], condition=Q(state="applied")
            ),
            models.CheckConstraint(name="head_change_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="decided_head_change_says_who",
                condition=Q(state="applied", decided_by__isnull=True)
                | (~Q(state="applied") & Q(decided_by__isnull=False, decided_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} to {self.volunteer_id}"
