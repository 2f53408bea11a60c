"""The one task that the queue knows of us: run this job."""

from django_tasks import task

from . import running

LONG = "long"  # a lane of its own: a message does not wait behind a large import


@task(queue_name=LONG)
def run_job(job_id: int) -> None:
    """Run a job to its end; a second call finds nothing to do."""
    running.run(job_id)
