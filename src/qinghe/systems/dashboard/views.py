from django.http import Http404, HttpResponse

from qinghe.analytics import checks
from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request

from . import queries


def desk(request: Request) -> HttpResponse:
    """Show the main figures of the chosen organisation and the way down."""
    codes = queries.codes_on_desk(request.actor)
    if not codes:
        raise Http404
    return pages.board_page(request, title="工作台", codes=codes)


def check_list(request: Request) -> HttpResponse:
    """Show every data check with what it found."""
    checked = queries.checks_seen_by(request.actor)
    return pages.page(request, "dashboard/check_list.html", title="数据检查", checked=checked)


def check(request: Request, code: str) -> HttpResponse:
    """Show one data check and the first records that fail it."""
    chosen = queries.check_seen_by(request.actor, code)
    if chosen is None:
        raise Http404
    finding = checks.run(chosen)
    return pages.page(
        request,
        "dashboard/check.html",
        title=chosen.label,
        check=chosen,
        finding=finding,
        lines=queries.lines_of(request.actor, chosen.model, finding.first),
    )
