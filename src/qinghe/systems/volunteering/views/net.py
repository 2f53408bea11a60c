"""The net of four levels 区–街道–社区–小区: streets, communities, what each has and lacks (S051, S100)."""

from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Sum
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django_tables2 import Column, Table

from qinghe.edges.web import columns, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.orgs.models import Org
from qinghe.systems.volunteering import forms, indicators, queries
from qinghe.systems.volunteering.access import Act

HAVE = {True: "已建", False: "未建"}
NET = tuple(
    one.code
    for one in (
        indicators.COVERAGE,
        indicators.COVERED,
        indicators.COMMUNITIES,
        indicators.FEDERATION_COVERAGE,
        indicators.FEDERATED,
        indicators.STANDING_TEAMS,
        indicators.COMPOUND_TEAMS,
    )
)


class CommunityTable(Table):
    """Communities with what each has and lacks."""

    name = Column("社区", linkify=lambda record: _teams_url(record))
    street = Column("街道", accessor="parent__name", order_by="path")
    federations = Column("社区志愿者联合会")
    teams = columns.Number(verbose_name="在册队伍")
    compounds = columns.Number(verbose_name="小区队")
    suspended = columns.Number(verbose_name="停发队伍")
    gaps = Column("空白", accessor="teams", orderable=False)

    def render_federations(self, value: int) -> str:
        """Say whether there is one."""
        return HAVE[bool(value)]

    def render_gaps(self, record: Org) -> str:
        """Say what the community lacks."""
        return _gaps(record) or "无"


class StreetTable(Table):
    """Streets with how much of each is covered, exactly."""

    name = Column("街道", linkify=lambda record: _net_url(record))
    federations = Column("街道义工联")
    communities = columns.Number(verbose_name="社区数")
    federated = columns.Number(verbose_name="社区联合会")
    covered = columns.Number(verbose_name="有队社区")
    share = Column("社区队伍覆盖率", accessor="covered", orderable=False, attrs=columns.RIGHT)
    teams = columns.Number(verbose_name="在册队伍")
    compounds = columns.Number(verbose_name="小区队")

    def render_federations(self, value: int) -> str:
        """Say whether there is one."""
        return HAVE[bool(value)]

    def render_share(self, record: Org) -> str:
        """Divide once, when it is printed."""
        return _percent(record.covered, record.communities)  # type: ignore[attr-defined]


def net(request: Request) -> HttpResponseBase:
    """Show the communities below the chosen organisation, those without a team among them."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    return pages.list_page(
        request,
        title="社区组织网",
        table=CommunityTable,
        rows=queries.communities_of(request.actor, request.scope.org),
        filterset=forms.CommunityFilter,
        actions=[
            pages.Action("按街道", reverse("volunteering:net_streets")),
            pages.Action("指标", reverse("volunteering:net_board")),
        ],
        totals=lambda rows: [
            pages.Total("社区", rows.count(), "个"),
            pages.Total("没有队伍", rows.filter(teams=0).count(), "个"),
            pages.Total("没有联合会", rows.filter(federations=0).count(), "个"),
            pages.Total("小区队", rows.aggregate(all=Sum("compounds"))["all"], "支"),
        ],
    )


def net_streets(request: Request) -> HttpResponseBase:
    """Show the streets below the chosen organisation with how much of each is covered."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    return pages.list_page(
        request,
        title="街道组织网",
        table=StreetTable,
        rows=queries.streets_of(request.actor, request.scope.org),
        actions=[
            pages.Action("按社区", reverse("volunteering:net")),
            pages.Action("指标", reverse("volunteering:net_board")),
        ],
        totals=lambda rows: [
            pages.Total("社区", rows.aggregate(all=Sum("communities"))["all"], "个"),
            pages.Total("有队社区", rows.aggregate(all=Sum("covered"))["all"], "个"),
            pages.Total("小区队", rows.aggregate(all=Sum("compounds"))["all"], "支"),
        ],
    )


def net_board(request: Request) -> HttpResponse:
    """Show the net's figures at the end of the period, and lead down."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    return pages.board_page(
        request,
        title="志愿服务组织网",
        codes=NET,
        actions=[
            pages.Action("按社区", reverse("volunteering:net")),
            pages.Action("按街道", reverse("volunteering:net_streets")),
        ],
        note="期末时点数：停止发布活动和已注销的队伍不计。",
    )


def _gaps(record: Org) -> str:
    counted = (
        ("志愿队伍", record.teams),  # type: ignore[attr-defined]
        ("联合会", record.federations),  # type: ignore[attr-defined]
        ("小区队", record.compounds),  # type: ignore[attr-defined]
    )
    return "、".join(f"无{what}" for what, count in counted if not count)


def _percent(covered: int, communities: int) -> str:
    if not communities:
        return "—"
    exact = Decimal(100 * covered) / communities
    return f"{exact.quantize(Decimal('0.01'), ROUND_HALF_UP)}%"


def _teams_url(record: Org) -> str:
    return f"{reverse('volunteering:teams')}?org={record.code}"


def _net_url(record: Org) -> str:
    return f"{reverse('volunteering:net')}?org={record.code}"
