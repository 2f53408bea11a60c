from django.db import models
from django.db.models import F, Q

from qinghe.kernel.people.models import LeftAs


class Leaving(models.Model):
    """The way of one member out of the League (T-66).

    Of age the branch confirms by itself. A written wish to leave and a member who has dropped out
    go through the branch's meeting to the committee above, whose second pair of eyes decides; with
    the decision the place on the roll and the file are closed.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "待审批"
        APPROVED = "approved", "已离团"
        REFUSED = "refused", "未批准"
        WITHDRAWN = "withdrawn", "已撤回"

    class Ground(models.TextChoices):
        """What a member failed to do for six months without good reason."""

        FEES = "fees", "连续6个月不交纳团费"
        LIFE = "life", "连续6个月不过团的组织生活"
        WORK = "work", "连续6个月不做团组织分配的工作"

    KINDS = [LeftAs.OF_AGE, LeftAs.RESIGNED, LeftAs.DROPPED]

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="leavings")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(
        "离团方式", max_length=10, choices=[(one.value, one.label) for one in KINDS]
    )
    ground = models.CharField("脱团情形", max_length=5, choices=Ground.choices, blank=True)
    reason = models.CharField("情况说明", max_length=400, blank=True)
    asked_on = models.DateField("书面申请日期", null=True, blank=True)
    since = models.DateField("情形开始日期", null=True, blank=True)
    resolved_on = models.DateField("支部大会决议日期", null=True, blank=True)
    proposed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提请时间")
    decided_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("办结时间", null=True, blank=True)
    leaves_on = models.DateField("离团日期", null=True, blank=True)
    answer = models.CharField("答复", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PROPOSED)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        indexes = [
            models.Index(name="leaving_waits", fields=["org"], condition=Q(state="proposed")),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_leaving_at_a_time", fields=["person"], condition=Q(state="proposed")
            ),
            models.CheckConstraint(
                name="leaving_says_what_it_stands_on",
                condition=Q(kind="of_age")
                | Q(kind="resigned", asked_on__isnull=False, resolved_on__gte=F("asked_on"))
                | (
                    Q(kind="dropped", since__isnull=False, resolved_on__gt=F("since"))
                    & ~Q(ground="")
                ),
            ),
            models.CheckConstraint(
                name="leaving_has_two_pairs_of_eyes",
                condition=Q(kind="of_age")
                | ~Q(state__in=["approved", "refused"])
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
            ),
            models.CheckConstraint(
                name="who_has_left_left_on_a_day",
                condition=Q(state="approved", leaves_on__isnull=False, decided_at__isnull=False)
                | (~Q(state="approved") & Q(leaves_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} leaves {self.org_id}"
