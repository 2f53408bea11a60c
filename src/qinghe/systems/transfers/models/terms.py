from django.db import models
from django.db.models import Q


class TransferTerms(models.Model):
    """The limits of transfers from a day on: new ones are a new row (T-61, T-64).

    The ten days stand on one page only (T-64), so the district may set others, and may let what is
    late stand instead of lapsing.
    """

    title = models.CharField("名称", max_length=80)
    starts_on = models.DateField("施行日期", unique=True)
    timeout_days = models.PositiveSmallIntegerField("每一步的办理期限（天）", default=10)
    lapses = models.BooleanField("超期自动作废", default=True)
    study_days = models.PositiveSmallIntegerField("升学转接：开学后办结期限（天）", default=30)
    abroad_years = models.PositiveSmallIntegerField("出国（境）保留团籍最长（年）", default=5)
    source = models.CharField("依据", max_length=200, blank=True)
    reason = models.CharField("调整原因", max_length=200, blank=True)
    entered_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                name="transfer_terms_give_time",
                condition=Q(timeout_days__gte=1, study_days__gte=1, abroad_years__gte=1),
            ),
            models.CheckConstraint(
                name="who_sets_transfer_terms_says_why",
                condition=Q(entered_by__isnull=True) | (~Q(source="") & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title
