"""Schools, and where an actor may do what."""

from django.db.models import QuerySet

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.pioneers.access import Act
from qinghe.systems.pioneers.models.schools import IS_CORPS, IS_SCHOOL


def orgs_for(actor: Actor, act: Act) -> QuerySet[Org]:
    """Return the open schools, streets and districts in which this actor may do an act."""
    places = actors.orgs_where(actor, act).filter(IS_SCHOOL | IS_CORPS)
    return places.filter(closed_on__isnull=True)


def org_ids_where(actor: Actor, act: Act) -> dict[str, int]:
    """Return the keys of the organisations in which this actor may do an act, by their codes."""
    return dict(orgs_for(actor, act).values_list("code", "pk"))


def may_hold(actor: Actor, org: Org) -> bool:
    """Test if an organisation is a school, or a street or district whose schools meet."""
    return Org.objects.filter(IS_SCHOOL | IS_CORPS, pk=org.pk).exists()


def is_school(actor: Actor, org: Org) -> bool:
    """Test if an organisation is a school, and none of the branches below it."""
    return Org.objects.filter(IS_SCHOOL, pk=org.pk).exists()
