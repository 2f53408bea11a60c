"""Finding out who somebody is today."""

from datetime import date

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q

from . import models
from .actors import Actor, Held, Role

NOBODY = Actor(person_id=0, name="未登录")


def actor_of(user: AbstractBaseUser | AnonymousUser, day: date) -> Actor:
    """Return the actor behind a signed-in account with the roles held on a day."""
    if not user.is_authenticated:
        return NOBODY
    account = models.Account.objects.select_related("person").filter(user_id=user.pk).first()
    return actor_of_person(account.person_id, account.person.name, day) if account else NOBODY


def actor_of_person(person_id: int, name: str, day: date) -> Actor:
    """Return a person as an actor with the roles held on a day."""
    holdings = models.Holding.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day), person_id=person_id, starts_on__lte=day
    ).select_related("org")
    held = tuple(Held(Role(holding.role), holding.org.path) for holding in holdings)
    return Actor(person_id=person_id, name=name, holdings=held)
