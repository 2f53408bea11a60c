"""Reads about the demo itself."""

from dataclasses import dataclass

from django.db.models import QuerySet

from qinghe.kernel.access.models import Account, Holding
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person

from . import models


def mark() -> models.Mark | None:
    """Return the mark of a demo database."""
    return models.Mark.objects.first()


def is_demo() -> bool:
    """Test if this database holds invented people only."""
    return models.Mark.objects.exists()


def is_used() -> bool:
    """Test if this database holds anything but a demo."""
    return not is_demo() and (Org.objects.exists() or Person.objects.exists())


@dataclass(frozen=True)
class Member:
    """Somebody of the demo's cast who can be looked through."""

    account_id: int
    name: str
    roles: tuple[str, ...]


def cast() -> list[Member]:
    """Return who can be entered as, those who see most first."""
    accounts = Account.objects.select_related("person").order_by("pk")
    holdings = _by_person(Holding.objects.filter(ends_on__isnull=True).select_related("org"))
    return [
        Member(account.pk, account.person.name, tuple(holdings.get(account.person_id, ())))
        for account in accounts
    ]


def has_account(username: str) -> bool:
    """Test if somebody of the cast has this account already."""
    return Account.objects.filter(user__username=username).exists()


def account(pk: int) -> Account | None:
    """Return one account of the cast."""
    return Account.objects.select_related("user").filter(pk=pk).first()


def _by_person(holdings: QuerySet[Holding]) -> dict[int, list[str]]:
    roles: dict[int, list[str]] = {}
    for holding in holdings:
        label = f"{holding.org.name} · {holding.get_role_display()}"
        roles.setdefault(holding.person_id, []).append(label)
    return roles
