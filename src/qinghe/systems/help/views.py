from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request

from . import queries, rules


@require_safe
def home(request: Request) -> HttpResponse:
    """Show the pages of the manual, the reader's own first."""
    return pages.page(
        request,
        "help/home.html",
        own=queries.own_pages(request.actor),
        pages=queries.pages_seen_by(request.actor),
    )


@require_safe
def page(request: Request, slug: str) -> HttpResponse:
    """Show one page of the manual."""
    chosen = rules.page_of(slug)
    if chosen is None:
        raise Http404
    return pages.page(request, "help/page.html", page=chosen)
