"""What changes a holding: a later end, a deputy, a successor, its end."""

from collections.abc import Callable
from datetime import date

from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access.models import Holding
from qinghe.lib import periods
from qinghe.systems.authority import forms, queries, services

from . import holdings
from .names import name_of


def extend(request: Request, holding_id: int) -> HttpResponse:
    """Move the day on which a role ends."""
    found = _changeable(request, holding_id)
    return _change(
        request,
        found,
        form=forms.ExtendForm(request.POST or None, initial={"ends_on": found.ends_on}),
        do=services.extend_role,
        title=f"{_named(request, found)}延期",
        submit="确定延期",
    )


def depute(request: Request, holding_id: int) -> HttpResponse:
    """Let another act in a post for some days."""
    found = _changeable(request, holding_id)
    return _change(
        request,
        found,
        form=forms.DeputeForm(request.POST or None, initial={"starts_on": _today()}),
        do=services.depute,
        title=f"{_named(request, found)}的代理",
        note="代理期间原任的权限不变；到期自动结束。",
        submit="确定代理",
    )


def hand_over(request: Request, holding_id: int) -> HttpResponse:
    """Let another person take a post over."""
    found = _changeable(request, holding_id)
    return _change(
        request,
        found,
        form=forms.HandOverForm(request.POST or None),
        do=services.hand_over,
        title=f"{_named(request, found)}移交",
        note=f"{name_of(request, found)}从移交日起不再任此职，代理一并结束；发出而未接受的邀请转给接任人。",
        submit="确定移交",
    )


def end(request: Request, holding_id: int) -> HttpResponse:
    """End a role."""
    found = _changeable(request, holding_id)
    return _change(
        request,
        found,
        form=forms.EndForm(request.POST or None, initial={"on": _today()}),
        do=services.end_role,
        title=f"结束{_named(request, found)}",
        note=f"{name_of(request, found)}将不再任{found.org.name}的{found.get_role_display()}；"
        "账号、其他任职和已有记录都保留。",
        submit="确定结束",
    )


def _change(
    request: Request,
    found: Holding,
    *,
    form: BaseForm,
    do: Callable[..., Holding],
    title: str,
    submit: str,
    note: str = "",
) -> HttpResponse:
    """Do with a holding what a form asks for, and go to the holding that comes of it."""

    def done() -> str:
        made = do(holding=found, **form.cleaned_data, at=timezone.now(), by=request.actor)
        return reverse("authority:holding", args=[made.pk])

    back = pages.Link("返回", reverse("authority:holding", args=[found.pk]))
    return pages.act_page(
        request, title=title, form=form, do=done, submit=submit, note=note, back=back
    )


def _changeable(request: Request, holding_id: int) -> Holding:
    found = holdings.of_request(request, holding_id)
    if not queries.may_change(request.actor, found):
        raise doors.closed()
    return found


def _named(request: Request, found: Holding) -> str:
    return f"{name_of(request, found)}（{found.get_role_display()}）"


def _today() -> date:
    return periods.local_day(timezone.now())
