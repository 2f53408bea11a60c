"""Reading what is kept with a record. Who may see the record is for its own page to say."""

from django.db.models import Model, QuerySet

from . import models


def attachments_of(subject: Model) -> QuerySet[models.Attachment]:
    """Return the files kept with a record, newest first."""
    return models.Attachment.objects.filter(
        subject_kind=subject._meta.label, subject_id=subject.pk, removed_at__isnull=True
    ).select_related("file")
