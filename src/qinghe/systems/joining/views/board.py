from django.http import HttpResponse
from django.urls import reverse

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.joining import indicators
from qinghe.systems.joining.access import Act


def home(request: Request) -> HttpResponse:
    """Show how many stand where on the road, at the chosen organisation and right below it."""
    doors.require_at(request.actor, Act.SEE, org=request.scope.org)
    actions = [pages.Action("入团申请", reverse("joining:cases"), primary=True)]
    if actors.may_anywhere(request.actor, Act.FILE):
        actions.append(pages.Action("待备案", reverse("joining:filing")))
    actions.append(pages.Action("毕业班团青比", reverse("joining:classes")))
    actions.append(pages.Action("条件和期限", reverse("joining:terms")))
    return pages.board_page(
        request,
        title="发展团员",
        codes=[one.code for one in indicators.INDICATORS],
        actions=actions,
    )
