from typing import ClassVar

from django.db import models


class File(models.Model):
    """One kept file, once for its content; where it is used is said by what refers to it."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=160)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    stored_as = models.CharField(max_length=120, unique=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return self.name
