"""Reads of persons that have no viewer: services, sheets and commands use them."""

from . import models


def by_number(number: str) -> models.Person | None:
    """Return the person with this number."""
    return models.Person.objects.filter(number=number).first()
