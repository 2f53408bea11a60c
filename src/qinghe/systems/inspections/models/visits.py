from django.db import models
from django.db.models import F, Q

from qinghe.systems.inspections.rules import Verdict

from .checklists import Checklist, Item
from .points import Point

VERDICTS = [
    (Verdict.PASS.value, "达标"),
    (Verdict.FAIL.value, "不达标"),
    (Verdict.NOT_HERE.value, "不适用"),
]


class Visit(models.Model):
    """One inspection of one point by one person, a draft until it is handed in.

    `org` is who cared for the point then. The day on which it was begun decides where it counts.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        SUBMITTED = "submitted", "已提交"
        DROPPED = "dropped", "已放弃"
        VOID = "void", "已作废"

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="visits")
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="visits")
    inspector = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField("开始时间")
    day = models.DateField("巡查日期")
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    notes = models.CharField("巡查说明", max_length=400, blank=True)
    latitude = models.DecimalField("纬度", max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)
    scored = models.PositiveIntegerField("得分", null=True, blank=True)
    full = models.PositiveIntegerField("满分", null=True, blank=True)
    passed = models.BooleanField("达标", null=True, blank=True)
    reason = models.CharField("作废原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [models.Index(name="visit_of_point", fields=["point", "state", "day"])]
        constraints = [
            models.UniqueConstraint(
                name="one_draft_a_point_and_inspector",
                fields=["point", "inspector"],
                condition=Q(state="draft"),
            ),
            models.CheckConstraint(
                name="submitted_visit_has_a_score",
                condition=Q(state__in=["draft", "dropped"], submitted_at__isnull=True)
                | Q(
                    state__in=["submitted", "void"],
                    submitted_at__isnull=False,
                    scored__isnull=False,  # a CHECK over NULL would pass
                    full__isnull=False,
                    full__gt=0,
                    scored__lte=F("full"),
                    passed__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="void_visit_says_why", condition=~Q(state="void") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point}（{self.day.isoformat()}）"


class Answer(models.Model):
    """What one visit says of one item; photos hang on it as attachments."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="answers")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField("结论", max_length=10, choices=VERDICTS, blank=True)
    note = models.CharField("问题说明", max_length=200, blank=True)

    class Meta:
        ordering = ["visit", "item__place"]
        constraints = [
            models.UniqueConstraint(name="item_answered_once", fields=["visit", "item"]),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id}: {self.item_id}"
