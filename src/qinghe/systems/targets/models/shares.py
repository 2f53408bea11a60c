from django.db import models
from django.db.models import F, Q

from .lists import Item


class Share(models.Model):
    """What an organisation carries of the number of an item, with all below it.

    The shares of an item are a tree: the keeper's whole, the streets', the communities'. They need
    not add up; `gap_org` is who owns what is not given on. `rule`, `base_code` and `base_period`
    say how the number was given on below, `base` the figure by which this share was reckoned.
    """

    class Rule(models.TextChoices):
        EQUAL = "equal", "平均分解"
        BASE = "base", "按基数分解"
        HAND = "hand", "人工分解"

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="shares")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    number = models.PositiveIntegerField("分解数")
    handed_on = models.DateField("下达日期")
    gap_org = models.ForeignKey(
        "orgs.Org", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    rule = models.CharField("分解方式", max_length=6, choices=Rule.choices, blank=True)
    base_code = models.CharField("基数指标", max_length=12, blank=True)
    base_period = models.CharField("基数期间", max_length=8, blank=True)
    base = models.DecimalField("基数", max_digits=18, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["item", "org__path"]
        constraints = [
            models.UniqueConstraint(name="one_share_an_org", fields=["item", "org"]),
            models.UniqueConstraint(
                name="one_whole_an_item", fields=["item"], condition=Q(parent__isnull=True)
            ),
            models.CheckConstraint(
                name="share_by_base_names_its_figure",
                condition=(Q(rule="base") & ~Q(base_code="") & ~Q(base_period=""))
                | (~Q(rule="base") & Q(base_code="", base_period="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} at {self.org_id}"

    @property
    def carried_by(self) -> str:
        """Return who carries it where its organisation is closed; empty where it still stands."""
        if self.org.closed_on is None:
            return ""
        return self.org.successor.name if self.org.successor else "已撤销，无人承担"


class Adjustment(models.Model):
    """A share is to be another: asked for with a reason, decided above by somebody else.

    `before` is what the share was when it was asked; the step that follows from it keeps what it
    was when it was approved.
    """

    class State(models.TextChoices):
        ASKED = "asked", "待批准"
        APPROVED = "approved", "已批准"
        REFUSED = "refused", "未批准"
        WITHDRAWN = "withdrawn", "已撤回"

    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="adjustments")
    before = models.PositiveIntegerField("原数")
    after = models.PositiveIntegerField("新数")
    reason = models.CharField("原因", max_length=200)
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField("提出日期")
    decided_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField("办结日期", null=True, blank=True)
    answer = models.CharField("答复", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ASKED)

    class Meta:
        ordering = ["-asked_on", "-pk"]
        indexes = [
            models.Index(name="adjustment_waits", fields=["asked_on"], condition=Q(state="asked")),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_waiting_adjustment_a_share",
                fields=["share"],
                condition=Q(state="asked"),
            ),
            models.CheckConstraint(
                name="adjustment_says_why_and_changes",
                condition=~Q(reason="") & ~Q(before=F("after")),
            ),
            models.CheckConstraint(
                name="decided_adjustment_has_its_day",
                condition=Q(state="asked", decided_on__isnull=True, decided_by__isnull=True)
                | (~Q(state="asked") & Q(decided_on__gte=F("asked_on"), decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="adjustment_is_approved_by_another",
                condition=~Q(state="approved") | ~Q(decided_by=F("asked_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before} to {self.after}"


class ShareStep(models.Model):
    """One step of a share, from nothing on. Steps are added and never changed."""

    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField("时间")
    before = models.PositiveIntegerField("原数")
    after = models.PositiveIntegerField("新数")
    reason = models.CharField("原因", max_length=200)
    adjustment = models.OneToOneField(
        Adjustment, null=True, blank=True, on_delete=models.PROTECT, related_name="step"
    )
    entered_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="share_step_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.before} to {self.after}"
