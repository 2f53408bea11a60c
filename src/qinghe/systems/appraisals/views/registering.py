"""Registering all branches of an organisation that are ready, and seeing who is not, and why."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.jobs import services as jobs
from qinghe.edges.web import doors, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.lib.verdicts import Refused
from qinghe.systems.appraisals import queries
from qinghe.systems.appraisals.access import Act

from .tables import NotReadyTable


def campaign_register(request: Request, campaign_id: int) -> HttpResponse:
    """Show who is ready below the chosen organisation; on POST, register them all as a job."""
    found = get_object_or_404(queries.campaigns_seen_by(request.actor), pk=campaign_id)
    org = request.scope.org
    doors.require_at(request.actor, Act.KEEP, org=org)
    ready = queries.readiness(request.actor, found, org)
    if request.method == "POST":
        if not ready.ready:
            raise Refused("nobody_ready", f"{org.name}没有等次已批准、待注册的支部，没有办理。")
        job = jobs.start(
            kind="appraisals.register_many",
            title=f"{org.name}{found.year}年度团籍注册",
            arguments={"campaign": found.pk, "org": org.pk},
            at=timezone.now(),
            by=request.actor,
        )
        return redirect("jobs:job", job.pk)
    waiting = queries.rolls_not_ready(request.actor, found, org)
    return pages.page(
        request,
        "appraisals/register.html",
        title=f"{found.year}年度团籍注册：成批办理",
        org=org,
        ready=ready,
        table=tables.paged(request, NotReadyTable, waiting),
        back=pages.Link(str(found), reverse("appraisals:campaign", args=[found.pk])),
    )
