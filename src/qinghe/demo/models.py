from django.db import models


class Mark(models.Model):
    """Says that this database holds an invented district, of which size, and how to enter it."""

    size = models.CharField(max_length=10)
    token = models.CharField(max_length=64)
    begun_at = models.DateTimeField()
    complete = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.size
