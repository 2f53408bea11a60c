"""What review does in the background: making the rolls of a whole district, and registering it."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from qinghe.edges.jobs.runners import Result, Runner, Running
from qinghe.kernel.orgs.models import Org

from . import queries, services

LIST = "appraisals.list_members"
REGISTER = "appraisals.register_many"
AT_ONCE = 200  # branches registered in one transaction


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


def register_many(job: Running) -> Result:
    """Register all branches that are ready, some at a time; run again, it registers those left."""
    seen = queries.campaigns_seen_by(job.by)
    campaign = get_object_or_404(seen, pk=int(job.arguments["campaign"]))
    org = get_object_or_404(Org, pk=int(job.arguments["org"]))
    ready = queries.rolls_to_register(job.by, campaign, org)
    keys, made = list(ready.values_list("pk", flat=True)), 0
    for start in range(0, len(keys), AT_ONCE):
        part = keys[start : start + AT_ONCE]
        made += services.register_many(rolls=part, at=job.at, by=job.by)
        job.progress(start + len(part), len(keys))
    url = reverse("appraisals:campaign_register", args=[campaign.pk])
    return Result(
        url=f"{url}?org={org.code}", words=f"{org.name}：{made:,}个支部已办理年度团籍注册。"
    )


REGISTER_MANY = Runner(kind=REGISTER, label="成批年度团籍注册", run=register_many)
LIST_MEMBERS = Runner(kind=LIST, label="生成评议名单", run=list_members)
