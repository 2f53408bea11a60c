"""The list of transfers and the record of one; beginning one for a member."""

from datetime import date

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.transfers import forms, queries, services
from qinghe.systems.transfers.access import Act
from qinghe.systems.transfers.queries import Kind, Side, State, Transfer

from .steps import actions_for
from .tables import TransferTable, tag_of

MOST = 20
LIST = "transfers:transfers"


def transfers(request: Request) -> HttpResponseBase:
    """Show the transfers that concern the actor, whichever end they are at."""
    doors.require_anywhere(request.actor, Act.SEE)
    sends = actors.may_anywhere(request.actor, Act.SEND)
    receives = actors.may_anywhere(request.actor, Act.RECEIVE)
    ways = (
        (sends, "发起转出", "send_new"),
        (receives, "发起转入", "receive_new"),
        (sends, "毕业批量转出", "graduates"),
        (receives, "批量转入", "incoming"),
        (True, "出国（境）学习", "stays"),
    )
    actions = [
        pages.Action(label, reverse(f"transfers:{name}"), primary=name == "send_new")
        for may, label, name in ways
        if may
    ]
    return pages.list_page(
        request,
        title="组织关系转接",
        table=TransferTable,
        rows=queries.transfers_seen_by(request.actor),
        filterset=forms.TransferFilter,
        actions=actions,
    )


def transfer(request: Request, transfer_id: int) -> HttpResponse:
    """Show one transfer, its way so far and what can be done next."""
    found = get_object_or_404(queries.transfers_seen_by(request.actor), pk=transfer_id)
    name = queries.full_name_of(request.actor, found, on=timezone.localdate())
    return pages.record_page(
        request,
        title=f"{name}：{found.origin} → {found.target}",
        record=found,
        state=tag_of(found),
        facts=[
            ("团员", f"{name}（{found.person.number}）"),
            ("类别", found.get_kind_display()),
            ("转出", found.origin),
            ("转入", found.target),
            *_particulars(request, found),
            ("发起", f"{Side(found.side).label}，{found.started_on.isoformat()}"),
            ("转出方同意", _day(found.let_go_on)),
            ("区外接收" if found.kind == Kind.OUT else "转入方接收", _day(found.accepted_on)),
            *_ending(request, found),
        ],
        actions=actions_for(request, found),
        back=pages.Link("组织关系转接", reverse(LIST)),
    )


def send_new(request: Request) -> HttpResponse:
    """Let a member go."""
    doors.require_anywhere(request.actor, Act.SEND)
    form = forms.SendForm(
        request.POST or None,
        initial={"number": request.GET.get("number", "")},
        actor=request.actor,
    )
    return pages.act_page(
        request,
        title="发起转出",
        note="提交即为转出方同意，直接送转入方办理；转入方编入团支部以前，团籍不变。",
        form=form,
        do=lambda: _url(
            services.start_transfer(
                new=form.as_new(),
                as_draft=form.cleaned_data["as_draft"],
                at=timezone.now(),
                by=request.actor,
            )
        ),
        submit="提交",
        back=pages.Link("组织关系转接", reverse(LIST)),
    )


def receive_new(request: Request) -> HttpResponse:
    """Ask for a member, or take in somebody from outside."""
    doors.require_anywhere(request.actor, Act.RECEIVE)
    form = forms.ReceiveForm(request.POST or None, actor=request.actor)
    return pages.act_page(
        request,
        title="发起转入",
        note="区内的送原团组织同意；从区外转入的凭介绍信，提交后直接编入团支部。",
        form=form,
        do=lambda: _url(
            services.start_transfer(new=form.as_new(), at=timezone.now(), by=request.actor)
        ),
        submit="提交",
        back=pages.Link("组织关系转接", reverse(LIST)),
    )


@require_safe
def targets(request: Request) -> HttpResponse:
    """Propose organisations to go to, by a part of the name, for a box in which it is typed."""
    if not request.actor.person_id:
        raise doors.closed()
    words = request.GET.get("pick", "").strip()
    found = queries.targets_named(request.actor, words)[:MOST] if words else ()
    return render(request, "web/parts/org_options.html", {"choices": found})


def _particulars(request: Request, found: Transfer) -> list[tuple[str, str]]:
    told = []
    if found.term_on:
        days = queries.terms_on(request.actor, found.started_on).study_days
        last = queries.study_due_of(request.actor, found, days=days)
        told.append(("开学日期", f"{found.term_on.isoformat()}，应在{last}以前办结"))
    if found.letter:
        told.append(("介绍信编号", found.letter))
    if found.note:
        told.append(("说明", found.note))
    return told


def _ending(request: Request, found: Transfer) -> list[tuple[str, str]]:
    told = []
    if found.closed_on is None and found.due_on:
        told.append(("经办", f"{found.desk.name}，期限{found.due_on.isoformat()}"))
    if found.suspended_on:
        told.append(("暂停", f"{found.suspended_on.isoformat()}，{found.pause}"))
    if found.reason:
        told.append(("退回、撤回原因", found.reason))
    if found.state == State.PLACED:
        told.append(("编入团支部", queries.placed_of(request.actor, found)))
    if found.receipt:
        told.append(("回执编号", found.receipt))
    if found.closed_on:
        told.append(("结束日期", found.closed_on.isoformat()))
    return told


def _day(day: date | None) -> str:
    return day.isoformat() if day else "—"


def _url(found: Transfer) -> str:
    return reverse("transfers:transfer", args=[found.pk])
