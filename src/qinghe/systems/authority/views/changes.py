"""What changes a holding: a later end, a deputy, a successor, its end."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access.models import Holding
from qinghe.lib import periods
from qinghe.systems.authority import forms, queries, services

from . import holdings
from .names import name_of


def extend(request: Request, holding_id: int) -> HttpResponse:
    """Move the day on which a role ends."""
    found = _changeable(request, holding_id)
    form = forms.ExtendForm(request.POST or None, initial={"ends_on": found.ends_on})
    if form.is_valid():
        with pages.refusals_on(form):
            services.extend_role(
                holding=found,
                ends_on=form.cleaned_data["ends_on"],
                at=timezone.now(),
                by=request.actor,
            )
            return redirect("authority:holding", found.pk)
    return pages.form_page(
        request,
        title=f"{_named(request, found)}延期",
        form=form,
        submit="确定延期",
        back=_back(found),
    )


def depute(request: Request, holding_id: int) -> HttpResponse:
    """Let another act in a post for some days."""
    found = _changeable(request, holding_id)
    today = periods.local_day(timezone.now())
    form = forms.DeputeForm(request.POST or None, initial={"starts_on": today})
    if form.is_valid():
        with pages.refusals_on(form):
            deputy = services.depute(
                holding=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
            return redirect("authority:holding", deputy.pk)
    return pages.form_page(
        request,
        title=f"{_named(request, found)}的代理",
        form=form,
        note="代理期间原任的权限不变；到期自动结束。",
        submit="确定代理",
        back=_back(found),
    )


def hand_over(request: Request, holding_id: int) -> HttpResponse:
    """Let another person take a post over."""
    found = _changeable(request, holding_id)
    form = forms.HandOverForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            begun = services.hand_over(
                holding=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
            return redirect("authority:holding", begun.pk)
    return pages.form_page(
        request,
        title=f"{_named(request, found)}移交",
        form=form,
        note=f"{name_of(request, found)}从移交日起不再任此职，代理一并结束；发出而未接受的邀请转给接任人。",
        submit="确定移交",
        back=_back(found),
    )


def end(request: Request, holding_id: int) -> HttpResponse:
    """End a role."""
    found = _changeable(request, holding_id)
    today = periods.local_day(timezone.now())
    form = forms.EndForm(request.POST or None, initial={"on": today})
    if form.is_valid():
        with pages.refusals_on(form):
            services.end_role(
                holding=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
            return redirect("authority:holding", found.pk)
    return pages.form_page(
        request,
        title=f"结束{_named(request, found)}",
        form=form,
        note=f"{name_of(request, found)}将不再任{found.org.name}的{found.get_role_display()}；"
        "账号、其他任职和已有记录都保留。",
        submit="确定结束",
        back=_back(found),
    )


def _changeable(request: Request, holding_id: int) -> Holding:
    found = holdings.of_request(request, holding_id)
    if not queries.may_change(request.actor, found):
        raise Http404
    return found


def _named(request: Request, found: Holding) -> str:
    return f"{name_of(request, found)}（{found.get_role_display()}）"


def _back(found: Holding) -> pages.Link:
    return pages.Link("返回", reverse("authority:holding", args=[found.pk]))
