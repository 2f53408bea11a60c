"""A guardian's phone: the children who serve at one's side, their places and what they served (V-21)."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.consent import rules as consent_rules
from qinghe.kernel.consent.models import Purpose
from qinghe.kernel.people.models import Person
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import forms, queries, services

from .own_sign_ups import joined

OWN = "volunteering:own_wards"


@never_cache
@require_safe
def own_wards(request: Request) -> HttpResponse:
    """Show one's children, what they served, and how they come to serve."""
    _require_volunteer(request)
    return pages.page(
        request,
        "volunteering/own_wards.html",
        title="我的孩子",
        wards=queries.wards_shown(request.actor, timezone.now()),
    )


@never_cache
def own_ward_new(request: Request) -> HttpResponse:
    """Bring a child who is not on the books."""
    _require_volunteer(request)
    notices = queries.ward_notices(request.actor, None, timezone.now())
    form = forms.BringForm(request.POST or None, actor=request.actor, notices=notices)
    return _asked(
        request,
        form,
        title="登记孩子",
        do=lambda at: services.bring_ward(
            new=form.as_new(), agreed=form.as_agreed(), at=at, by=request.actor
        ),
    )


@never_cache
def own_ward_enlist(request: Request, person_id: int) -> HttpResponse:
    """Let a child apply who registered before."""
    _require_volunteer(request)
    kept = get_object_or_404(queries.guardianships_of(request.actor), ward_id=person_id)
    ward: Person = kept.ward
    notices = queries.ward_notices(request.actor, ward, timezone.now())
    form = forms.EnlistForm(
        request.POST if request.method == "POST" else None,
        actor=request.actor,
        notices=notices,
        relation=kept.relation,
    )
    return _asked(
        request,
        form,
        title=f"登记{ward.name}",
        do=lambda at: services.enlist_ward(
            ward=ward, agreed=form.as_agreed(), at=at, by=request.actor
        ),
    )


@require_POST
def own_ward_sign_up(request: Request, service_post_id: int, ward_id: int) -> HttpResponse:
    """Sign a child up, or let them wait."""
    ward = get_object_or_404(queries.own_wards(request.actor), pk=ward_id)
    return joined(
        request,
        service_post_id,
        lambda post, at: services.sign_up_ward(
            post=post,
            ward=ward,
            vouched=request.POST.get("vouched") == "on",
            at=at,
            by=request.actor,
        ),
    )


def _asked(
    request: Request, form: forms.EnlistForm, *, title: str, do: Callable[[datetime], object]
) -> HttpResponse:
    if form.is_valid():
        with pages.refusals_on(form):
            do(timezone.now())
            messages.success(request, "已提交，由社区审核；通过后就能随您一起报名。")
            return redirect(OWN)
    return pages.page(
        request,
        "volunteering/own_ward.html",
        status=422 if form.errors else 200,
        title=title,
        form=form,
        why_not=_why_not(form),
    )


def _why_not(form: forms.EnlistForm) -> str:
    """Return why no child can be taken now, to be told before anything is typed (S-04)."""
    try:
        for notice in form.notices:
            if notice.purpose == Purpose.CHILD:
                consent_rules.check_child_rules(responsible=notice.responsible)
    except Refused as refusal:
        return refusal.reason
    return ""


def _require_volunteer(request: Request) -> None:
    if queries.own_volunteer(request.actor) is None:
        raise doors.closed()
