"""Hours that wait for a word from above."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.edges.web.requests import Request
from qinghe.systems.volunteering import forms, queries, services
from qinghe.systems.volunteering.queries import Attendance


class WaitingTable(Table):
    """Attendances whose hours wait, longest waiting first."""

    name = columns.MaskedName(
        verbose_name="姓名",
        accessor="volunteer__person__name",
        linkify=("volunteering:attendance", [A("pk")]),
    )
    session = Column("活动", accessor="session__title")
    org = Column("主办组织", accessor="session__org__name", order_by="session__org__path")
    day = columns.Day(verbose_name="日期", accessor="session__day")
    minutes = columns.Number(verbose_name="申报分钟")


def hours(request: Request) -> HttpResponseBase:
    """Show the hours this actor may approve."""
    return pages.list_page(
        request,
        title="待审核时长",
        table=WaitingTable,
        rows=queries.hours_waiting_for(request.actor),
    )


@require_POST
def hours_approve(request: Request, attendance_id: int) -> HttpResponse:
    """Put waiting hours into effect."""
    found = _found(request, attendance_id)
    services.approve_hours(attendance=found, at=timezone.now(), by=request.actor)
    return redirect("volunteering:hours")


def hours_refuse(request: Request, attendance_id: int) -> HttpResponse:
    """Turn waiting hours down."""
    found = _found(request, attendance_id)
    form = forms.ReasonForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            services.refuse_hours(
                attendance=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
            return redirect("volunteering:hours")
    return pages.form_page(
        request,
        title="时长不予通过",
        form=form,
        note="不通过的服务记录不计人次和时长，原始签到保留。",
        submit="确定不通过",
        back=pages.Link("待审核时长", reverse("volunteering:hours")),
    )


def _found(request: Request, attendance_id: int) -> Attendance:
    return get_object_or_404(queries.hours_waiting_for(request.actor), pk=attendance_id)
