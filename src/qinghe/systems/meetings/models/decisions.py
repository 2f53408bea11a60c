from django.db import models
from django.db.models import Q

from .sittings import AgendaItem, Sitting


class Decision(models.Model):
    """What a sitting decided (议定事项): an organisation owns it and has a limit.

    A list of work may take it over by its key (docs/adr/0060); else its owner reports it done and the
    office accepts.
    """

    class State(models.TextChoices):
        OPEN = "open", "办理中"
        REPORTED = "reported", "待验收"
        ACCEPTED = "accepted", "已办结"
        VOID = "void", "已作废"

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    place = models.PositiveSmallIntegerField("序号")
    text = models.CharField("议定事项", max_length=400)
    owner = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    helpers = models.CharField("配合单位", max_length=200, blank=True)
    made_on = models.DateField("议定日期")
    due_on = models.DateField("完成时限")
    evidence = models.CharField("完成情况和佐证", max_length=1000, blank=True)
    reported_on = models.DateField("报结日期", null=True, blank=True)
    reported_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accept_by = models.DateField("验收时限", null=True, blank=True)
    accepted_on = models.DateField("验收日期", null=True, blank=True)
    reason = models.CharField("退回或作废原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)

    class Meta:
        ordering = ["-made_on", "sitting", "place"]
        indexes = [
            models.Index(
                name="decision_waits",
                fields=["due_on"],
                condition=Q(state__in=["open", "reported"]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(name="decision_place_once", fields=["sitting", "place"]),
            models.CheckConstraint(name="decision_says_what", condition=~Q(text="")),
            models.CheckConstraint(
                name="reported_decision_has_evidence",
                condition=~Q(state__in=["reported", "accepted"])
                | (~Q(evidence="") & Q(reported_on__isnull=False, accept_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="accepted_decision_says_when",
                condition=Q(state="accepted", accepted_on__isnull=False)
                | (~Q(state="accepted") & Q(accepted_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="void_decision_says_why", condition=~Q(state="void") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id} no. {self.place}"
