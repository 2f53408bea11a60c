from decimal import Decimal

from django.db import models
from django.db.models import Q

AS_THE_LOCAL_PAPER_SAYS = "内容以本地文件为准"


class Hundred(models.Model):
    """One of the year's aims that is to reach a hundred percent everywhere (三个百分百, S018).

    No public source tells what the three are: the district names them and says how each is read,
    by a figure of the platform (`code`) or as streets tell it.
    """

    year = models.PositiveSmallIntegerField("年度")
    name = models.CharField("名称", max_length=60)
    code = models.CharField("指标编码", max_length=12, blank=True)
    note = models.CharField("说明", max_length=200, default=AS_THE_LOCAL_PAPER_SAYS)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    day = models.DateField("计入日期")  # the first of the year, as a target's
    dropped_on = models.DateField("取消日期", null=True, blank=True)
    reason = models.CharField("取消原因", max_length=200, blank=True)

    class Meta:
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="hundred_once_a_year",
                fields=["year", "name"],
                condition=Q(dropped_on__isnull=True),
            ),
            models.CheckConstraint(
                name="dropped_hundred_says_why",
                condition=Q(dropped_on__isnull=True, reason="")
                | (Q(dropped_on__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class HundredTold(models.Model):
    """How far an organisation has come with an aim that no figure tells; the newest counts."""

    hundred = models.ForeignKey(Hundred, on_delete=models.PROTECT, related_name="told")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    day = models.DateField("截至日期")
    hundredths = models.PositiveSmallIntegerField("百分比")  # 97.50 % is 9750
    basis = models.CharField("依据", max_length=200)
    entered_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="no_more_than_a_hundred_percent", condition=Q(hundredths__lte=10_000)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hundredths} of {self.hundred_id}"

    @property
    def percent(self) -> Decimal:
        """Return it in percent."""
        return Decimal(self.hundredths) / 100
