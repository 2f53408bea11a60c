from django.http import HttpResponse
from django.urls import reverse

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.directory import indicators
from qinghe.systems.directory.access import Act


def board(request: Request) -> HttpResponse:
    """Show the directory's figures of the chosen organisation and of those right below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    record = reverse("directory:org", args=[request.scope.org.pk])
    return pages.board_page(
        request,
        title="组织概况",
        codes=[indicator.code for indicator in indicators.INDICATORS],
        actions=[
            pages.Action(f"{request.scope.org.name}的记录", record),
            pages.Action("组织名册", reverse("directory:orgs")),
        ],
    )
