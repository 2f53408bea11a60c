from django.db import models
from django.db.models import F, Q

from .lists import Item


class Claim(models.Model):
    """An organisation offers to do an open item (主动认领, S077); who keeps the list grants it."""

    class State(models.TextChoices):
        ASKED = "asked", "待确认"
        GRANTED = "granted", "已确认"
        REFUSED = "refused", "未确认"
        WITHDRAWN = "withdrawn", "已撤回"

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="claims")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    words = models.CharField("认领说明", max_length=200)
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField("认领日期")
    decided_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField("办结日期", null=True, blank=True)
    answer = models.CharField("答复", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ASKED)

    class Meta:
        ordering = ["-asked_on", "-pk"]
        indexes = [
            models.Index(name="claim_waits", fields=["asked_on"], condition=Q(state="asked")),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_living_claim_an_org",
                fields=["item", "org"],
                condition=Q(state__in=["asked", "granted"]),
            ),
            models.CheckConstraint(
                name="decided_claim_has_its_day",
                condition=Q(state="asked", decided_on__isnull=True, decided_by__isnull=True)
                | (~Q(state="asked") & Q(decided_on__gte=F("asked_on"), decided_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.org_id} claims {self.item_id}"
