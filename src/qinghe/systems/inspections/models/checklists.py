from django.db import models
from django.db.models import Q

from qinghe.systems.inspections.rules import Photo

PHOTOS = [
    (Photo.NEVER.value, "不需要"),
    (Photo.IF_FAILED.value, "不达标时"),
    (Photo.ALWAYS.value, "每次"),
]


class Checklist(models.Model):
    """One version of what is looked at, for one kind of point or, without a kind, for all others.

    A version never changes: a visit keeps the one that it was made by. `source` says where its
    items come from, since what 三有 means is local.
    """

    kind = models.ForeignKey(
        "inspections.Kind", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField("版本")
    title = models.CharField("名称", max_length=60)
    source = models.CharField("依据", max_length=200)
    pass_mark = models.PositiveSmallIntegerField("达标分")
    starts_on = models.DateField("起用日期")

    class Meta:
        ordering = ["kind__order", "-starts_on", "-version"]
        constraints = [
            models.UniqueConstraint(
                name="checklist_version_once", fields=["version"], condition=Q(kind__isnull=True)
            ),
            models.UniqueConstraint(name="checklist_version_a_kind", fields=["kind", "version"]),
            models.CheckConstraint(
                name="checklist_can_be_passed", condition=Q(pass_mark__range=(1, 100))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（第{self.version}版）"


class Item(models.Model):
    """One thing to look at; a veto that fails keeps a point from passing, whatever its points."""

    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="items")
    place = models.PositiveSmallIntegerField("序号")
    text = models.CharField("检查项", max_length=120)
    weight = models.PositiveSmallIntegerField("分值")
    veto = models.BooleanField("一票否决")
    photo = models.CharField("照片", max_length=10, choices=PHOTOS)
    days = models.PositiveSmallIntegerField("整改期限（工作日）")

    class Meta:
        ordering = ["checklist", "place"]
        constraints = [
            models.UniqueConstraint(name="item_place_once", fields=["checklist", "place"]),
            models.CheckConstraint(name="item_weighs_something", condition=Q(weight__gt=0)),
            models.CheckConstraint(name="item_gives_time", condition=Q(days__gt=0)),
        ]

    def __str__(self) -> str:
        return self.text
