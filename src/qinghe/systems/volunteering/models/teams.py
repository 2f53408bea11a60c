from django.db import models
from django.db.models import F, Q


class Team(models.Model):
    """A group of volunteers that serves under its own name (团体志愿者队伍)."""

    class State(models.TextChoices):
        APPLIED = "applied", "待审核"
        APPROVED = "approved", "已成立"
        REFUSED = "refused", "未通过"
        CLOSED = "closed", "已注销"

    code = models.CharField("队伍编号", max_length=24, unique=True)
    name = models.CharField("队伍名称", max_length=80)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    applied_on = models.DateField("申请日期")
    approved_on = models.DateField("审核日期", null=True, blank=True)
    closed_on = models.DateField("注销日期", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.APPLIED)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="approved_team_has_a_day",
                condition=Q(
                    state__in=["approved", "closed"],
                    approved_on__isnull=False,  # a CHECK over NULL would pass
                    approved_on__gte=F("applied_on"),
                )
                | Q(state__in=["applied", "refused"], approved_on__isnull=True),
            ),
            models.CheckConstraint(
                name="closed_team_has_a_day",
                condition=Q(
                    state="closed", closed_on__isnull=False, closed_on__gte=F("approved_on")
                )
                | (~Q(state="closed") & Q(closed_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.name
