"""Holdings: list, record, giving a role."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.access.models import Holding
from qinghe.lib import periods
from qinghe.systems.authority import forms, queries, services
from qinghe.systems.authority.access import Act
from qinghe.systems.authority.queries import HoldingState
from qinghe.systems.authority.services import Offer

from . import codes
from .names import name_of

TONES: dict[str, pages.Tone] = {
    HoldingState.HELD: pages.Tone.GOOD,
    HoldingState.DEPUTY: pages.Tone.INFO,
    HoldingState.TO_COME: pages.Tone.WAIT,
    HoldingState.ENDED: pages.Tone.PLAIN,
}


class HoldingTable(Table):
    """Who holds which role where, with names masked."""

    name = columns.MaskedName(
        verbose_name="姓名",
        accessor="person__name",
        linkify=("authority:holding", {"holding_id": A("pk")}),
    )
    role = Column("角色", accessor="get_role_display", order_by="role")
    org = Column("组织", accessor="org__name", order_by="org__path")
    department = Column("部门", accessor="get_department_display", order_by="department")
    starts_on = columns.Day(verbose_name="起始日")
    ends_on = columns.Day(verbose_name="到期日")
    state = columns.State(verbose_name="状态", labels=dict(HoldingState.choices), tones=TONES)


def holdings(request: Request) -> HttpResponseBase:
    """Show who holds which role in the chosen organisation and in all below it."""
    doors.require_at(request.actor, Act.SEE, org=request.scope.org)
    today = periods.local_day(timezone.now())
    return pages.list_page(
        request,
        title="任职与授权",
        table=HoldingTable,
        rows=queries.holdings_seen_by(request.actor, today).filter(
            org__path__startswith=request.scope.org.path
        ),
        filterset=forms.HoldingFilter,
        actions=_list_actions(request),
        totals=lambda rows: [
            pages.Total("在任人数", _in_post(rows), "人"),
        ],
    )


def holding(request: Request, holding_id: int) -> HttpResponse:
    """Show one holding in full."""
    found = of_request(request, holding_id)
    deputy_for = found.deputy_for
    return pages.record_page(
        request,
        title=f"{name_of(request, found)} · {found.get_role_display()}",
        record=found,
        state=pages.Tag(HoldingState(found.state).label, TONES[found.state]),
        facts=[
            ("人员编号", found.person.number),
            ("角色", found.get_role_display()),
            ("组织", found.org.name),
            ("部门", found.get_department_display()),
            ("代理", name_of(request, deputy_for) if deputy_for else ""),
            ("起始日", found.starts_on.isoformat()),
            ("到期日", found.ends_on.isoformat() if found.ends_on else "长期"),
        ],
        actions=_actions(request, found),
        back=pages.Link("任职与授权", reverse("authority:holdings")),
    )


def appoint(request: Request) -> HttpResponse:
    """Give a role: at once to who has an account, by an invitation to who has none."""
    doors.require_anywhere(request.actor, Act.APPOINT)
    initial = {"org": request.scope.org.code}
    form = forms.AppointForm(request.POST or None, initial=initial, actor=request.actor)
    if form.is_valid():
        with pages.refusals_on(form):
            done = services.appoint(
                candidate=form.candidate(), post=form.post(), at=timezone.now(), by=request.actor
            )
            if isinstance(done, Offer):
                return codes.shown_once(request, done.invitation, done.code)
            return redirect("authority:holding", done.pk)
    return pages.form_page(
        request,
        title="授予角色",
        form=form,
        groups=[
            ("人员", ["number", "name", "birth_date"]),
            ("任职", ["role", "org", "department", "ends_on"]),
        ],
        note="已有账号的人立即任职；还没有账号的人会得到一个一次性邀请码，七天内有效。",
        submit="授予",
        back=pages.Link("任职与授权", reverse("authority:holdings")),
    )


def of_request(request: Request, holding_id: int) -> Holding:
    """Return a holding among those that the actor sees, or answer that there is none."""
    today = periods.local_day(timezone.now())
    return get_object_or_404(queries.holdings_seen_by(request.actor, today), pk=holding_id)


def _in_post(rows: pages.Rows) -> int:
    held = rows.filter(state__in=[HoldingState.HELD, HoldingState.DEPUTY])
    return held.values("person").distinct().count()


def _list_actions(request: Request) -> list[pages.Action]:
    if not actors.may(request.actor, Act.APPOINT, at=request.scope.org):
        return []
    return [pages.Action("授予角色", reverse("authority:appoint"), primary=True)]


def _actions(request: Request, found: Holding) -> list[pages.Action]:
    if found.state == HoldingState.ENDED or not queries.may_change(request.actor, found):
        return []
    offered = [("extend", "延期"), ("hand_over", "移交"), ("depute", "代理"), ("end", "结束")]
    if found.deputy_for_id:
        offered = [("extend", "延期"), ("end", "结束")]
    return [
        pages.Action(label, reverse(f"authority:{name}", args=[found.pk]))
        for name, label in offered
    ]
