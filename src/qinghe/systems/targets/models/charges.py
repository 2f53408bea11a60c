from collections.abc import Sequence
from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from qinghe.systems.targets.rules import pace
from qinghe.systems.targets.rules.pace import Course, Point

from .lists import Item, TaskList
from .shares import Share

# A whole item that another leads now, or nobody: who led it before is not pressed for it any more.
LED_BEFORE = Q(share__isnull=True, struck_on__isnull=True) & ~Q(item__lead=F("org"))


class Charge(models.Model):
    """An item as one organisation carries it: its share of the number, or the whole of it.

    Charges are entered when a list is published and follow its shares. `above` is the organisation
    that accepts what is told of it. `done` is how far it was when it was last looked at
    (`seen_on`); from `asked_on` on a filing is waited for, until `file_by`.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="charges")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    above = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    share = models.OneToOneField(
        Share, null=True, blank=True, on_delete=models.PROTECT, related_name="charge"
    )
    entered_on = models.DateField("列入日期")
    done = models.DecimalField("完成", max_digits=14, decimal_places=2, null=True, blank=True)
    seen_on = models.DateField("查看至", null=True, blank=True)
    asked_on = models.DateField("待填报起", null=True, blank=True)
    file_by = models.DateField("填报期限", null=True, blank=True)
    struck_on = models.DateField("销号日期", null=True, blank=True)

    class Meta:
        ordering = ["item", "org__path"]
        indexes = [
            models.Index(
                name="charge_waits_for_filing",
                fields=["org", "asked_on"],
                condition=Q(asked_on__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(name="one_charge_an_org", fields=["item", "org"]),
            models.CheckConstraint(
                name="asked_filing_has_its_limit",
                condition=Q(asked_on__isnull=True, file_by__isnull=True)
                | Q(asked_on__isnull=False, file_by__gte=F("asked_on"), struck_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} at {self.org_id}"

    @property
    def target(self) -> Decimal:
        """Return the number that it comes to; what has none is told in percent."""
        if self.share is not None:
            return Decimal(self.share.number)
        return Decimal(pace.WHOLE) if self.item.target is None else self.item.target

    @property
    def unit(self) -> str:
        """Return what its number is counted in."""
        is_number = self.share is not None or self.item.target is not None
        return self.item.unit if is_number else "%"

    @property
    def is_over(self) -> bool:
        """Test if nothing is watched any longer: its list is closed, its item dropped or led by another."""
        is_given_out = self.item.task_list.state == TaskList.State.PUBLISHED
        return self.item.dropped_on is not None or not is_given_out or self.was_led_before

    @property
    def was_led_before(self) -> bool:
        """Test if it is a whole item that another leads now, as LED_BEFORE asks of the database."""
        is_whole = self.share_id is None and self.struck_on is None
        return is_whole and self.item.lead_id != self.org_id

    def course(self, points: Sequence[Point] = ()) -> Course:
        """Return from when to when it runs and what it comes to, by the milestones that are given."""
        item, task_list = self.item, self.item.task_list
        due = item.due_on or task_list.ends_on
        return Course(
            start=min(item.starts_on or task_list.starts_on, due),
            due=due,
            target=self.target,
            points=points,
        )


class Milestone(models.Model):
    """How much of an item is due by the end of a day; without any the whole is due along a line."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="milestones")
    day = models.DateField("节点日期")
    percent = models.PositiveSmallIntegerField("应完成（%）")

    class Meta:
        ordering = ["item", "day"]
        constraints = [
            models.UniqueConstraint(name="one_milestone_a_day", fields=["item", "day"]),
            models.CheckConstraint(
                name="milestone_is_a_share", condition=Q(percent__gte=1, percent__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent}% by {self.day}"


class Pause(models.Model):
    """A charge is not watched until a day, for a reason; it may be taken up again before."""

    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="pauses")
    starts_on = models.DateField("暂停起")
    until = models.DateField("暂停至")
    reason = models.CharField("原因", max_length=200)
    ended_on = models.DateField("恢复日期", null=True, blank=True)
    entered_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_running_pause", fields=["charge"], condition=Q(ended_on__isnull=True)
            ),
            models.CheckConstraint(
                name="pause_has_its_end_and_reason",
                condition=Q(until__gte=F("starts_on")) & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="pause_ends_after_it_starts",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.charge_id} until {self.until}"
