"""A volunteer's own record: each service with the rule behind its number, and what they dispute."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.systems.volunteering import forms, queries, rules, services
from qinghe.systems.volunteering.queries import State

PER_PAGE = 20


@never_cache
def own_service(request: Request) -> HttpResponse:
    """Show what one served, how each record came to its number, and what one disputes."""
    volunteer = queries.own_volunteer(request.actor)
    if volunteer is None:
        raise doors.closed()
    rows = queries.own_services(request.actor)
    paged = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    counted = queries.sum_of(request.actor, rows.filter(state=State.EFFECTIVE))
    held = queries.sum_of(request.actor, rows.filter(state=State.HELD))
    shares = queries.shares_of(request.actor, rows)
    return pages.page(
        request,
        "volunteering/own_service.html",
        title="我的服务记录",
        hours=rules.tenths_of_hours(counted.minutes),
        sessions=counted.sessions,
        held=held,
        late=rules.tenths_of_hours(shares.get("late", 0)),
        carried=rules.tenths_of_hours(queries.carried_minutes(request.actor)),
        records=queries.explained(request.actor, list(paged)),
        paged=paged,
        missing=queries.own_missing(request.actor),
        disputable=("effective", "pending", "present", "refused", "held", "void"),
    )


def own_dispute(request: Request, attendance_id: int) -> HttpResponse:
    """Say what is wrong with one's own record."""
    found = get_object_or_404(queries.own_services(request.actor), pk=attendance_id)
    form = forms.DisputeForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with pages.refusals_on(form):
            services.dispute_hours(
                new=services.NewDispute(
                    volunteer=found.volunteer,
                    org=found.session.org,
                    day=found.session.day,
                    words=form.cleaned_data["words"],
                    attendance=found,
                ),
                evidence=form.cleaned_data["evidence"],
                at=timezone.now(),
                by=request.actor,
            )
            return _done(request)
    return _asked(request, form, title="对记录提出异议", record=found)


def own_missing(request: Request) -> HttpResponse:
    """Say that a record of one's own is missing."""
    volunteer = queries.own_volunteer(request.actor)
    if volunteer is None:
        raise doors.closed()
    form = forms.MissingForm(
        request.POST or None,
        request.FILES or None,
        hosts=queries.hosts_for(request.actor, volunteer),
    )
    if form.is_valid():
        with pages.refusals_on(form):
            services.dispute_hours(
                new=services.NewDispute(
                    volunteer=volunteer,
                    org=form.cleaned_data["org"],
                    day=form.cleaned_data["day"],
                    words=form.cleaned_data["words"],
                ),
                evidence=form.cleaned_data["evidence"],
                at=timezone.now(),
                by=request.actor,
            )
            return _done(request)
    return _asked(request, form, title="报告缺少的记录", record=None)


@require_POST
def own_dispute_withdraw(request: Request, hours_dispute_id: int) -> HttpResponse:
    """Take one's own dispute back."""
    found = get_object_or_404(queries.own_disputes(request.actor), pk=hours_dispute_id)
    services.withdraw_dispute(dispute=found, at=timezone.now(), by=request.actor)
    messages.success(request, "已撤回异议。")
    return redirect("volunteering:own_service")


def _done(request: Request) -> HttpResponse:
    messages.success(request, "已提交，由主办组织在期限内答复，结果会通知您。")
    return redirect("volunteering:own_service")


def _asked(
    request: Request, form: BaseForm, *, title: str, record: queries.Attendance | None
) -> HttpResponse:
    return pages.page(
        request,
        "volunteering/own_dispute.html",
        status=422 if form.errors else 200,
        title=title,
        form=form,
        one=queries.explained(request.actor, [record])[0] if record else None,
    )
