"""What a person has been told, and how they want to be told."""

from django.db.models import QuerySet

from . import models
from .kinds import Channel, Kind
from .models import Notice, Preference
from .rules import Wish


def notices_of(person_id: int) -> QuerySet[Notice]:
    """Return a person's notices, newest first."""
    return Notice.objects.filter(person_id=person_id)


def unread_of(person_id: int) -> QuerySet[Notice]:
    """Return a person's notices that they have not read, newest first."""
    return notices_of(person_id).filter(read_at__isnull=True)


def preference_of(person_id: int) -> Preference:
    """Return how a person wants to be told; one who never chose wants nothing outside."""
    found = Preference.objects.filter(person_id=person_id).first()
    return found or Preference(person_id=person_id)


def wish_of(preference: Preference) -> Wish:
    """Return a preference as the rules read it."""
    return Wish(
        chosen=preference.chosen,
        quiet_from=preference.quiet_from,
        quiet_until=preference.quiet_until,
        digest_at=preference.digest_at,
    )


def outgoing() -> QuerySet[models.Outgoing]:
    """Return what a demo or a test would have sent, newest first. Show it in a demo only."""
    return models.Outgoing.objects.all()


__all__ = [
    "Channel",
    "Kind",
    "Notice",
    "Preference",
    "notices_of",
    "outgoing",
    "preference_of",
    "unread_of",
    "wish_of",
]
