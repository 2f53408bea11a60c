from typing import ClassVar

from django.db import models

from qinghe.kernel.secrets.fields import SealedField


class File(models.Model):
    """One kept file, once for its content; where it is used is said by what refers to it.

    `key` opens the content, and is itself sealed by the house: who changes the house's keys writes no
    file anew. Without one the content was wiped, or lies in clear as an older house kept it.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=160)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    stored_as = models.CharField(max_length=120, unique=True)
    key = SealedField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return self.name


class Attachment(models.Model):
    """A file kept with one record, named by its kind and key: any record may have some."""

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="attachments")
    subject_kind = models.CharField("记录种类", max_length=60)
    subject_id = models.BigIntegerField("记录编号")
    label = models.CharField("说明", max_length=80, blank=True)
    name = models.CharField("文件名", max_length=160)
    at = models.DateTimeField("上传时间")
    by = models.CharField("上传人", max_length=80)
    person_id = models.BigIntegerField("上传人编号")
    removed_at = models.DateTimeField("移除时间", null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="attached_once",
                fields=["subject_kind", "subject_id", "file"],
                condition=models.Q(removed_at__isnull=True),
            )
        ]
        indexes: ClassVar = [
            models.Index(name="attachment_of", fields=["subject_kind", "subject_id"])
        ]

    def __str__(self) -> str:
        return self.name
