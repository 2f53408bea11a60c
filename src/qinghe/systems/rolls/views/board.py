from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.rolls import indicators, queries
from qinghe.systems.rolls.access import Act

# How many were expelled is asked for by its own page, and shown to everybody on none.
CODES = tuple(one.code for one in indicators.INDICATORS if one is not indicators.EXPULSIONS)


def board(request: Request) -> HttpResponse:
    """Show what is to be looked at on the rolls below, then the figures."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    return pages.board_page(
        request,
        title="团籍",
        codes=CODES,
        actions=[
            pages.Action("团员名册", reverse("rolls:roll")),
            pages.Action("团支部", reverse("rolls:branches")),
            pages.Action("超龄团员", reverse("rolls:of_age")),
            pages.Action("离团事项", reverse("rolls:leavings")),
        ],
        note="上面一组是今天的名册，点数字看名单；下面一组按期间统计",
        template="rolls/board.html",
        extra={"health": queries.health_of(request.actor, request.scope.org, timezone.localdate())},
    )
