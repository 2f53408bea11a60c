from django.http import HttpResponse
from django.views.decorators.cache import never_cache

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.systems.rolls import queries


@never_cache
def own(request: Request) -> HttpResponse:
    """Show somebody what the rolls say of themself."""
    if not request.actor.person_id:
        raise doors.closed()
    return pages.page(
        request, "rolls/own.html", title="我的团籍", own=queries.own_of(request.actor)
    )
