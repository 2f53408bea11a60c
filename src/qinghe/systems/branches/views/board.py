"""The board over branches, those that lag, and a branch's own page."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qinghe.edges.web import pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.orgs.models import Org
from qinghe.lib import periods
from qinghe.lib.periods import FIRST_YEAR
from qinghe.systems.branches import indicators, queries
from qinghe.systems.branches.access import Act
from qinghe.systems.branches.queries import MeetingKind

from .tables import GradingTable, MeetingTable, StandingTable

CODES = tuple(one.code for one in indicators.INDICATORS)
LATEST = 12
TONES = {"held": "good", "due": "wait", "missed": "late"}
WORDS = {"held": "已开", "due": "待开", "missed": "缺"}


def board(request: Request) -> HttpResponse:
    """Show the figures of branches and, below each organisation, who is up to date."""
    org, period = request.scope.org, request.scope.period
    actors.require(request.actor, Act.SEE, at=org)
    today = timezone.localdate()
    found = queries.standings(request.actor, org, within=period, today=today)
    asked = {kind for one in found for kind, strip in one.strips.items() if strip}
    kinds = [kind for kind in MeetingKind if kind in asked]
    whole = queries.group_of(request.actor, org, found, kinds)
    return pages.board_page(
        request,
        title="支部工作",
        codes=CODES,
        template="branches/board.html",
        actions=[
            pages.Action("支部", reverse("branches:branches")),
            pages.Action("会议台账", reverse("branches:meetings")),
            pages.Action("会议要求", reverse("branches:terms")),
            pages.Action("对标定级", reverse("branches:rounds")),
        ],
        extra={
            "whole": whole,
            "kinds": kinds,
            "groups": [
                (one, _way_down(request, one.org))
                for one in queries.grouped(request.actor, org, found, kinds)
            ],
        },
    )


@require_safe
def branches(request: Request) -> HttpResponse:
    """Show the branches of the chosen organisation with what each of them lacks."""
    org, period = request.scope.org, request.scope.period
    actors.require(request.actor, Act.SEE, at=org)
    found = queries.standings(request.actor, org, within=period, today=timezone.localdate())
    lagging = [one for one in found if not one.is_up_to_date]
    only = request.GET.get("lag") == "1"
    return pages.page(
        request,
        "branches/branches.html",
        title="支部",
        table=tables.paged(request, StandingTable, lagging if only else found),
        only=only,
        lagging=len(lagging),
        count=len(found),
        actions=[pages.Action("会议台账", reverse("branches:meetings"))],
        back=pages.Link("支部工作", reverse("branches:board")),
    )


@require_safe
def branch(request: Request, branch_id: int) -> HttpResponse:
    """Show one branch: the periods of a year, what was held and what is due, its meetings."""
    found = get_object_or_404(queries.branches_seen_by(request.actor), pk=branch_id)
    today = timezone.localdate()
    year = _year(request, today.year)
    standing = queries.standing_of(request.actor, found, within=periods.year(year), today=today)
    rows = queries.meetings_seen_by(request.actor).filter(org=found)
    actions = []
    if actors.may(request.actor, Act.RECORD, at=found) and found.closed_on is None:
        url = reverse("branches:meeting_new", args=[found.pk])
        actions.append(pages.Action("登记会议", url, primary=True))
    return pages.page(
        request,
        "branches/branch.html",
        title=found.name,
        branch=found,
        standing=standing,
        year=year,
        earlier=year - 1 if year > found.opened_on.year else None,
        later=year + 1 if year < today.year else None,
        strips=[
            (
                MeetingKind(kind).label,
                [(one, TONES[one.slot], WORDS[one.slot]) for one in strip],
            )
            for kind, strip in standing.strips.items()
        ],
        gradings=tables.short(
            GradingTable,
            queries.gradings_seen_by(request.actor).filter(org=found).order_by("-round__year"),
        ),
        table=tables.short(MeetingTable, rows.filter(day__year=year)[:LATEST]),
        actions=actions,
        back=pages.Link("支部", reverse("branches:branches")),
    )


def _way_down(request: Request, org: Org) -> str:
    if org.kind in queries.BRANCH_KINDS:
        return reverse("branches:branch", args=[org.pk])
    return f"?org={org.code}&period={request.scope.period.name}"


def _year(request: Request, this: int) -> int:
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else this
    return max(FIRST_YEAR, min(year, this))
