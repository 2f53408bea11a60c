from django.http import HttpResponse
from django.views.decorators.cache import never_cache

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.systems.rolls import queries

from .dues_tables import yuan


@never_cache
def own(request: Request) -> HttpResponse:
    """Show somebody what the rolls say of themself."""
    if not request.actor.person_id:
        raise doors.closed()
    found = queries.own_of(request.actor)
    rate = yuan(found.rate.fen) if found.rate else ""
    return pages.page(request, "rolls/own.html", title="我的团籍", own=found, rate=rate)
