from django.db import models
from django.db.models import F, Q


class Target(models.Model):
    """How many League organisations are to be founded in a year at an organisation and below (S018).

    The district's stands at the top; a street's or an industry committee's is a share of it, a
    community's a share of the street's. Shares need not add up: what lacks is shown.
    """

    year = models.PositiveSmallIntegerField("年度")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="shares"
    )
    number = models.PositiveIntegerField("指标")
    day = models.DateField("计入日期")  # the first of the year: quotas hold for all of it (G-58)
    handed_on = models.DateField("下达日期")
    source = models.CharField("依据", max_length=200, blank=True)

    class Meta:
        ordering = ["-year", "org__path"]
        constraints = [
            models.UniqueConstraint(name="one_target_a_year", fields=["year", "org"]),
            models.UniqueConstraint(
                name="one_whole_target_a_year", fields=["year"], condition=Q(parent__isnull=True)
            ),
            models.CheckConstraint(
                name="whole_target_says_its_source",
                condition=Q(parent__isnull=False) | ~Q(source=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} in {self.year} at {self.org_id}"


class TargetChange(models.Model):
    """One step of a target, from nothing on: what it was, what it became, why, by whom."""

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="changes")
    at = models.DateTimeField("时间")
    before = models.PositiveIntegerField("原指标")
    after = models.PositiveIntegerField("新指标")
    reason = models.CharField("原因", max_length=200)
    entered_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="target_change_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.before} to {self.after}"


class FoundingTerms(models.Model):
    """The district's own numbers of founding, from a day on: new ones are a new row (S018).

    Days are working days. The pace is a straight line from the first day of one month to the last
    of another; who reaches so many percent of it is green or yellow.
    """

    title = models.CharField("名称", max_length=80)
    starts_on = models.DateField("施行日期", unique=True)
    street_days = models.PositiveSmallIntegerField("街道办理期限（工作日）", default=5)
    district_days = models.PositiveSmallIntegerField("区级办理期限（工作日）", default=10)
    pace_from = models.PositiveSmallIntegerField("进度起算月份", default=1)
    pace_to = models.PositiveSmallIntegerField("进度完成月份", default=12)
    green_percent = models.PositiveSmallIntegerField("绿灯：达到应完成数的百分比", default=100)
    yellow_percent = models.PositiveSmallIntegerField("黄灯：达到应完成数的百分比", default=80)
    source = models.CharField("依据", max_length=200, blank=True)
    reason = models.CharField("调整原因", max_length=200, blank=True)
    entered_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                name="founding_terms_can_be_kept",
                condition=Q(street_days__gte=1, district_days__gte=1)
                & Q(pace_from__gte=1, pace_to__lte=12, pace_from__lte=F("pace_to"))
                & Q(yellow_percent__gte=1, yellow_percent__lte=F("green_percent")),
            ),
        ]

    def __str__(self) -> str:
        return self.title
