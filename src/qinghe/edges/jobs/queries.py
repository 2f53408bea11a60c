"""What an actor asked for, and what waits for their word."""

from django.db.models import QuerySet

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor

from . import models
from .access import Act


def jobs_of(actor: Actor) -> QuerySet[models.Job]:
    """Return this actor's own jobs, newest first."""
    return models.Job.objects.filter(person_id=actor.person_id)


def exports_of(actor: Actor) -> QuerySet[models.Export]:
    """Return this actor's own exports, newest first."""
    return models.Export.objects.filter(person_id=actor.person_id).select_related("org", "job")


def exports_waiting_for(actor: Actor) -> QuerySet[models.Export]:
    """Return the exports of others that this actor may agree to, longest waiting first."""
    return (
        models.Export.objects.filter(
            state=models.ExportState.WAITING,
            org__in=actors.orgs_where(actor, Act.APPROVE_EXPORT),
        )
        .exclude(person_id=actor.person_id)
        .select_related("org", "job")
        .order_by("at", "pk")
    )


def exports_seen_by(actor: Actor) -> QuerySet[models.Export]:
    """Return an actor's own exports and those of others within their say, newest first."""
    return (
        models.Export.objects.filter(org__in=actors.orgs_where(actor, Act.APPROVE_EXPORT))
        | models.Export.objects.filter(person_id=actor.person_id)
    ).select_related("org", "job")
