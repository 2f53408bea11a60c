from django.db import models
from django.db.models import F, Q

from .parts import Part
from .projects import JointProject


class Means(models.Model):
    """What a project has to work with: money in whole yuan, rooms, people, goods."""

    class Kind(models.TextChoices):
        MONEY = "money", "经费"
        VENUE = "venue", "场地"
        PEOPLE = "people", "人员"
        GOODS = "goods", "物资"

    project = models.ForeignKey(JointProject, on_delete=models.PROTECT, related_name="means")
    kind = models.CharField("类别", max_length=8, choices=Kind.choices)
    name = models.CharField("资源", max_length=60)
    quantity = models.PositiveIntegerField("数量")
    unit = models.CharField("单位", max_length=8)

    class Meta:
        ordering = ["project", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(name="means_once_a_project", fields=["project", "name"]),
            models.CheckConstraint(name="means_are_some", condition=Q(quantity__gt=0)),
        ]

    def __str__(self) -> str:
        return self.name


class Allotment(models.Model):
    """How much of some means one part gets; a community's comes out of its street's.

    `used` is what the part itself used of it, told when it is handed in.
    """

    means = models.ForeignKey(Means, on_delete=models.PROTECT, related_name="allotments")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="allotments")
    quantity = models.PositiveIntegerField("分到")
    used = models.PositiveIntegerField("使用", null=True, blank=True)

    class Meta:
        ordering = ["means", "part"]
        constraints = [
            models.UniqueConstraint(name="one_allotment_a_part", fields=["means", "part"]),
            models.CheckConstraint(
                name="no_more_used_than_allotted",
                condition=Q(used__isnull=True) | Q(used__lte=F("quantity")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} for {self.part_id}"
