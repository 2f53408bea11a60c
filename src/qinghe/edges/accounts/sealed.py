"""Where the secrets of second factors lie."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User

from qinghe.kernel.secrets import services as secrets

from . import models

KINDS = ("secret", "seed")


def put_away(text: str, *, user: User) -> str:
    """Seal a secret and return the number under which it lies."""
    row = models.FactorSecret.objects.create(user=user)
    row.sealed = secrets.seal(text, about=secrets.place(row, "sealed"))
    row.save(update_fields=["sealed"])
    return str(row.pk)


def fetch(number: str) -> str:
    """Return the secret under a number. Raises Refused: key_missing, sealed_damaged."""
    row = models.FactorSecret.objects.get(pk=int(number))
    return secrets.unseal(row.sealed, about=secrets.place(row, "sealed"))


def drop_unused(*, user: User) -> None:
    """Forget the secrets of factors that are no more."""
    data = Authenticator.objects.filter(user=user).values_list("data", flat=True)
    used = [int(one[kind]) for one in data for kind in KINDS if kind in one]
    models.FactorSecret.objects.filter(user=user).exclude(pk__in=used).delete()
