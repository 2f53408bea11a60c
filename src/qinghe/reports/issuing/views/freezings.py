from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.analytics.models import Freezing
from qinghe.edges.jobs import services as jobs
from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.lib import periods
from qinghe.reports.half_year import queries as half_year
from qinghe.reports.issuing import forms, queries, runners


def freezings(request: Request) -> HttpResponse:
    """List the freezings of the chosen period, and say if it can be frozen."""
    period, now = request.scope.period, timezone.now()
    return pages.page(
        request,
        "issuing/freezings.html",
        title=f"{period.label}数字封存",
        opened=queries.state_of_facts(request.actor, period, at=now),
        rows=queries.freezings_seen_by(request.actor).filter(period=period.name),
        others=queries.freezings_seen_by(request.actor).exclude(period=period.name)[:20],
        period=period,
    )


def freeze(request: Request) -> HttpResponse:
    """Ask for a freezing of the chosen period."""
    period, now = request.scope.period, timezone.now()
    opened = queries.state_of_facts(request.actor, period, at=now)
    form = forms.FreezeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"].strip()
        if opened.before and not reason:
            form.add_error("reason", "这一期间已经封存过，请写明再次封存的原因。")
        elif opened.hindrance:
            form.add_error(None, opened.hindrance)
        else:
            job = jobs.start(
                kind=runners.FREEZE,
                title=f"封存{period.label}的数字",
                arguments={
                    "period": period.name,
                    "reason": reason,
                    "rebuild": int(form.cleaned_data["rebuild"]),
                },
                at=now,
                by=request.actor,
            )
            return redirect("jobs:job", job.pk)
    again = ["reason"] if opened.before else []
    return pages.form_page(
        request,
        title=f"封存{period.label}的数字",
        form=form,
        groups=[("封存", [*again, "rebuild"])],
        submit="封存",
        note="按期末的组织树封存全部组织的全部数字，连同每个数字背后的记录；封存后不能改动。",
        back=pages.Link("数字封存", reverse("issuing:freezings")),
    )


def freezing(request: Request, freezing_id: int) -> HttpResponse:
    """Show one freezing with its files and their hashes."""
    found = _seen(request, freezing_id)
    if not queries.may_freeze(request.actor):
        raise Http404
    return pages.page(
        request,
        "issuing/freezing.html",
        title=f"{periods.parse(found.period).label}第{found.number}次封存",
        freezing=found,
        files=queries.files_of(request.actor, found),
        corrections=found.corrections.all(),
        back=pages.Link("数字封存", f"{reverse('issuing:freezings')}?period={found.period}"),
    )


@require_POST
def recount(request: Request, freezing_id: int) -> HttpResponse:
    """Ask for a freezing to be counted again."""
    found = _seen(request, freezing_id)
    if not queries.may_freeze(request.actor):
        raise Http404
    job = jobs.start(
        kind=runners.RECOUNT,
        title=f"重算核对：{periods.parse(found.period).label}第{found.number}次封存",
        arguments={"freezing": found.pk},
        at=timezone.now(),
        by=request.actor,
    )
    return redirect("jobs:job", job.pk)


def figure(request: Request, freezing_id: int, code: str, org: str) -> HttpResponse:
    """Show one frozen figure with the records it was counted from."""
    found = _seen(request, freezing_id)
    seen = half_year.org_seen_by(request.actor, org)
    if seen is None:
        raise Http404
    part, number = request.GET.get("part", "top"), request.GET.get("page", "1")
    shown = queries.figure_seen_by(request.actor, freezing=found, code=code, org=seen)
    return pages.page(
        request,
        "issuing/figure.html",
        part="panel",
        title=shown.told.label,
        shown=shown,
        part_chosen=part,
        records=(
            queries.records_seen_by(
                request.actor,
                freezing=found,
                code=code,
                org=seen,
                part=part,
                number=max(1, int(number)) if number.isdecimal() else 1,
            )
            if found.folder and not request.htmx
            else None
        ),
    )


def _seen(request: Request, freezing_id: int) -> Freezing:
    found = queries.freezing_seen_by(request.actor, freezing_id)
    if found is None:
        raise Http404
    return found
