from django.db import models
from django.db.models import Q


class SittingTerms(models.Model):
    """What holds for sittings from a day on: no public source sets it, so the district does (T-83)."""

    title = models.CharField("名称", max_length=80)
    starts_on = models.DateField("施行日期", unique=True)
    quorum_percent = models.PositiveSmallIntegerField("到会单位须超过（%）", default=50)
    items_days = models.PositiveSmallIntegerField("议题报送截止：会前天数", default=7)
    reply_days = models.PositiveSmallIntegerField("回执截止：会前天数", default=2)
    accept_days = models.PositiveSmallIntegerField("议定事项验收期限（工作日）", default=5)
    source = models.CharField("依据", max_length=200, blank=True)
    reason = models.CharField("调整原因", max_length=200, blank=True)
    entered_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                name="sitting_terms_can_be_kept",
                condition=Q(quorum_percent__lt=100, accept_days__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return self.title
