from django.db import models
from django.db.models import Q


class RollSource(models.Model):
    """A system of record beside this one that gives out who is a League member (名册来源)."""

    name = models.CharField("来源名称", max_length=60, unique=True)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("登记时间")
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(name="roll_source_has_a_name", condition=~Q(name=""))]

    def __str__(self) -> str:
        return self.name


class RollColumns(models.Model):
    """Which column of a source's exports says what (名册列对应). A change is another version."""

    source = models.ForeignKey(
        RollSource, on_delete=models.PROTECT, related_name="versions", db_index=False
    )
    version = models.PositiveSmallIntegerField("版本")
    columns = models.JSONField("列对应")
    headings = models.JSONField("样表的列名")
    made_at = models.DateTimeField("保存时间")
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(name="one_version_of_roll", fields=["source", "version"]),
            models.CheckConstraint(name="roll_version_from_one", condition=Q(version__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.version}"
