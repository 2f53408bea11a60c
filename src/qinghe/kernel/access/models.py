from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .actors import Role


class Account(models.Model):
    """Binds a sign-in account to the person behind it."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    person = models.OneToOneField("people.Person", on_delete=models.PROTECT)

    def __str__(self) -> str:
        return f"account of {self.person_id}"


class Holding(models.Model):
    """A role that a person holds at one organisation, from one day up to another."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="holdings")
    role = models.CharField(max_length=30, choices=[(role.value, role.label) for role in Role])
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="holdings")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_open_holding",
                fields=["person", "role", "org"],
                condition=Q(ends_on__isnull=True),
            ),
            models.CheckConstraint(
                name="holding_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} at {self.org_id}"
