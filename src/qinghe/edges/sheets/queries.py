"""What an actor may upload, and what they have uploaded."""

from django.db.models import QuerySet

from qinghe.edges.jobs.models import Job
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor

from . import loading, models, services
from .declarations import Sheet


def sheets_open_to(actor: Actor) -> list[Sheet]:
    """Return the sheets this actor may upload somewhere."""
    return [sheet for sheet in services.sheets() if actors.may_anywhere(actor, sheet.act)]


def uploads_of(actor: Actor) -> QuerySet[models.Upload]:
    """Return this actor's own uploads, newest first."""
    return models.Upload.objects.filter(person_id=actor.person_id).select_related("file")


def job_of(upload: models.Upload) -> Job | None:
    """Return the latest job that loads an upload, if there was one."""
    jobs = Job.objects.filter(kind=loading.KIND, person_id=upload.person_id)
    return jobs.filter(arguments__upload=upload.pk).first()
