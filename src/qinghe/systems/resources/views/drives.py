"""Drives: what is brought, looked over and sent; and the reading rooms it goes to."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.resources import forms, queries, services
from qinghe.systems.resources.access import Act
from qinghe.systems.resources.queries import (
    Donation,
    DonationState,
    Drive,
    DriveState,
)

from .tables import TONES, DeliveryTable, DonationTable, DriveTable

FIRST = 10


def drives(request: Request) -> HttpResponseBase:
    """Show the drives that concern the actor."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    actions = [pages.Action("图书室", reverse("resources:rooms"))]
    if actors.may(request.actor, Act.RUN_DRIVE, at=request.scope.org):
        url = reverse("resources:drive_new")
        actions.insert(0, pages.Action("发起募集", url, primary=True))
    return pages.list_page(
        request,
        title="募集",
        table=DriveTable,
        rows=queries.drives_seen_by(request.actor),
        actions=actions,
    )


def drive(request: Request, drive_id: int) -> HttpResponse:
    """Show one drive, what was brought and what was sent."""
    found = _drive(request, drive_id)
    state = DriveState(found.state)
    brought = queries.donations_of(request.actor, found)[:FIRST]
    sent = queries.deliveries_of(request.actor, drive=found)[:FIRST]
    return pages.record_page(
        request,
        title=found.title,
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("主办单位", found.org.name),
            ("物品", found.item),
            ("时间", f"{found.opens_on.isoformat()} 至 {found.closes_on.isoformat()}"),
            ("已入库", f"{found.collected}{found.unit}"),  # type: ignore[attr-defined]
            ("库存", f"{found.stock}{found.unit}"),
            ("说明", found.about or "—"),
        ],
        actions=_drive_actions(request, found),
        related=[
            pages.Related("捐赠", tables.short(DonationTable, brought), empty="还没有捐赠"),
            pages.Related("配送", tables.short(DeliveryTable, sent), empty="还没有配送"),
        ],
        back=pages.Link("募集", reverse("resources:drives")),
    )


def drive_new(request: Request) -> HttpResponse:
    """Open a drive."""
    actors.require(request.actor, Act.RUN_DRIVE, at=request.scope.org)
    form = forms.DriveForm(
        request.POST or None, initial={"org": request.scope.org.code}, actor=request.actor
    )
    return pages.act_page(
        request,
        title="发起募集",
        form=form,
        do=lambda: _drive_url(
            services.open_drive(new=form.as_new(), at=timezone.now(), by=request.actor)
        ),
        back=pages.Link("募集", reverse("resources:drives")),
    )


@require_POST
def drive_close(request: Request, drive_id: int) -> HttpResponse:
    """End a drive."""
    found = _drive(request, drive_id)
    services.close_drive(drive=found, at=timezone.now(), by=request.actor)
    return redirect(_drive_url(found))


def donation_new(request: Request, drive_id: int) -> HttpResponse:
    """Write down what was brought."""
    found = _drive(request, drive_id)
    actors.require(request.actor, Act.TAKE_DONATION, at=request.scope.org)
    form = forms.DonationForm(
        request.POST or None, initial={"org": request.scope.org.code}, actor=request.actor
    )
    return pages.act_page(
        request,
        title=f"登记捐赠：{found.title}",
        note=f"数量以{found.unit}计；验收入库后才计入统计。",
        form=form,
        do=lambda: _donation_url(
            services.take_donation(new=form.as_new(found), at=timezone.now(), by=request.actor)
        ),
        back=pages.Link(found.title, _drive_url(found)),
    )


def donation(request: Request, donation_id: int) -> HttpResponse:
    """Show one donation."""
    found = _donation(request, donation_id)
    state = DonationState(found.state)
    actions = []
    if state is DonationState.BROUGHT and actors.may(
        request.actor, Act.TAKE_DONATION, at=found.org
    ):
        key = [found.pk]
        actions = [
            pages.Action("验收入库", reverse("resources:donation_accept", args=key), primary=True),
            pages.Action("不予入库", reverse("resources:donation_refuse", args=key)),
        ]
    return pages.record_page(
        request,
        title=f"{found.drive.title}：{found.quantity}{found.drive.unit}",
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("接收单位", found.org.name),
            ("捐赠人或单位", found.donor or "不具名"),
            ("捐赠日期", found.brought_on.isoformat()),
            ("入库数量", "—" if found.accepted is None else found.accepted),
            ("验收", f"{found.decided_by} {found.decided_on}" if found.decided_on else "—"),
            ("差额原因", found.reason or "—"),
        ],
        actions=actions,
        back=pages.Link(found.drive.title, _drive_url(found.drive)),
    )


