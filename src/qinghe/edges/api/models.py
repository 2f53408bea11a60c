from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Token(models.Model):
    """Lets a program act as an account, within scopes and until a moment. Only its hash is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="api_tokens"
    )
    name = models.CharField("名称", max_length=60)
    begins = models.CharField(max_length=8)  # the first letters, to tell one token from another
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField()  # acts, or what several acts begin with
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="token_expires_after_it_was_made",
                condition=Q(expires_at__gt=F("made_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.begins}… {self.name}"

    def is_good(self, at: datetime) -> bool:
        """Test if the token opens anything at a moment."""
        return self.revoked_at is None and self.made_at <= at < self.expires_at


class Answer(models.Model):
    """What a request under an idempotency key was answered: a repeat gets the same, once done."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    key = models.CharField(max_length=100)
    asked = models.CharField(max_length=64)  # the fingerprint of method, address and body
    status = models.PositiveSmallIntegerField(default=0)
    media_type = models.CharField(max_length=60, blank=True)
    body = models.TextField(blank=True)
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_answer_a_key", fields=["user", "key"]),
        ]

    def __str__(self) -> str:
        return self.key
