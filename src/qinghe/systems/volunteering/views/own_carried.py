"""What a volunteer has from other platforms, apart from their own hours, and what they dispute."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.systems.volunteering import forms, queries, rules, services

PER_PAGE = 20


@never_cache
def own_carried(request: Request) -> HttpResponse:
    """Show one's hours from other platforms, each with its source and day."""
    volunteer = queries.own_volunteer(request.actor)
    if volunteer is None:
        raise doors.closed()
    rows = queries.own_carried(request.actor)
    paged = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return pages.page(
        request,
        "volunteering/own_carried.html",
        title="其他平台的时长",
        hours=rules.tenths_of_hours(queries.carried_minutes(request.actor)),
        records=[(one, rules.tenths_of_hours(one.minutes)) for one in paged],
        disputes=queries.own_carried_disputes(request.actor),
        paged=paged,
    )


def own_carried_dispute(request: Request, carried_hours_id: int) -> HttpResponse:
    """Say what is wrong with hours from another platform."""
    found = get_object_or_404(queries.own_carried(request.actor), pk=carried_hours_id)
    form = forms.DisputeForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with pages.refusals_on(form):
            services.dispute_hours(
                new=services.NewDispute(
                    volunteer=found.volunteer,
                    org=queries.loader_of(request.actor, found),
                    day=found.served_until,
                    words=form.cleaned_data["words"],
                    carried=found,
                ),
                evidence=form.cleaned_data["evidence"],
                at=timezone.now(),
                by=request.actor,
            )
            messages.success(request, "已提交，由导入的组织在期限内答复，结果会通知您。")
            return redirect("volunteering:own_carried")
    return pages.page(
        request,
        "volunteering/own_dispute.html",
        status=422 if form.errors else 200,
        title="对其他平台的时长提出异议",
        form=form,
        carried=found,
        one=None,
    )
