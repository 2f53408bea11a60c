"""What review does in the background: making the rolls of a whole district."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from qinghe.edges.jobs.runners import Result, Runner, Running

from . import queries, services

LIST = "appraisals.list_members"


def list_members(job: Running) -> Result:
    """Make the rolls of a campaign, some branches at a time; run again, it makes what is lacking."""
    seen = queries.campaigns_seen_by(job.by)
    campaign = get_object_or_404(seen, pk=int(job.arguments["campaign"]))
    parts = list(queries.branches_to_list(job.by, campaign))
    made = 0
    for done, orgs in enumerate(parts, start=1):
        made += services.list_members(campaign=campaign, orgs=orgs, at=job.at, by=job.by)
        job.progress(done, len(parts))
    services.note_listed(campaign=campaign, at=job.at, by=job.by)
    branches = sum(map(len, parts))
    return Result(
        url=reverse("appraisals:campaign", args=[campaign.pk]),
        words=f"{branches:,}个支部的评议名单已备好，新列入{made:,}人。",
    )


LIST_MEMBERS = Runner(kind=LIST, label="生成评议名单", run=list_members)
