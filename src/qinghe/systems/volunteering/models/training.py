from django.db import models
from django.db.models import Q

from .volunteers import Volunteer


class Training(models.Model):
    """One course of a day or of several, worth some 学时, kept as whole quarters (S058, S101)."""

    class Kind(models.TextChoices):
        HEADS = "heads", "头雁计划"
        LECTURERS = "lecturers", "讲师队"
        INDUCTION = "induction", "岗前培训"
        SKILLS = "skills", "专业技能"

    class State(models.TextChoices):
        HELD = "held", "有效"
        CANCELLED = "cancelled", "已取消"

    title = models.CharField("培训名称", max_length=120)
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    day = models.DateField("结业日期")
    quarters = models.PositiveSmallIntegerField("学时（四分之一学时）")
    entered_at = models.DateTimeField("登记时间")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.HELD)

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(name="training_is_worth_something", condition=Q(quarters__gt=0)),
            models.CheckConstraint(name="training_has_a_title", condition=~Q(title="")),
        ]

    def __str__(self) -> str:
        return self.title


class Credit(models.Model):
    """What one volunteer earned at one training. Struck out with its reason, it counts no more."""

    training = models.ForeignKey(
        Training, on_delete=models.PROTECT, related_name="credits", db_index=False
    )
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="credits")
    quarters = models.PositiveSmallIntegerField("学时（四分之一学时）")
    credited_at = models.DateTimeField("登记时间")
    struck_at = models.DateTimeField("取消时间", null=True, blank=True)
    reason = models.CharField("取消原因", max_length=200, blank=True)

    class Meta:
        ordering = ["-training__day", "-pk"]
        constraints = [
            models.UniqueConstraint(name="credited_once", fields=["training", "volunteer"]),
            models.CheckConstraint(name="credit_is_something", condition=Q(quarters__gt=0)),
            models.CheckConstraint(
                name="struck_credit_says_why",
                condition=Q(struck_at__isnull=True, reason="")
                | (Q(struck_at__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} at {self.training_id}"
