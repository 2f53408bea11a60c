"""One's own way into the League on the phone: apply, follow the fifteen steps, take it back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.systems.joining import forms, queries, services
from qinghe.systems.joining.queries import CaseState

from .tables import MARK_TONES, MARKS

OWN = "joining:own"


@never_cache
def own(request: Request) -> HttpResponse:
    """Show how far one's application has come: who must act, until when, and why not yet."""
    _require_person(request)
    found = queries.own_case(request.actor)
    going = found is not None and found.state in (CaseState.OPEN, CaseState.PAUSED)
    suits = queries.suits(request.actor, timezone.now())
    is_admitted = found is not None and found.state == CaseState.FINISHED
    track = queries.track_of(request.actor, found, on=timezone.localdate()) if found else []
    return pages.page(
        request,
        "joining/own.html",
        title="入团",
        found=found,
        track=[(mark, pages.Tag(MARKS[mark.state], MARK_TONES[mark.state])) for mark in track],
        may_withdraw=going and found is not None and found.step <= 12,
        may_apply=not going and (suits or not is_admitted),
        suits=suits,
    )


@never_cache
def own_apply(request: Request) -> HttpResponse:
    """Hand in one's application."""
    _require_person(request)
    form = forms.OwnApplicationForm(
        request.POST or None, request.FILES or None, actor=request.actor
    )
    if form.is_valid():
        with pages.refusals_on(form):
            services.apply(new=form.as_new(), at=timezone.now(), by=request.actor)
            messages.success(request, "已提交入团申请，团支部会在一个月内找您谈话。")
            return redirect(OWN)
    return pages.page(
        request,
        "joining/own_form.html",
        status=422 if form.errors else 200,
        title="申请入团",
        form=form,
        submit="提交申请",
        note="申请入团须年满14周岁、未满28周岁。入团自愿，提交后可以随时撤回。",
    )


@never_cache
def own_withdraw(request: Request) -> HttpResponse:
    """Take one's application back."""
    _require_person(request)
    found = queries.own_case(request.actor)
    if found is None:
        raise Http404
    form = forms.ReasonForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            services.withdraw(
                case=found,
                reason=form.cleaned_data["reason"],
                at=timezone.now(),
                by=request.actor,
            )
            messages.success(request, "已撤回入团申请。")
            return redirect(OWN)
    return pages.page(
        request,
        "joining/own_form.html",
        status=422 if form.errors else 200,
        title="撤回入团申请",
        form=form,
        submit="确定撤回",
        note="撤回后这份申请终结，以后可以重新申请。",
    )


def _require_person(request: Request) -> None:
    if not request.actor.person_id:
        raise doors.closed()
