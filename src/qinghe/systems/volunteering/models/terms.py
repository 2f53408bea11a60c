from django.db import models
from django.db.models import Q


class HoursTerms(models.Model):
    """The numbers by which hours are doubted, from a day on: new ones are a new row (V-31, V-36).

    All of them are the district's own choice; none stands in a rule of the state.
    """

    title = models.CharField("名称", max_length=80)
    starts_on = models.DateField("施行日期", unique=True)
    late_days = models.PositiveSmallIntegerField("补录期限（天）", default=7)
    late_minutes = models.PositiveIntegerField("每月补录额度（分钟）", default=6_000)
    answer_days = models.PositiveSmallIntegerField("异议答复期限（天）", default=7)
    speed = models.PositiveSmallIntegerField("最快路途时速（公里）", default=120)
    day_minutes = models.PositiveSmallIntegerField("一人一天最多（分钟）", default=960)
    week_minutes = models.PositiveSmallIntegerField("一人一周最多（分钟）", default=4_200)
    clone_people = models.PositiveSmallIntegerField("相同名册起查人数", default=3)
    night_people = models.PositiveSmallIntegerField("夜间签到起查人数", default=10)
    most_people = models.PositiveIntegerField("一场最多人数", default=1_000)
    one_device = models.PositiveSmallIntegerField("一台设备最多签到人数", default=3)
    source = models.CharField("依据", max_length=200, blank=True)
    reason = models.CharField("调整原因", max_length=200, blank=True)
    entered_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                name="hours_terms_ask_something",
                condition=Q(
                    speed__gte=1, day_minutes__gte=1, week_minutes__gte=1, clone_people__gte=2
                )
                & Q(night_people__gte=2, most_people__gte=1, one_device__gte=1, answer_days__gte=1),
            ),
            models.CheckConstraint(
                name="who_sets_hours_terms_says_why",
                condition=Q(entered_by__isnull=True) | (~Q(source="") & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title
