from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class State(models.TextChoices):
    CHECKED = "checked", "已核对，待导入"
    REFUSED = "refused", "有问题，待更正"
    LOADING = "loading", "正在导入"
    LOADED = "loaded", "已导入"


class Upload(models.Model):
    """One file taken in as one kind of sheet, and how far it got.

    `written` moves in the same transaction as the rows it counts: after any break it says exactly
    where to go on. The same content is the same upload, whoever brings it.
    """

    sheet = models.CharField("台账", max_length=80)
    file = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="uploads")
    state = models.CharField("状态", max_length=10, choices=State.choices)
    rows = models.PositiveIntegerField("行数", default=0)
    written = models.PositiveIntegerField("已写入", default=0)
    findings = models.JSONField("核对结果", default=dict)
    at = models.DateTimeField("上传时间")
    moved_at = models.DateTimeField("最近进展")
    by = models.CharField("上传人", max_length=80)
    person_id = models.BigIntegerField("上传人编号")

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_upload_per_file", fields=["sheet", "file"]),
            models.CheckConstraint(name="written_within_rows", condition=Q(written__lte=F("rows"))),
            models.CheckConstraint(
                name="loaded_is_whole",
                condition=~Q(state=State.LOADED.value) | Q(written=F("rows")),
            ),
        ]
        indexes: ClassVar = [models.Index(name="upload_of_person", fields=["person_id", "-at"])]

    def __str__(self) -> str:
        return f"{self.sheet} {self.at:%Y-%m-%d}"
