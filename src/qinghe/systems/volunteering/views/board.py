from django.http import HttpResponse
from django.urls import reverse

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import indicators, queries
from qinghe.systems.volunteering.access import Act

from .sessions import ways

# What stands behind a share of its own, or is worked through on a list of its own.
BEHIND = (
    indicators.MANUAL_HOURS,
    indicators.LATE_SHARE,
    indicators.HELD_RECORDS,
    indicators.FINDINGS,
    indicators.FINDINGS_CLOSED,
    indicators.DISPUTES,
    indicators.DISPUTES_IN_TIME,
    indicators.ANSWERED_IN_TIME,
)
# The first one is drawn and sorted by; people ask for hours first.
CODES = (
    indicators.HOURS.code,
    *(
        one.code
        for one in indicators.INDICATORS
        if one is not indicators.HOURS and one not in BEHIND
    ),
)


def board(request: Request) -> HttpResponse:
    """Show volunteering's figures of the chosen organisation and of those right below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    return pages.board_page(
        request,
        title="志愿服务",
        codes=CODES,
        actions=[
            pages.Action("活动场次", reverse("volunteering:sessions")),
            pages.Action("志愿者", reverse("volunteering:volunteers")),
        ],
        note=f"{_ways(request)}人数在每一级分别去重，各下级相加可能大于本级。",
    )


def _ways(request: Request) -> str:
    """Say beside the hours how they were recorded; nothing before there are figures."""
    org, period = request.scope.org, request.scope.period
    try:
        minutes = queries.shares_counted(
            request.actor, org=org, first=period.start, last=period.end
        )
    except Refused:
        return ""
    told = ways(minutes)
    return f"服务总时长按登记方式：{told}。" if told else ""
