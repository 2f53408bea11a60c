"""Where an actor may look."""

from django.db.models import QuerySet

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.joining.access import Act


def orgs_seen_by(actor: Actor) -> QuerySet[Org]:
    """Return the open organisations in which this actor may see records, in the tree's order."""
    return actors.orgs_where(actor, Act.SEE).filter(closed_on__isnull=True).order_by("path")
