"""What cards and typed numbers brought in at a session, and the word that somebody looked."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_tables2 import Column, Table

from qinghe.edges.web import columns, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.volunteering import queries, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import Session


class StandingTable(Table):
    """Scans of codes that stand still, each with who scanned and who looked."""

    number = Column("志愿者编号", accessor="volunteer__number")
    name = columns.MaskedName(
        verbose_name="姓名", accessor="volunteer__person__name", at="session__org"
    )
    kind = Column("签到或签退", accessor="get_kind_display", order_by="kind")
    at = columns.Moment(verbose_name="计入时间")
    how = Column("方式", accessor="get_how_display", order_by="how")
    by = Column("登记人", default="—")
    device = Column("设备号", default="—")
    verdict = Column("结果", accessor="get_verdict_display", order_by="verdict")
    looked_at = columns.Moment(verbose_name="核对时间")
    looked_by = Column("核对人", default="—")


def standing_scans(request: Request, session_id: int) -> HttpResponseBase:
    """Show what cards and typed numbers brought in: whom, when, by whose hand, and who looked."""
    found = _found(request, session_id)
    _, due = queries.standing_counts(request.actor, found)
    actions = []
    if due and found.ends_at <= timezone.now():
        url = reverse("volunteering:standing_look", args=[found.pk])
        actions.append(pages.Action("已逐条核对，确认到场", url, post=True, primary=True))
    return pages.list_page(
        request,
        title=f"{found.title}扫卡签到",
        table=StandingTable,
        rows=queries.standing_scans_of(request.actor, found),
        actions=actions,
        totals=lambda _: [pages.Total("待核对", due, "次")],
    )


@require_POST
def standing_look(request: Request, session_id: int) -> HttpResponse:
    """Say that one has looked at them."""
    found = _found(request, session_id)
    count = services.look_at_standing(session=found, at=timezone.now(), by=request.actor)
    messages.success(request, f"已核对{count}次扫卡签到；不在场的，请在名册中更正或作废。")
    return redirect("volunteering:standing_scans", found.pk)


def _found(request: Request, session_id: int) -> Session:
    found = get_object_or_404(queries.sessions_seen_by(request.actor), pk=session_id)
    actors.require(request.actor, Act.CORRECT, at=found.org)
    return found
