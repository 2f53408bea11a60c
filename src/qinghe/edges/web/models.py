"""What the frame keeps for one person: views they saved, forms not sent yet, how much they look at."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class SavedView(models.Model):
    """A filter and an order of one list, under a name that its person gave it."""

    person_id = models.BigIntegerField("人员编号")
    path = models.CharField("列表", max_length=200)
    name = models.CharField("名称", max_length=20)
    query = models.CharField("筛选和排序", max_length=1000)
    is_default = models.BooleanField("打开时先看", default=False)
    at = models.DateTimeField("保存时间")

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_view_of_a_name", fields=["person_id", "path", "name"]
            ),
            models.UniqueConstraint(
                name="one_default_view",
                fields=["person_id", "path"],
                condition=Q(is_default=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Draft(models.Model):
    """What a person has typed into one form and not sent. Never what is kept sealed elsewhere."""

    person_id = models.BigIntegerField("人员编号")
    form = models.CharField("表单", max_length=120)
    values = models.JSONField("已填内容", default=dict)
    at = models.DateTimeField("保存时间")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_draft_of_a_form", fields=["person_id", "form"])
        ]
        indexes: ClassVar = [models.Index(name="draft_when", fields=["at"])]

    def __str__(self) -> str:
        return self.form


class Looking(models.Model):
    """How many records about people an account opened within ten minutes (bar 27)."""

    person_id = models.BigIntegerField("人员编号")
    since = models.DateTimeField("起始时间")
    looks = models.PositiveIntegerField("次数", default=1)
    alarmed_at = models.DateTimeField("告警时间", null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_count_of_a_slot", fields=["person_id", "since"])
        ]

    def __str__(self) -> str:
        return f"{self.person_id} since {self.since}"
