from django.db import models
from django.db.models import Q

from .attendances import Attendance


class Rating(models.Model):
    """What a volunteer says of a session they served at: one to five, and words if they like."""

    attendance = models.OneToOneField(Attendance, on_delete=models.PROTECT, related_name="rating")
    score = models.PositiveSmallIntegerField("评分")
    words = models.CharField("评价", max_length=400, blank=True)
    at = models.DateTimeField("评价时间")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="rating_is_one_to_five", condition=Q(score__gte=1, score__lte=5)
            )
        ]

    def __str__(self) -> str:
        return f"{self.attendance_id} {self.score}"


class Evaluation(models.Model):
    """What the organiser says of a volunteer at a session (V-03); its subject reads it and may object.

    One that an objection overturned stays, and counts no more.
    """

    class State(models.TextChoices):
        GIVEN = "given", "有效"
        OBJECTED = "objected", "有异议"
        CONFIRMED = "confirmed", "异议不成立"
        WITHDRAWN = "withdrawn", "已撤销"

    attendance = models.OneToOneField(
        Attendance, on_delete=models.PROTECT, related_name="evaluation"
    )
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    traits = models.CharField("评语", max_length=80)
    words = models.CharField("补充", max_length=400, blank=True)
    given_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("评价时间")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.GIVEN)
    objection = models.CharField("异议", max_length=400, blank=True)
    objected_at = models.DateTimeField("异议时间", null=True)
    answer = models.CharField("答复", max_length=400, blank=True)
    answered_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField("答复时间", null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(name="evaluation_objected", fields=["org"], condition=Q(state="objected"))
        ]
        constraints = [
            models.CheckConstraint(name="evaluation_says_something", condition=~Q(traits="")),
            models.CheckConstraint(
                name="objected_evaluation_says_why",
                condition=Q(state="given", objected_at__isnull=True)
                | (~Q(state="given") & Q(objected_at__isnull=False) & ~Q(objection="")),
            ),
            models.CheckConstraint(
                name="answered_evaluation_has_an_answer",
                condition=(
                    Q(state__in=["confirmed", "withdrawn"], answered_by__isnull=False)
                    & ~Q(answer="")
                )
                | (Q(state__in=["given", "objected"], answered_by__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attendance_id} {self.state}"
