"""The first page."""

from django.http import Http404, HttpResponse

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.systems.joining import queries

LABEL = "发展团员"


def home(request: Request) -> HttpResponse:
    """Show the first page of the system."""
    orgs = queries.orgs_seen_by(request.actor).count()
    if not orgs:
        raise Http404
    return pages.page(request, "joining/home.html", title=LABEL, orgs=orgs)
