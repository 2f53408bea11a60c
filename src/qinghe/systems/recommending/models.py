from datetime import date

from django.db import models
from django.db.models import F, Q


class PartyStage(models.TextChoices):
    """How far the Party organisation took somebody; each is counted apart (T-34)."""

    ACTIVIST = "activist", "入党积极分子"
    CANDIDATE = "candidate", "发展对象"
    PROBATIONARY = "probationary", "预备党员"


class CountedAs(models.TextChoices):
    """What F020 counts: the report's own words leave it open (T-34)."""

    ACCEPTED = "accepted", "推荐并被党组织接收为积极分子或发展对象"
    ACTIVIST = "activist", "被接收为入党积极分子"
    CANDIDATE = "candidate", "被接收为发展对象"
    PROBATIONARY = "probationary", "被接收为预备党员"


class RecommendingTerms(models.Model):
    """The numbers of recommending, from a day on: new ones are a new row.

    T-31 sets a year and half a year; validity and cap are a school's own rules (T-32), and which
    stage the report counts is the district's (T-34).
    """

    starts_on = models.DateField("施行日期", unique=True)
    league_months = models.PositiveSmallIntegerField("团龄（月）", default=12)
    application_months = models.PositiveSmallIntegerField("递交申请书（月）", default=6)
    validity_months = models.PositiveSmallIntegerField("推荐有效期（月）", default=24)
    cap_percent = models.PositiveSmallIntegerField("每年推荐比例上限（%，0为不限）", default=0)
    counted = models.CharField(
        "推优入党人数的口径", max_length=14, choices=CountedAs.choices, default=CountedAs.ACCEPTED
    )
    source = models.CharField("依据", max_length=200)
    entered_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                name="recommending_terms_make_sense",
                condition=Q(validity_months__gte=1, cap_percent__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}起施行的推优参数"

    @classmethod
    def in_force(cls, day: date) -> "RecommendingTerms":
        """Return the terms of a day: those that began last, or what the platform ships with."""
        return cls.objects.filter(starts_on__lte=day).first() or cls(starts_on=day)


class Recommendation(models.Model):
    """One member on the way to the Party through the League, step by step (推优入党, T-31)."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "待团委同意"
        AGREED = "agreed", "待支部大会"
        VOTED = "voted", "待团委审定"
        RECOMMENDED = "recommended", "待党组织接收"
        ACCEPTED = "accepted", "党组织已接收"
        PROBATIONARY = "probationary", "已成为预备党员"
        FAILED = "failed", "支部大会未通过"
        REFUSED = "refused", "团委未同意"
        DECLINED = "declined", "党组织未接收"
        WITHDRAWN = "withdrawn", "已撤回"

    class Way(models.TextChoices):
        LEAGUE = "league", "团支部推荐"
        CONSULT = "consult", "党组织征求意见"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    committee = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    way = models.CharField("推荐方式", max_length=10, choices=Way.choices)
    aim = models.CharField("推荐为", max_length=14, choices=PartyStage.choices)
    applied_on = models.DateField("递交入党申请书日期")
    proposed_on = models.DateField("支委会提名日期")
    agreed_on = models.DateField("团委同意日期", null=True, blank=True)
    voted_on = models.DateField("支部大会日期", null=True, blank=True)
    entitled = models.PositiveSmallIntegerField("应到会人数", null=True, blank=True)
    present = models.PositiveSmallIntegerField("实到会人数", null=True, blank=True)
    votes = models.PositiveSmallIntegerField("赞成票", null=True, blank=True)
    recommended_on = models.DateField("团委推荐日期", null=True, blank=True)
    valid_until = models.DateField("推荐有效期至", null=True, blank=True)
    ended_on = models.DateField("终止日期", null=True, blank=True)
    words = models.CharField("意见", max_length=200, blank=True)
    source = models.CharField("补录来源", max_length=120, blank=True)
    state = models.CharField("状态", max_length=14, choices=State.choices, default=State.PROPOSED)

    class Meta:
        ordering = ["-proposed_on", "-pk"]
        indexes = [
            models.Index(
                name="recommendation_waits", fields=["proposed_on"],
                condition=Q(state="proposed") | Q(state="voted") | Q(state="recommended"),
            ),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(
                name="one_open_recommendation_a_person",
                fields=["person"],
                condition=Q(state__in=["proposed", "agreed", "voted", "recommended"]),
            ),
            models.CheckConstraint(
                name="recommended_by_a_vote_of_more_than_half",
                condition=~Q(state__in=["voted", "recommended", "accepted", "probationary"])
                | ~Q(way="league", source="")
                | Q(
                    agreed_on__isnull=False, voted_on__isnull=False, entitled__isnull=False,
                    votes__isnull=False, entitled__lt=F("votes") * 2, present__lte=F("entitled"),
                    present__gte=F("votes"),
                ),
            ),
            models.CheckConstraint(
                name="what_the_party_took_was_recommended",
                condition=~Q(state__in=["recommended", "accepted", "probationary"])
                | Q(recommended_on__isnull=False, valid_until__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"推荐为{self.get_aim_display()}"


class PartyResult(models.Model):
    """The Party organisation took somebody as one stage, on a day (T-34)."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="results"
    )
    stage = models.CharField("接收为", max_length=14, choices=PartyStage.choices)
    on = models.DateField("接收日期")

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(name="one_stage_once", fields=["recommendation", "stage"]),
        ]

    def __str__(self) -> str:
        return self.get_stage_display()


class PioneerNomination(models.Model):
    """A pioneer nominated for the League by their squad (推优入团, T-30).

    No more is kept of a child than the name and the number by which the school knows them.
    """

    class State(models.TextChoices):
        NOMINATED = "nominated", "待大队审核"
        SIGNED = "signed", "待团组织接收"
        TAKEN_UP = "taken_up", "团组织已接收"
        DECLINED = "declined", "未通过"

    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    school_year = models.PositiveSmallIntegerField("学年")
    name = models.CharField("姓名", max_length=60)
    school_number = models.CharField("校内编号", max_length=20)
    squad = models.CharField("中队", max_length=40)
    nominated_on = models.DateField("提名日期")
    signed_on = models.DateField("大队签章日期", null=True, blank=True)
    taken_up_on = models.DateField("团组织接收日期", null=True, blank=True)
    ended_on = models.DateField("终止日期", null=True, blank=True)
    words = models.CharField("意见", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.NOMINATED)

    class Meta:
        ordering = ["-nominated_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_nomination_a_school_year",
                fields=["org", "school_year", "school_number"],
            ),
            models.CheckConstraint(
                name="taken_up_after_the_brigade_signed",
                condition=~Q(state="taken_up")
                | Q(signed_on__isnull=False, taken_up_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_year}学年推优入团"
