from django.db import models
from django.db.models import F, Q


class Terms(models.Model):
    """The numbers of review and registration, from a day on: new ones are a new row.

    The cap and the quorum are the state's (T-41, T-42); months of deferral are a school's (T-43).
    """

    title = models.CharField("名称", max_length=80)
    starts_on = models.DateField("施行日期", unique=True)
    top_percent = models.PositiveIntegerField("优秀比例上限（%）", default=30)
    quorum_part = models.PositiveSmallIntegerField("到会法定比例分子", default=2)
    quorum_whole = models.PositiveSmallIntegerField("到会法定比例分母", default=3)
    defer_least = models.PositiveSmallIntegerField("暂缓注册最短（月）", default=3)
    defer_most = models.PositiveSmallIntegerField("暂缓注册最长（月）", default=6)
    source = models.CharField("依据", max_length=200, blank=True)
    reason = models.CharField("调整原因", max_length=200, blank=True)
    entered_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                name="appraisal_cap_is_within_the_rule",  # T-42: local caps are lower, none is higher
                condition=Q(top_percent__gte=1, top_percent__lte=30),
            ),
            models.CheckConstraint(
                name="appraisal_quorum_is_a_share",
                condition=Q(quorum_part__gte=1, quorum_part__lt=F("quorum_whole")),
            ),
            models.CheckConstraint(
                name="appraisal_deferral_has_months",
                condition=Q(defer_least__gte=1, defer_least__lte=F("defer_most")),
            ),
            models.CheckConstraint(
                name="who_sets_appraisal_terms_says_why",
                condition=Q(entered_by__isnull=True) | (~Q(source="") & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Campaign(models.Model):
    """A year's review and registration in a district (年度评议): whoever is on a roll that day."""

    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("评议年度")
    terms = models.ForeignKey(Terms, on_delete=models.PROTECT, related_name="+")
    reference_on = models.DateField("在册基准日")
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    opened_at = models.DateTimeField("发起时间")
    listed_at = models.DateTimeField("名册生成时间", null=True, blank=True)

    class Meta:
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(name="one_campaign_a_year", fields=["org", "year"]),
            models.CheckConstraint(
                name="campaign_closes_after_it_opens", condition=Q(closes_on__gte=F("opens_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年度评议注册"


class LocalCap(models.Model):
    """A lower share of 优秀 that a committee sets for all below it in one campaign (T-42)."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="caps")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    percent = models.PositiveIntegerField("优秀比例上限（%）")
    reason = models.CharField("依据", max_length=200)
    set_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["campaign", "org"]
        constraints = [
            models.UniqueConstraint(name="one_local_cap_an_org", fields=["campaign", "org"]),
            models.CheckConstraint(
                name="local_cap_is_lower", condition=Q(percent__gte=0, percent__lt=30)
            ),
            models.CheckConstraint(name="local_cap_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.percent}% at {self.org_id}"
