"""What the worker does for notices."""

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from . import sending


@task()
def deliver() -> None:
    """Send what is due, and come back for what was left and what has to be tried again."""
    run = sending.deliver_due(at=timezone.now())
    if run.more:
        deliver.enqueue()
    for moment in run.again:
        deliver_at(moment)


def deliver_at(moment: datetime) -> None:
    """Ask for a run at a moment; one that has passed means at once."""
    deliver.using(run_after=moment).enqueue()
