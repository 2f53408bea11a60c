from django.db import models
from django.db.models import Q


class HoursSource(models.Model):
    """Another platform that keeps hours of service and gives them out as lists (其他平台)."""

    name = models.CharField("平台名称", max_length=60, unique=True)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("登记时间")
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="hours_source_has_a_name", condition=~Q(name=""))
        ]

    def __str__(self) -> str:
        return self.name


class SourceColumns(models.Model):
    """Which column of a platform's lists says what (列对应). A change is another version."""

    class Unit(models.TextChoices):
        HOURS = "hours", "小时（如 2.5）"
        MINUTES = "minutes", "分钟（如 150）"
        CLOCK = "clock", "时分（如 2小时30分 或 2:30）"

    source = models.ForeignKey(
        HoursSource, on_delete=models.PROTECT, related_name="versions", db_index=False
    )
    version = models.PositiveSmallIntegerField("版本")
    columns = models.JSONField("列对应")
    unit = models.CharField("时长单位", max_length=7, choices=Unit.choices)
    headings = models.JSONField("样表的列名")
    made_at = models.DateTimeField("保存时间")
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(name="one_version_of_source", fields=["source", "version"]),
            models.CheckConstraint(name="source_version_from_one", condition=Q(version__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.version}"
