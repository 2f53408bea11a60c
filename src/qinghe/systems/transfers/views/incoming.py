"""Who has come: looked at one by one, taken in together, placed together."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.systems.transfers import forms, queries, services
from qinghe.systems.transfers.access import Act
from qinghe.systems.transfers.queries import Transfer

from .graduates import tell

INCOMING = "transfers:incoming"
NOBODY = "没有勾选团员，没有改动；请先勾选。"


def incoming(request: Request) -> HttpResponse:
    """Show who waits to be taken in and who to be placed; nobody is ticked beforehand."""
    doors.require_at(request.actor, Act.RECEIVE, org=request.scope.org)
    return _page(request, form=None)


@require_POST
def incoming_accept(request: Request) -> HttpResponse:
    """Take in those who are ticked."""
    doors.require_at(request.actor, Act.RECEIVE, org=request.scope.org)
    chosen = _chosen(request, queries.to_look_at(request.actor, request.scope.org))
    if not chosen:
        messages.warning(request, NOBODY)
        return redirect(INCOMING)
    outcome = services.accept_many(transfers=chosen, at=timezone.now(), by=request.actor)
    tell(request, outcome, what="接收")
    return redirect(INCOMING)


@require_POST
def incoming_place(request: Request) -> HttpResponse:
    """Place those who are ticked in one branch."""
    org = request.scope.org
    doors.require_at(request.actor, Act.RECEIVE, org=org)
    form = forms.PlaceManyForm(request.POST, actor=request.actor, under=org)
    chosen = _chosen(request, queries.to_place(request.actor, org))
    if form.is_valid() and not chosen:
        form.add_error(None, NOBODY)
    if not form.is_valid():
        return _page(request, form=form)
    outcome = services.place_many(
        transfers=chosen, **form.cleaned_data, at=timezone.now(), by=request.actor
    )
    tell(request, outcome, what="编入")
    return redirect(INCOMING)


def _page(request: Request, *, form: forms.PlaceManyForm | None) -> HttpResponse:
    org = request.scope.org
    return pages.page(
        request,
        "transfers/incoming.html",
        status=422 if form else 200,
        title=f"批量转入：{org.name}",
        back=pages.Link("组织关系转接", reverse("transfers:transfers")),
        form=form or forms.PlaceManyForm(actor=request.actor, under=org),
        most=queries.MOST,
        coming=_named(request, queries.to_look_at(request.actor, org)),
        taken=_named(request, queries.to_place(request.actor, org)),
    )


def _named(request: Request, rows: list[Transfer]) -> list[tuple[Transfer, str, bool]]:
    """Return rows with names, and whether each was ticked in what is answered."""
    today = timezone.localdate()
    picked = set(request.POST.getlist("picked"))
    return [
        (one, queries.full_name_of(request.actor, one, on=today), str(one.pk) in picked)
        for one in rows
    ]


def _chosen(request: Request, rows: list[Transfer]) -> list[Transfer]:
    picked = set(request.POST.getlist("picked"))
    return [one for one in rows if str(one.pk) in picked]
