from django.db import models
from django.db.models import F, Q


class Candidate(models.Model):
    """Somebody proposed for the reserve of cadres (储备库), as they agreed to be.

    Nothing is looked into before the person has said yes on their own page; they may take it back
    at any time.
    """

    class State(models.TextChoices):
        ASKED = "asked", "待本人同意"
        AGREED = "agreed", "考察中"
        IN = "in", "在库"
        OUT = "out", "已出库"
        REFUSED = "refused", "未入库"

    class Politics(models.TextChoices):
        PARTY = "party", "中共党员"
        PROBATIONARY = "probationary", "中共预备党员"
        LEAGUE = "league", "共青团员"
        OTHER = "other", "其他"

    class Education(models.TextChoices):
        COLLEGE = "college", "大专及以下"
        BACHELOR = "bachelor", "本科"
        MASTER = "master", "硕士及以上"

    class OutAs(models.TextChoices):
        USED = "used", "已任用"
        WITHDRAWN = "withdrawn", "本人退出"
        EXPIRED = "expired", "到期"
        REMOVED = "removed", "不再符合条件"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    politics = models.CharField("政治面貌", max_length=12, choices=Politics.choices)
    education = models.CharField("学历", max_length=10, choices=Education.choices)
    strengths = models.CharField("专长", max_length=200, blank=True)
    reason = models.CharField("推荐理由", max_length=400)
    nominated_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    nominated_on = models.DateField("提名日期")
    agreed_on = models.DateField("本人同意日期", null=True)
    in_on = models.DateField("入库日期", null=True)
    expires_on = models.DateField("在库至", null=True)
    out_on = models.DateField("出库日期", null=True)
    out_as = models.CharField("出库方式", max_length=10, choices=OutAs.choices, blank=True)
    words = models.CharField("审定意见", max_length=400, blank=True)
    decided_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    moved_on = models.DateField("办理日期")
    due_on = models.DateField("办理期限", null=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ASKED)

    class Meta:
        ordering = ["-nominated_on", "-pk"]
        indexes = [models.Index(name="candidate_waits", fields=["state", "due_on"])]
        constraints = [
            models.UniqueConstraint(
                name="one_candidacy_at_a_time",
                fields=["person"],
                condition=Q(state__in=["asked", "agreed", "in"]),
            ),
            models.CheckConstraint(
                name="nobody_is_taken_in_unasked",
                condition=Q(state__in=["asked", "refused"]) | Q(agreed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="who_is_in_has_days",
                condition=Q(in_on__isnull=True, expires_on__isnull=True)
                | Q(in_on__isnull=False, expires_on__gt=F("in_on"), state__in=["in", "out"]),
            ),
            models.CheckConstraint(
                name="who_is_out_says_how",
                condition=(Q(state="out", out_on__isnull=False) & ~Q(out_as=""))
                | (~Q(state="out") & Q(out_on__isnull=True, out_as="")),
            ),
        ]

    def __str__(self) -> str:
        return f"储备人选{self.pk}"


OPEN_CANDIDATES = (Candidate.State.ASKED, Candidate.State.AGREED, Candidate.State.IN)


class Examination(models.Model):
    """What one member of the examining group writes about a candidate."""

    class Verdict(models.TextChoices):
        FIT = "fit", "建议入库"
        UNFIT = "unfit", "暂不建议"

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="examinations")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField("结论", max_length=10, choices=Verdict.choices, blank=True)
    opinion = models.CharField("考察意见", max_length=1000, blank=True)
    given_on = models.DateField("考察日期", null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="examines_once", fields=["candidate", "person"]),
            models.CheckConstraint(
                name="an_opinion_is_whole",
                condition=Q(given_on__isnull=True, verdict="", opinion="")
                | (Q(given_on__isnull=False) & ~Q(verdict="") & ~Q(opinion="")),
            ),
        ]

    def __str__(self) -> str:
        return f"考察意见{self.pk}"
