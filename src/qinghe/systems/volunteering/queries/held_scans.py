"""Scans that wait for the host to look at them."""

from django.db.models import Q, QuerySet

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.systems.volunteering import models
from qinghe.systems.volunteering.access import Act

Scan = models.Scan


def held_scans_for(actor: Actor) -> QuerySet[models.Scan]:
    """Return the held scans that this actor may decide on, those waiting longest first; not their own.

    The state is asked as the small index says it.
    """
    return (
        models.Scan.objects.filter(
            Q(verdict="held") | Q(verdict="waiting"),
            verdict="held",
            session__org__in=actors.orgs_where(actor, Act.CORRECT),
        )
        .exclude(volunteer__person=actor.person_id)
        .select_related("session__org", "volunteer__person")
        .order_by("received_at", "pk")
    )
