from django.db import models
from django.db.models import F, Q


class Stage(models.TextChoices):
    """Of which school a class graduates: for these ceilings are set (T-15)."""

    JUNIOR = "junior", "初中毕业班"
    SENIOR = "senior", "高中毕业班"


class RatioCeiling(models.Model):
    """How many of a hundred students of graduating classes may be members, from a day on (T-15).

    The rule book says that there are ceilings and that they change yearly, and not how high: none is
    shipped. Whether one that is exceeded is refused, or asks the committee for its reason, is set
    with it.
    """

    stage = models.CharField("适用", max_length=6, choices=Stage.choices)
    starts_on = models.DateField("施行日期")
    per_mille = models.PositiveSmallIntegerField("上限（千分比）")
    is_hard = models.BooleanField("超过的不能批准", default=False)
    source = models.CharField("依据", max_length=200)
    reason = models.CharField("调整原因", max_length=200)
    entered_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["-starts_on", "stage"]
        constraints = [
            models.UniqueConstraint(name="one_ceiling_a_day", fields=["stage", "starts_on"]),
            models.CheckConstraint(
                name="ceiling_is_a_share", condition=Q(per_mille__gte=1, per_mille__lte=1000)
            ),
            models.CheckConstraint(
                name="ceiling_says_by_whose_word", condition=~Q(source="") & ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.per_mille}‰"


class GraduatingClass(models.Model):
    """A branch whose students graduate in a year, and how many they are, members or not (T-15)."""

    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("毕业年份")
    stage = models.CharField("学段", max_length=6, choices=Stage.choices)
    students = models.PositiveSmallIntegerField("学生数")
    starts_on = models.DateField("起始日期")
    ends_on = models.DateField("终止日期")
    entered_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    entered_at = models.DateTimeField("登记时间")

    class Meta:
        ordering = ["-year", "org__path"]
        constraints = [
            models.UniqueConstraint(name="a_class_graduates_once_a_year", fields=["org", "year"]),
            models.CheckConstraint(
                name="a_class_has_students",
                condition=Q(students__gte=1, ends_on__gt=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}届{self.get_stage_display()}"
