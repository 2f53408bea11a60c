"""Who may do what: the grants as they are in code, and what S-50 keeps apart."""

from django.http import HttpResponse
from django.utils import timezone

from qinghe.edges import system
from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.lib import periods
from qinghe.systems.authority import queries
from qinghe.systems.authority.access import Act


def rights(request: Request) -> HttpResponse:
    """Show which role may do which act, who the administrators are, and any conflict."""
    doors.require_anywhere(request.actor, Act.SEE_GRANTS)
    today = periods.local_day(timezone.now())
    return pages.page(
        request,
        "authority/rights.html",
        title="权限一览",
        rights=queries.rights(request.actor, system.act_words()),
        administrators=queries.administrators(request.actor, today),
        conflicts=queries.conflicts(request.actor, today),
    )
