"""What registering has to know. The actor is nobody yet."""

import hashlib
from datetime import datetime

from django.db.models import Q, QuerySet

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.access.models import Account
from qinghe.kernel.orgs.kinds import OrgKind, Sector
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import queries as people
from qinghe.kernel.secrets import services as secrets
from qinghe.systems.privacy import models, rules

Registration = models.Registration
LEAST_LETTERS = 2
MOST_CHOICES = 12


def token_hash(actor: Actor, token: str) -> str:
    """Return what is kept of the token that binds a registration to one browser session."""
    return hashlib.sha256(token.encode()).hexdigest()


def registration_by(actor: Actor, token: str, at: datetime) -> models.Registration | None:
    """Return the registration of a browser session while it lasts."""
    if not token:
        return None
    return models.Registration.objects.filter(
        token_hash=token_hash(actor, token), expires_at__gt=at
    ).first()


def typed_in(actor: Actor, registration: models.Registration) -> rules.Typed:
    """Return what was typed so far."""
    place = secrets.place(registration, "typed")
    return rules.typed_from(secrets.unseal(registration.typed, about=place))


def has_account(actor: Actor, phone: str) -> bool:
    """Test if anybody reached by this phone signs in already. Never to be told on a page."""
    holders = [person.pk for person in people.by_phone(phone)]
    return Account.objects.filter(person_id__in=holders).exists()


def is_known(actor: Actor, phone: str, name: str) -> bool:
    """Test if somebody of this name is on the books at a phone that was just proved."""
    return any(person.name == name for person in people.by_phone(phone))


def orgs_to_choose(actor: Actor, words: str = "") -> QuerySet[Org]:
    """Return the open communities and schools that people register with, by name."""
    schools = Q(kind=OrgKind.LEAGUE_COMMITTEE, sector=Sector.SCHOOL)
    found = Org.objects.filter(Q(kind=OrgKind.COMMUNITY) | schools, closed_on__isnull=True)
    return found.filter(name__icontains=words).order_by("name", "pk") if words else found
