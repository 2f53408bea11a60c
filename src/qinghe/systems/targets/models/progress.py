from django.db import models
from django.db.models import F, Q

from .charges import Charge

UNDER_WAY = ("draft", "submitted", "sent_back")


class Progress(models.Model):
    """How far a charge is, or that it is done (销号), as its organisation says with evidence.

    `number` is what was done in all up to `day`, in the item's unit or in percent. It counts once
    the organisation above has accepted it; a wrong one is sent back with its reason. A strike-off
    may be reopened, again with a reason.
    """

    class Kind(models.TextChoices):
        PROGRESS = "progress", "进度"
        STRIKE = "strike", "销号"

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        SUBMITTED = "submitted", "待审核"
        SENT_BACK = "sent_back", "已退回"
        ACCEPTED = "accepted", "已通过"
        REOPENED = "reopened", "已重新办理"

    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="progress")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    day = models.DateField("截至日期")
    number = models.DecimalField("累计完成", max_digits=14, decimal_places=2)
    words = models.CharField("进展情况", max_length=400)
    filed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    filed_on = models.DateField("提交日期", null=True, blank=True)
    decided_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField("审核日期", null=True, blank=True)
    reason = models.CharField("退回原因", max_length=200, blank=True)
    reopened_on = models.DateField("重新办理日期", null=True, blank=True)
    reopened_why = models.CharField("重新办理原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [
            models.Index(
                name="progress_waits", fields=["filed_on"], condition=Q(state="submitted")
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_progress_of_a_kind_under_way",
                fields=["charge", "kind"],
                condition=Q(state__in=UNDER_WAY),
            ),
            models.UniqueConstraint(
                name="struck_off_once",
                fields=["charge"],
                condition=Q(kind="strike", state="accepted"),
            ),
            models.CheckConstraint(
                name="progress_has_the_days_of_its_state",
                condition=Q(state="draft", decided_on__isnull=True)
                | Q(state="submitted", filed_on__isnull=False)
                | Q(
                    state__in=["sent_back", "accepted", "reopened"],
                    filed_on__isnull=False,
                    decided_on__gte=F("filed_on"),
                    decided_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="progress_is_decided_by_another",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("filed_by")),
            ),
            models.CheckConstraint(
                name="progress_sent_back_says_why", condition=~Q(state="sent_back", reason="")
            ),
            models.CheckConstraint(
                name="reopened_progress_says_why",
                condition=(
                    Q(state="reopened", kind="strike", reopened_on__gte=F("decided_on"))
                    & ~Q(reopened_why="")
                )
                | (~Q(state="reopened") & Q(reopened_on__isnull=True, reopened_why="")),
            ),
            models.CheckConstraint(name="progress_is_no_debt", condition=Q(number__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.number} of {self.charge_id} by {self.day}"
