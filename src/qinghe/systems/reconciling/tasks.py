"""Comparing an export with the rolls, as the person who uploaded it, in the background."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from qinghe.edges.jobs.runners import Result, Runner, Running
from qinghe.kernel.files import services as files
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused

from . import forms, queries, rules, services


def compare(job: Running) -> Result:
    """Compare line by line in chunks; run again after a break, it writes what is lacking.

    Raises Refused: not_allowed, run_over, already_running and the codes of forms.read_export.
    """
    run = get_object_or_404(queries.runs_seen_by(job.by), pk=int(job.arguments["run"]))
    url = reverse("reconciling:run", args=[run.pk])
    if run.state != queries.RunState.WAITING:
        return Result(url=url, words=f"这次对账{run.get_state_display()}。")
    try:
        rows = _compare(run, job)
    except Refused as refused:
        if refused.code not in ("already_running", "run_over", "not_allowed"):
            services.fail_run(run=run, reason=refused.reason, at=job.at, by=job.by)
        raise
    return Result(
        url=url,
        words=f"已核对{rows:,}行。",
        settle=lambda: services.finish_run(run=run, at=job.at, by=job.by),
    )


def _compare(run: queries.Run, job: Running) -> int:
    with files.laid_open(run.file) as path:
        export = forms.read_export(path, columns=run.columns.columns)
    on = local_day(job.at)
    left = queries.judged(job.by, run, export.told, whole=export.whole, on=on)
    total, done = len(export.told), run.written
    for part in rules.chunks_of(len(left), size=services.CHUNK):
        done = services.keep_rows(run=run, done=done, some=left[part], at=job.at, by=job.by)
        job.progress(done, total)
    extra = queries.not_in_export(job.by, run, on=on)
    for part in rules.chunks_of(len(extra), size=services.CHUNK):
        services.keep_extras(run=run, some=extra[part], at=job.at, by=job.by)
        job.progress(total, total)
    return total


COMPARE = Runner(kind=services.KIND, label="名册对账", run=compare, cancellable=False)
