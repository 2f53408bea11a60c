from django.db import models
from django.db.models import Q


class Achievement(models.Model):
    """Something a cadre did well, entered by an officer with its evidence (实绩)."""

    class Kind(models.TextChoices):
        HONOUR = "honour", "荣誉"
        TASK = "task", "重点任务"
        REVIEW = "review", "评议优秀"

    class State(models.TextChoices):
        KEPT = "kept", "有效"
        VOID = "void", "已作废"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    day = models.DateField("日期")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    what = models.CharField("内容", max_length=200)
    entered_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    entered_on = models.DateField("登记日期")
    reason = models.CharField("作废原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.KEPT)

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_achievement_once",
                fields=["person", "day", "kind", "what"],
                condition=Q(state="kept"),
            ),
            models.CheckConstraint(
                name="void_achievement_says_why",
                condition=Q(state="kept", reason="") | (Q(state="void") & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.what


class Incentive(models.Model):
    """What people decided about a cadre on the list of a year: given, or not given."""

    class Decision(models.TextChoices):
        GIVEN = "given", "给予激励"
        DECLINED = "declined", "不予激励"

    class State(models.TextChoices):
        DECIDED = "decided", "已审定"
        REVOKED = "revoked", "已撤销"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年度")
    points = models.PositiveSmallIntegerField("审定时积分")
    decision = models.CharField("决定", max_length=10, choices=Decision.choices)
    given = models.CharField("激励内容", max_length=200, blank=True)
    reason = models.CharField("理由", max_length=200)
    decided_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_on = models.DateField("审定日期")
    why_revoked = models.CharField("撤销原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DECIDED)

    class Meta:
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="decided_once_a_year",
                fields=["person", "year"],
                condition=Q(state="decided"),
            ),
            models.CheckConstraint(
                name="what_is_given_is_said",
                condition=(Q(decision="given") & ~Q(given="")) | Q(decision="declined", given=""),
            ),
            models.CheckConstraint(
                name="a_revoked_incentive_says_why",
                condition=Q(state="decided", why_revoked="")
                | (Q(state="revoked") & ~Q(why_revoked="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年度激励"
