"""What returns do in the background: accepting many filings, chunk after chunk."""

from django.urls import reverse

from qinghe.edges.jobs.runners import Result, Runner, Running
from qinghe.lib import sentences

from . import queries, services

ACCEPT = "returns.accept_many"
FIRST_REASONS = 3


def accept_many(job: Running) -> Result:
    """Accept the filings that were chosen; one that cannot be is left, and said why."""
    chosen = [int(key) for key in str(job.arguments["filings"]).split(",") if key]
    accepted, refused = 0, []
    for start in range(0, len(chosen), services.MOST_AT_ONCE):
        part = chosen[start : start + services.MOST_AT_ONCE]
        waiting = list(queries.reviewable(job.by).filter(pk__in=part))
        outcome = services.accept_many(filings=waiting, at=job.at, by=job.by)
        accepted += len(outcome.accepted)
        refused += [refusal.reason for refusal in outcome.refused.values()]
        job.progress(min(start + len(part), len(chosen)), len(chosen))
    left = len(chosen) - accepted
    words = f"已通过{accepted}份。"
    if left:
        why = "；".join(
            dict.fromkeys(sentences.inside(reason) for reason in refused[:FIRST_REASONS])
        )
        words = f"已通过{accepted}份，{left}份未办理：{why or '已由他人办理或不再待审核'}。"
    return Result(url=reverse("returns:to_review"), words=words)


ACCEPT_MANY = Runner(kind=ACCEPT, label="批量通过报送", run=accept_many)