def donation_accept(request: Request, donation_id: int) -> HttpResponse:
    """Take what is fit into stock."""
    found = _donation(request, donation_id)
    actors.require(request.actor, Act.TAKE_DONATION, at=found.org)
    form = forms.AcceptForm(request.POST or None, initial={"accepted": found.quantity})
    return pages.act_page(
        request,
        title="验收入库",
        form=form,
        do=lambda: _donation_url(
            services.accept_donation(
                donation=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
        ),
        back=pages.Link("捐赠", _donation_url(found)),
    )


def donation_refuse(request: Request, donation_id: int) -> HttpResponse:
    """Take nothing of it."""
    found = _donation(request, donation_id)
    actors.require(request.actor, Act.TAKE_DONATION, at=found.org)
    return pages.reason_page(
        request,
        title="不予入库",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.refuse_donation(
            donation=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定不入库",
        back=pages.Link("捐赠", _donation_url(found)),
    )


def delivery_new(request: Request, drive_id: int) -> HttpResponse:
    """Send part of the stock to a reading room."""
    found = _drive(request, drive_id)
    actors.require(request.actor, Act.RUN_DRIVE, at=found.org)
    form = forms.DeliveryForm(request.POST or None, actor=request.actor)

    def do() -> str:
        services.send_delivery(
            drive=found, **form.cleaned_data, at=timezone.now(), by=request.actor
        )
        return _drive_url(found)

    return pages.act_page(
        request,
        title="登记配送",
        note=f"现有库存{found.stock}{found.unit}。",
        form=form,
        do=do,
        back=pages.Link(found.title, _drive_url(found)),
    )


@require_POST
def delivery_receive(request: Request, delivery_id: int) -> HttpResponse:
    """Say that it has arrived."""
    found = get_object_or_404(queries.delivery_of(request.actor), pk=delivery_id)
    services.receive_delivery(delivery=found, at=timezone.now(), by=request.actor)
    return redirect("resources:delivery", found.pk)


def delivery(request: Request, delivery_id: int) -> HttpResponse:
    """Show one delivery."""
    found = get_object_or_404(queries.delivery_of(request.actor), pk=delivery_id)
    actions = []
    if not found.received_on and actors.may(request.actor, Act.RUN_DRIVE, at=found.drive.org):
        url = reverse("resources:delivery_receive", args=[found.pk])
        actions = [pages.Action("登记签收", url, primary=True, post=True)]
    tag = pages.Tag("已签收", pages.Tone.GOOD) if found.received_on else pages.Tag("途中")
    return pages.record_page(
        request,
        title=f"{found.room.name}：{found.quantity}{found.drive.unit}",
        record=found,
        state=tag,
        facts=[
            ("发出日期", found.sent_on.isoformat()),
            ("签收日期", found.received_on.isoformat() if found.received_on else "—"),
            ("图书室", found.room.name),
        ],
        actions=actions,
        back=pages.Link(found.drive.title, _drive_url(found.drive)),
    )


def _drive(request: Request, drive_id: int) -> Drive:
    return get_object_or_404(queries.drives_seen_by(request.actor), pk=drive_id)


def _donation(request: Request, donation_id: int) -> Donation:
    return get_object_or_404(queries.donations_seen_by(request.actor), pk=donation_id)


def _drive_url(found: Drive) -> str:
    return reverse("resources:drive", args=[found.pk])


def _donation_url(found: Donation) -> str:
    return reverse("resources:donation", args=[found.pk])


def _drive_actions(request: Request, found: Drive) -> list[pages.Action]:
    key = [found.pk]
    actions = []
    is_open = found.state == DriveState.OPEN
    if is_open and actors.may_anywhere(request.actor, Act.TAKE_DONATION):
        url = reverse("resources:donation_new", args=key)
        actions.append(pages.Action("登记捐赠", url, primary=True))
    if actors.may(request.actor, Act.RUN_DRIVE, at=found.org):
        actions.append(pages.Action("登记配送", reverse("resources:delivery_new", args=key)))
        if is_open:
            actions.append(
                pages.Action("结束募集", reverse("resources:drive_close", args=key), post=True)
            )
    return actions
