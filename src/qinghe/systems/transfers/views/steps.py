"""What each side does with a transfer: agree, place, return, rest, withdraw, mend, send."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.transfers import forms, queries, services
from qinghe.systems.transfers.queries import Kind, State, Transfer

WAITING = (State.OUT_PENDING, State.IN_PENDING)
OPEN = (*WAITING, State.DRAFT, State.REJECTED)


@require_POST
def transfer_approve(request: Request, transfer_id: int) -> HttpResponse:
    """Agree for one's side."""
    found = _at_desk(request, transfer_id)
    services.approve_transfer(transfer=found, at=timezone.now(), by=request.actor)
    messages.success(request, "已同意，并告知团员和发起方。")
    return redirect(_url(found))


@require_POST
def transfer_send(request: Request, transfer_id: int) -> HttpResponse:
    """Send a draft, or again what was returned."""
    found = _of_my_side(request, transfer_id)
    services.send_transfer(transfer=found, at=timezone.now(), by=request.actor)
    messages.success(request, "已提交。")
    return redirect(_url(found))


def transfer_place(request: Request, transfer_id: int) -> HttpResponse:
    """Place the member in a branch."""
    found = _at_desk(request, transfer_id)
    taking = queries.placing_under(request.actor, found)
    under = get_object_or_404(queries.committees(request.actor), pk=taking.pk)
    form = forms.PlaceForm(request.POST or None, actor=request.actor, under=under)
    return pages.act_page(
        request,
        title="编入团支部",
        note=f"{found.origin} → {found.target}。编入后团籍即在新的团支部，一人只在一个团支部。",
        form=form,
        do=lambda: _url(
            services.place_transfer(
                transfer=found,
                into=form.cleaned_data["into"],
                on=form.cleaned_data["on"],
                at=timezone.now(),
                by=request.actor,
            )
        ),
        submit="编入",
        back=_back(found),
    )


def transfer_receipt(request: Request, transfer_id: int) -> HttpResponse:
    """Write down the receipt from outside."""
    found = _at_desk(request, transfer_id)
    form = forms.ReceiptForm(request.POST or None, initial={"on": timezone.localdate()})
    return pages.act_page(
        request,
        title="登记区外回执",
        note=f"{found.outside}的回执登记后，本区团籍才终止。",
        form=form,
        do=lambda: _url(
            services.record_receipt(
                transfer=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
        ),
        submit="登记回执",
        back=_back(found),
    )


def transfer_reject(request: Request, transfer_id: int) -> HttpResponse:
    """Return it with a reason."""
    found = _at_desk(request, transfer_id)
    return _why(request, found, title="退回", do=services.reject_transfer)


def transfer_suspend(request: Request, transfer_id: int) -> HttpResponse:
    """Let it rest, with a reason."""
    found = _at_desk(request, transfer_id)
    return _why(request, found, title="暂停办理", do=services.suspend_transfer)


@require_POST
def transfer_resume(request: Request, transfer_id: int) -> HttpResponse:
    """Go on with what rested."""
    found = _at_desk(request, transfer_id)
    services.resume_transfer(transfer=found, at=timezone.now(), by=request.actor)
    messages.success(request, "已恢复办理，暂停的天数不计入期限。")
    return redirect(_url(found))


def transfer_withdraw(request: Request, transfer_id: int) -> HttpResponse:
    """Take back what one's side began."""
    found = _of_my_side(request, transfer_id)
    return _why(request, found, title="撤回转接", do=services.withdraw_transfer)


def transfer_change(request: Request, transfer_id: int) -> HttpResponse:
    """Mend a draft, or what was returned."""
    found = _of_my_side(request, transfer_id)
    form = forms.MendForm(
        request.POST or None,
        initial=queries.written_of(request.actor, found),
        actor=request.actor,
        kinds=queries.kinds_for(request.actor, found),
    )
    return pages.act_page(
        request,
        title="修改转接",
        note=f"退回原因：{found.reason}" if found.reason else "修改后在转接页提交。",
        form=form,
        do=lambda: _url(
            services.change_transfer(
                transfer=found, new=form.as_mended(), at=timezone.now(), by=request.actor
            )
        ),
        back=_back(found),
    )


def actions_for(request: Request, found: Transfer) -> list[pages.Action]:
    """Return what this actor can do next with a transfer."""
    actions = _of_desk(found) if _is_at_desk(request, found) else []
    if queries.is_of_side(request.actor, found) and found.state in OPEN:
        if found.state not in WAITING:
            actions.append(pages.Action("提交", _step(found, "send"), primary=True, post=True))
            actions.append(pages.Action("修改", _step(found, "change")))
        actions.append(pages.Action("撤回", _step(found, "withdraw")))
    return actions


def _of_desk(found: Transfer) -> list[pages.Action]:
    if found.state not in WAITING:
        return []
    if found.suspended_on:
        return [pages.Action("恢复办理", _step(found, "resume"), primary=True, post=True)]
    actions = []
    if found.state == State.OUT_PENDING:
        actions.append(pages.Action("同意转出", _step(found, "approve"), primary=True, post=True))
    elif found.kind == Kind.OUT:
        actions.append(pages.Action("登记区外回执", _step(found, "receipt"), primary=True))
    else:
        actions.append(pages.Action("编入团支部", _step(found, "place"), primary=True))
        if found.accepted_on is None:
            actions.append(pages.Action("先接收", _step(found, "approve"), post=True))
    actions.append(pages.Action("退回", _step(found, "reject")))
    actions.append(pages.Action("暂停", _step(found, "suspend")))
    return actions


def _why(
    request: Request, found: Transfer, *, title: str, do: Callable[..., object]
) -> HttpResponse:
    return pages.reason_page(
        request,
        title=f"{title}：{found.origin} → {found.target}",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: do(transfer=found, reason=reason, at=timezone.now(), by=request.actor),
        submit=f"确定{title}",
        back=_back(found),
        note="原因会告知团员本人和发起方。",
    )


def _found(request: Request, transfer_id: int) -> Transfer:
    return get_object_or_404(queries.transfers_seen_by(request.actor), pk=transfer_id)


def _at_desk(request: Request, transfer_id: int) -> Transfer:
    found = _found(request, transfer_id)
    actors.require(request.actor, queries.desk_act(request.actor, found), at=found.desk)
    return found


def _of_my_side(request: Request, transfer_id: int) -> Transfer:
    found = _found(request, transfer_id)
    if not queries.is_of_side(request.actor, found):
        raise doors.closed()
    return found


def _is_at_desk(request: Request, found: Transfer) -> bool:
    return actors.may(request.actor, queries.desk_act(request.actor, found), at=found.desk)


def _step(found: Transfer, step: str) -> str:
    return reverse(f"transfers:transfer_{step}", args=[found.pk])


def _url(found: Transfer) -> str:
    return reverse("transfers:transfer", args=[found.pk])


def _back(found: Transfer) -> pages.Link:
    return pages.Link(f"{found.origin} → {found.target}", _url(found))
