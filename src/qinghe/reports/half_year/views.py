from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from qinghe.analytics import figures
from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.orgs.models import Org
from qinghe.lib import periods
from qinghe.lib.periods import Period

from . import blocks, docx, queries, writing, xlsx
from .access import Act

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draft(request: Request) -> HttpResponse:
    """Lead to the report that is written of the chosen organisation and period.

    Until one is begun, or where `computed` asks for it: what the figures alone say, each a link.
    """
    org, period = _chosen(request)
    place = writing.place(request.actor, org=org, period=period)
    if place.report and "computed" not in request.GET:
        return redirect(place.report)
    made = blocks.current(org=org, period=period)
    return pages.page(
        request,
        "half_year/draft.html",
        title=f"{period.label}工作总结",
        draft=made,
        place=place,
    )


def wanted(request: Request) -> HttpResponse:
    """Show all figures that the report wants, fed or not."""
    org, period = _chosen(request)
    rows = queries.rows_seen_by(request.actor, org=org, period=period)
    only = request.GET.get("only", "")
    return pages.page(
        request,
        "half_year/wanted.html",
        title="指标口径",
        rows=[row for row in rows if only in ("", *row.kinds)],
        which=only,
        counts=[
            (key, label, sum(key in row.kinds for row in rows))
            for key, label in queries.ROW_KINDS.items()
        ],
        total=len(rows),
    )


def document(request: Request) -> HttpResponse:
    """Give the report as a document."""
    org, period = _chosen(request)
    content = docx.document(blocks.current(org=org, period=period))
    return _download(content, name=f"{org.name}{period.label}工作总结.docx", kind=DOCX)


def workbook(request: Request) -> HttpResponse:
    """Give all figures by organisation as a workbook."""
    org, period = _chosen(request)
    content = xlsx.workbook(org=org, period=period, figures=figures.cached(period))
    return _download(content, name=f"{org.name}{period.label}指标分布.xlsx", kind=XLSX)


def figure(request: Request, code: str, period: str, org: str) -> HttpResponse:
    """Show one figure: what it counts, how it is split, and the way to its records."""
    seen = _org(request, org)
    span = periods.parse(period)
    waiting = blocks.BY_CODE.get(code)
    if waiting and not queries.is_fed(request.actor, code):
        return pages.page(
            request,
            "half_year/waiting.html",
            part="panel",
            title=waiting.label,
            wanted=waiting,
            owner=queries.OWNERS.get(waiting.owner, waiting.owner),
        )
    shown = queries.figure_seen_by(request.actor, code=code, period=span, org=seen)
    return pages.page(
        request,
        "half_year/figure.html",
        part="panel",
        title=shown.figure.label,
        shown=shown,
        period=span,
        above=queries.above_seen_by(request.actor, seen),
    )


def records(request: Request, code: str, period: str, org: str) -> HttpResponse:
    """Show the records behind one figure, page by page."""
    seen, span = _org(request, org), periods.parse(period)
    behind = _behind(request)
    number = request.GET.get("page", "1")
    found = queries.records_seen_by(
        request.actor,
        code=code,
        period=span,
        org=seen,
        behind=behind,
        number=int(number) if number.isdecimal() else 1,
    )
    traced = (
        queries.trace_seen_by(request.actor, code=code, period=span, org=seen, behind=behind)
        if "fingerprint" in request.GET
        else None
    )
    here = reverse("half_year:figure", args=[code, span.name, seen.code])
    return pages.page(
        request,
        "half_year/records.html",
        title=f"{found.indicator.label}的记录",
        found=found,
        traced=traced,
        behind=behind,
        org=seen,
        period=span,
        halves=queries.halves(request.actor, code, version=behind.version),
        back=pages.Link(found.indicator.label, here),
    )


def _behind(request: Request) -> queries.Behind:
    version = request.GET.get("version", "")
    return queries.Behind(
        part=request.GET.get("part", "top"),
        version=int(version) if version.isdecimal() else None,
    )


def _chosen(request: Request) -> tuple[Org, Period]:
    doors.require_at(request.actor, Act.SEE, org=request.scope.org)
    return request.scope.org, request.scope.period


def _org(request: Request, code: str) -> Org:
    org = queries.org_seen_by(request.actor, code)
    if org is None:
        raise Http404
    return org


def _download(content: bytes, *, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer["Cache-Control"] = "no-store"
    return answer
