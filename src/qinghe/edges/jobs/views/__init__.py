"""Pages under /jobs/: long work, and what was taken out of the house."""

from .exports import (
    export,
    export_approve,
    export_new,
    export_refuse,
    exports,
    exports_waiting,
)
from .jobs import job, job_cancel, job_file, jobs

__all__ = [
    "export",
    "export_approve",
    "export_new",
    "export_refuse",
    "exports",
    "exports_waiting",
    "job",
    "job_cancel",
    "job_file",
    "jobs",
]
