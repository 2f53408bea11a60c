from django.db import models
from django.db.models import F, Q


class JointProject(models.Model):
    """One project in which the district, streets and communities take parts (S086).

    `org` leads it. It is founded when its parts are given out, and ends closed with a summary or
    broken off with a reason.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "筹划中"
        RUNNING = "running", "实施中"
        CLOSED = "closed", "已结项"
        CANCELLED = "cancelled", "已终止"

    title = models.CharField("项目名称", max_length=80)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    aim = models.CharField("目标", max_length=400)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    founded_on = models.DateField("立项日期", null=True, blank=True)
    ended_on = models.DateField("结项或终止日期", null=True, blank=True)
    summary = models.TextField("结项总结", max_length=4000, blank=True)
    reason = models.CharField("终止原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(name="joint_project_state", fields=["state", "org"])]
        constraints = [
            models.UniqueConstraint(name="joint_project_once_an_org", fields=["org", "title"]),
            models.CheckConstraint(
                name="joint_project_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="joint_project_has_the_days_of_its_state",
                condition=Q(state="draft", founded_on__isnull=True, ended_on__isnull=True)
                | Q(state="running", founded_on__isnull=False, ended_on__isnull=True)
                | Q(state="closed", founded_on__isnull=False, ended_on__gte=F("founded_on"))
                | Q(state="cancelled", ended_on__isnull=False),
            ),
            models.CheckConstraint(
                name="closed_joint_project_is_told_of",
                condition=~Q(state="closed") | ~Q(summary=""),
            ),
            models.CheckConstraint(
                name="cancelled_joint_project_says_why",
                condition=Q(state="cancelled") & ~Q(reason="")
                | (~Q(state="cancelled") & Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        """Test if nothing of it changes any longer."""
        return self.state in (self.State.CLOSED, self.State.CANCELLED)
