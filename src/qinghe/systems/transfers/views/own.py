"""One's own pages on the phone: where one stands, begin a transfer, see how it goes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.lib.verdicts import Refused
from qinghe.systems.transfers import forms, queries, services
from qinghe.systems.transfers.queries import Side, State, Transfer

from .tables import tag_of

OWN = "transfers:own"
OPEN = (State.DRAFT, State.OUT_PENDING, State.IN_PENDING, State.REJECTED)
WITHDRAWN = "本人撤回"


@never_cache
def own(request: Request) -> HttpResponse:
    """Show where one stands on the roll, and one's transfers."""
    _require_somebody(request)
    mine = list(queries.own_transfers(request.actor)[:20])
    return pages.page(
        request,
        "transfers/own.html",
        title="组织关系转接",
        place=queries.own_place(request.actor),
        mine=[
            (one, tag_of(one), one.side == Side.MEMBER and one.state in OPEN, _steps(one))
            for one in mine
        ],
        has_open=any(one.state in OPEN for one in mine),
    )


@never_cache
def own_new(request: Request) -> HttpResponse:
    """Begin a transfer of one's own."""
    _require_somebody(request)
    place = queries.own_place(request.actor)
    form = forms.OwnForm(request.POST or None, actor=request.actor)
    if place and form.is_valid():
        with pages.refusals_on(form):
            services.start_transfer(
                new=form.as_new(place.person), at=timezone.now(), by=request.actor
            )
            messages.success(request, f"已提交，等{place.org.name}同意。")
            return redirect(OWN)
    return _form(request, form, title="发起转接", place=place, submit="提交")


@never_cache
def own_change(request: Request, transfer_id: int) -> HttpResponse:
    """Mend what was returned, and send it again."""
    found = _found(request, transfer_id)
    form = forms.OwnForm(
        request.POST or None,
        actor=request.actor,
        initial=queries.written_of(request.actor, found),
    )
    if form.is_valid():
        with pages.refusals_on(form):
            services.mend_and_send(
                transfer=found, new=form.as_mended(), at=timezone.now(), by=request.actor
            )
            messages.success(request, "已修改并再次提交。")
            return redirect(OWN)
    return _form(
        request,
        form,
        title="修改后再次提交",
        place=queries.own_place(request.actor),
        submit="再次提交",
        note=found.reason,
    )


@require_POST
def own_withdraw(request: Request, transfer_id: int) -> HttpResponse:
    """Take back a transfer that one began."""
    found = _found(request, transfer_id)
    try:
        services.withdraw_transfer(
            transfer=found, reason=WITHDRAWN, at=timezone.now(), by=request.actor
        )
        messages.success(request, "已撤回，团籍仍在原来的团支部。")
    except Refused as refusal:
        messages.error(request, refusal.reason)
    return redirect(OWN)


def _form(
    request: Request,
    form: forms.OwnForm,
    *,
    title: str,
    place: object,
    submit: str,
    note: str = "",
) -> HttpResponse:
    return pages.page(
        request,
        "transfers/own_form.html",
        status=422 if form.is_bound and form.errors else 200,
        title=title,
        form=form,
        place=place,
        submit=submit,
        note=note,
        back=reverse(OWN),
    )


def _steps(one: Transfer) -> list[tuple[str, str]]:
    """Return the way a transfer goes, each step with its day or that it is still to come."""
    last = ("区外接收", one.closed_on) if one.to_org is None else ("编入团支部", one.closed_on)
    days = [
        ("提交", one.sent_on),
        ("转出方同意", one.let_go_on),
        *([] if one.to_org is None else [("转入方接收", one.accepted_on)]),
        (last[0], last[1] if one.state == State.PLACED else None),
    ]
    return [(step, day.isoformat() if day else "") for step, day in days]


def _found(request: Request, transfer_id: int) -> Transfer:
    _require_somebody(request)
    mine = queries.own_transfers(request.actor).filter(side=Side.MEMBER)
    return get_object_or_404(mine, pk=transfer_id)


def _require_somebody(request: Request) -> None:
    if not request.actor.person_id:
        raise doors.closed()
