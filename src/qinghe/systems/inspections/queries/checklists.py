from django.db.models import Count, QuerySet

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.systems.inspections import models
from qinghe.systems.inspections.access import Act

Checklist = models.Checklist


def checklists(actor: Actor) -> QuerySet[Checklist]:
    """Return all versions for whoever looks at inspections anywhere, the newest of a kind first."""
    if not actors.may_anywhere(actor, Act.SEE):
        return Checklist.objects.none()
    return Checklist.objects.select_related("kind").annotate(lines=Count("items"))


def newest_of(actor: Actor, kind: models.Kind | None) -> Checklist | None:
    """Return the newest version for a kind of points, or for all, to begin the next one with."""
    return checklists(actor).filter(kind=kind).order_by("-version").first()
