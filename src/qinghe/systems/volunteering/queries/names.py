"""How people are named in lines of the inbox."""

from django.utils import timezone

from qinghe.kernel.access import levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person


def name_in_line(actor: Actor, person: Person, *, at: Org) -> str:
    """Return somebody's name as a list shows it to an actor today (S-04)."""
    return levels.short_name(actor, person, at=at, on=timezone.localdate())
