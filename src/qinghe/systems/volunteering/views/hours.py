"""Hours that wait for a word from above."""

from typing import cast

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import forms, queries, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import Attendance


class WaitingTable(Table):
    """Attendances whose hours wait, longest waiting first."""

    name = columns.MaskedName(
        verbose_name="姓名",
        accessor="volunteer__person__name",
        at="session__org",
        linkify=("volunteering:attendance", [A("pk")]),
    )
    session = Column("活动", accessor="session__title")
    org = Column("主办组织", accessor="session__org__name", order_by="session__org__path")
    day = columns.Day(verbose_name="日期", accessor="session__day")
    minutes = columns.Number(verbose_name="申报分钟")


def hours(request: Request) -> HttpResponseBase:
    """Show the hours this actor may approve."""
    if not actors.may_anywhere(request.actor, Act.APPROVE_HOURS):
        raise Refused(
            "not_allowed", "您没有审核时长的权限，没有任何改动；时长由主办组织的上级审核。"
        )
    return pages.list_page(
        request,
        title="待审核时长",
        table=WaitingTable,
        rows=queries.hours_waiting_for(request.actor),
        actions=[
            pages.Bulk(
                "approve",
                "通过所选时长",
                lambda found: services.approve_hours(
                    attendance=cast(queries.Attendance, found), at=timezone.now(), by=request.actor
                ),
                ask="通过所选的服务时长？通过后计入时长统计。",
                primary=True,
            )
        ],
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
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title="时长不予通过",
        note="不通过的服务记录不计人次和时长，原始签到保留。",
        submit="确定不通过",
        back=pages.Link("待审核时长", reverse("volunteering:hours")),
        then=lambda reason: services.refuse_hours(
            attendance=found, reason=reason, at=timezone.now(), by=request.actor
        ),
    )


def _found(request: Request, attendance_id: int) -> Attendance:
    return get_object_or_404(queries.hours_waiting_for(request.actor), pk=attendance_id)
