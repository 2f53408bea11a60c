from django.http import HttpResponse
from django.urls import reverse

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.training import indicators
from qinghe.systems.training.access import Act

CODES = tuple(one.code for one in indicators.INDICATORS)


def board(request: Request) -> HttpResponse:
    """Show the figures of training of the chosen organisation and of those right below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    return pages.board_page(
        request,
        title="培训与宣讲",
        codes=CODES,
        actions=[
            pages.Action("培训项目", reverse("training:programmes")),
            pages.Action("班次", reverse("training:classes")),
            pages.Action("讲师", reverse("training:lecturers")),
            pages.Action("宣讲预约", reverse("training:lectures")),
            pages.Action("线上期次", reverse("training:webcasts")),
        ],
    )
