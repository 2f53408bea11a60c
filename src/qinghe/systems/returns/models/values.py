"""What an organisation said, how that came about, and what it does not agree with."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from qinghe.systems.returns.rules import Worth

from .filings import Filing
from .forms import Cell


class Value(models.Model):
    """What stands in one cell of one filing (填报值).

    No row, or one with nothing in it, is 未报; zero is 0; 不适用 is said, with why. A number is
    kept in hundredths, 是 as 100 and 否 as 0.
    """

    filing = models.ForeignKey(
        Filing, on_delete=models.PROTECT, related_name="values", db_index=False
    )
    cell = models.ForeignKey(Cell, on_delete=models.PROTECT, related_name="+")
    hundredths = models.BigIntegerField("数值（百分之一）", null=True, blank=True)
    not_applicable = models.BooleanField("不适用", default=False)
    text = models.CharField("文字", max_length=400, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["filing", "cell"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_value_a_cell", fields=["filing", "cell"]),
            models.CheckConstraint(
                name="value_is_one_thing",
                condition=Q(not_applicable=False, hundredths__isnull=True)
                | Q(not_applicable=False, hundredths__isnull=False, text="")
                | Q(not_applicable=True, hundredths__isnull=True, text=""),
            ),
            models.CheckConstraint(
                name="not_applicable_says_why", condition=Q(not_applicable=False) | ~Q(note="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cell_id} of {self.filing_id}"

    @property
    def worth(self) -> Worth:
        """Return what stands in the cell as the rules read it."""
        return Worth(self.hundredths, self.not_applicable, self.text, self.note)


class ValueChange(models.Model):
    """One change of a value, in the words of the page: who, when, from what to what, and why."""

    value = models.ForeignKey(Value, on_delete=models.PROTECT, related_name="changes")
    at = models.DateTimeField("时间")
    by = models.CharField("填报人", max_length=80)
    old = models.CharField("原值", max_length=640, blank=True)
    new = models.CharField("新值", max_length=640, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="change_changes", condition=~Q(old=F("new")))
        ]

    def __str__(self) -> str:
        return f"change of {self.value_id}"


class Dispute(models.Model):
    """Somebody's word that a number shown from records is wrong (异议).

    It never changes the number: it points at the records, which are mended where they are kept.
    """

    class Verdict(models.TextChoices):
        UPHELD = "upheld", "异议成立，更正记录"
        UNFOUNDED = "unfounded", "数字无误"

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="disputes")
    cell = models.ForeignKey(Cell, on_delete=models.PROTECT, related_name="+")
    shown = models.CharField("显示的数字", max_length=40)
    reason = models.CharField("异议", max_length=300)
    at = models.DateTimeField("提出时间")
    by = models.CharField("提出人", max_length=80)
    person_id = models.BigIntegerField("提出人编号")
    verdict = models.CharField("结论", max_length=10, choices=Verdict.choices, blank=True)
    words = models.CharField("答复", max_length=300, blank=True)
    settled_at = models.DateTimeField("答复时间", null=True, blank=True)
    settled_by = models.CharField("答复人", max_length=80, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_open_dispute",
                fields=["filing", "cell"],
                condition=Q(settled_at__isnull=True),
            ),
            models.CheckConstraint(
                name="settled_dispute_says_how",
                condition=Q(settled_at__isnull=True, verdict="")
                | (Q(settled_at__isnull=False) & ~Q(verdict="") & ~Q(words="")),
            ),
            models.CheckConstraint(name="dispute_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"dispute of {self.cell_id} of {self.filing_id}"
