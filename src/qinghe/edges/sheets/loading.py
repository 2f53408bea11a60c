"""Loading a large upload as a job: it goes on where it stopped, and never writes a row twice."""

from django.urls import reverse

from qinghe.edges.jobs.runners import Result, Runner, Running
from qinghe.lib.verdicts import Refused

from . import models, services

KIND = "sheets.load"


def run(job: Running) -> Result:
    """Load a checked upload as the person who sent it, chunk by chunk.

    Raises Refused: not_allowed, already_running, stopped_midway, has_problems.
    """
    upload = models.Upload.objects.select_related("file").get(pk=job.arguments["upload"])
    url = reverse("sheets:upload", args=[upload.pk])
    if upload.state == models.State.LOADED:
        return Result(url=url, words=f"已导入{upload.written:,}行。")
    outcome = services.load(
        sheet=services.sheet_of(upload.sheet),
        upload=upload,
        by=job.by,
        at=job.at,
        progress=job.progress,
    )
    if outcome.problems:
        raise Refused(
            "has_problems",
            f"再次核对时有{len(outcome.problems):,}处问题，没有写入新的行；"
            "请到“导入记录”打开这次导入，下载有问题的行更正。",
        )
    return Result(url=url, words=f"已导入{outcome.written:,}行。")


RUNNER = Runner(kind=KIND, label="导入台账", run=run)
