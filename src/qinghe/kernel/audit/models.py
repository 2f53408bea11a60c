from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """One thing someone did. No foreign keys: the trail outlives what it describes.

    A service call on one record covers that record (`first_id` equals `last_id`); a chunk of a
    bulk upload covers all the records it made, exact ranges in `detail["ids"]`.
    """

    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    detail = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [
            models.Index(name="entry_about", fields=["subject_kind", "first_id", "last_id"]),
            models.Index(name="entry_when", fields=["at"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="entry_range_is_ordered",
                condition=models.Q(last_id__gte=models.F("first_id")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by} {self.verb}"
