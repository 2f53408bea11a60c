from typing import ClassVar

from django.db import models

from . import chain


class Outcome(models.TextChoices):
    DONE = "done", "已办理"
    REFUSED = "refused", "未办理"


class Entry(models.Model):
    """One thing someone did. No foreign keys: the trail outlives what it describes.

    A service call on one record covers that record (`first_id` equals `last_id`); a chunk of a
    bulk upload covers all the records it made, exact ranges in `detail["ids"]`; an event such as a
    sign-in is about no record. Each is sealed together with the one before it (ADR 0013); the
    database refuses to change one, and to delete a young one.
    """

    seq = models.BigIntegerField(unique=True)  # 1, 2, 3 … without a gap
    at = models.DateTimeField()
    by = models.CharField(max_length=160)
    person_id = models.BigIntegerField(default=0)
    verb = models.CharField(max_length=60)
    area = models.CharField(max_length=30)  # the verb's first word, to look entries up by
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.DONE)
    subject_kind = models.CharField(max_length=60, blank=True)
    first_id = models.BigIntegerField(default=0)
    last_id = models.BigIntegerField(default=0)
    org_id = models.BigIntegerField(default=0)  # whose record it is, where the record says so
    detail = models.JSONField(default=dict)
    address = models.CharField(max_length=45, blank=True)
    request_id = models.CharField(max_length=36, blank=True)
    account_id = models.BigIntegerField(default=0)
    algorithm = models.CharField(max_length=30)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [
            models.Index(name="entry_about", fields=["subject_kind", "first_id", "last_id"]),
            models.Index(
                name="entry_chunk",
                fields=["subject_kind", "first_id"],
                condition=models.Q(last_id__gt=models.F("first_id")),
            ),
            models.Index(name="entry_when", fields=["at", "seq"]),
            models.Index(name="entry_who", fields=["person_id", "at", "seq"]),
            models.Index(name="entry_area", fields=["area", "at", "seq"]),
            models.Index(name="entry_verb", fields=["verb", "at", "seq"]),
            models.Index(
                name="entry_org",
                fields=["org_id", "at", "seq"],
                condition=models.Q(org_id__gt=0),
            ),
            models.Index(
                name="entry_refused",
                fields=["at", "seq"],
                condition=models.Q(outcome=Outcome.REFUSED),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="entry_range_is_ordered",
                condition=models.Q(last_id__gte=models.F("first_id")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by} {self.verb}"

    def link(self) -> chain.Link:
        """Return this entry as a link of the chain."""
        content = tuple(getattr(self, name) for name in chain.FIELDS)
        return chain.Link(seq=self.seq, previous=self.previous, content=content)


class Head(models.Model):
    """The newest entry of the chain: one row, on which all who write an entry wait in line."""

    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="one_head", condition=models.Q(id=1)),
        ]

    def __str__(self) -> str:
        return f"entry {self.seq}"
