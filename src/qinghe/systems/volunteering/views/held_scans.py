"""Held scans at the desk: why each is held, and whether it counts."""

from datetime import datetime
from typing import cast

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.volunteering import forms, queries, rules, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import Scan

LIST = "volunteering:held_scans"
TITLE = "待核实的扫码"


class HeldScanTable(Table):
    """Scans whose times nobody has vouched for."""

    session = Column(
        "场次", accessor="session__title", linkify=("volunteering:held_scan", [A("pk")])
    )
    number = Column("志愿者编号", accessor="volunteer__number")
    name = columns.MaskedName(
        verbose_name="姓名", accessor="volunteer__person__name", at="session__org"
    )
    kind = Column("签到或签退", accessor="get_kind_display", order_by="kind")
    at = columns.Moment(verbose_name="计入时间")
    received_at = columns.Moment(verbose_name="收到时间")
    why = Column("原因", accessor="code", order_by="code")

    def render_why(self, value: str) -> str:
        """Say it in words."""
        return rules.WHY_HELD.get(value, value)


def held_scans(request: Request) -> HttpResponseBase:
    """Show the scans of the chosen organisation and all below it that wait to be looked at."""
    actors.require(request.actor, Act.CORRECT, at=request.scope.org)
    return pages.list_page(
        request,
        title=TITLE,
        table=HeldScanTable,
        rows=queries.held_scans_for(request.actor).filter(
            session__org__path__startswith=request.scope.org.path
        ),
        filterset=forms.HeldScanFilter,
        actions=[
            pages.Bulk(
                "count",
                "按计入时间登记所选",
                lambda row: services.count_scan(
                    scan=cast(Scan, row), at=timezone.now(), by=request.actor
                ),
                primary=True,
            ),
            pages.Bulk(
                "set_aside",
                "不计入所选",
                lambda row: services.set_scan_aside(
                    scan=cast(Scan, row),
                    reason=pages.reason_of(request),
                    at=timezone.now(),
                    by=request.actor,
                ),
                why="不计入的原因",
            ),
        ],
    )


def held_scan(request: Request, held_scan_id: int) -> HttpResponse:
    """Show one held scan: what the device said, when it came in, when it would count."""
    found = _found(request, held_scan_id)
    key = [found.pk]
    return pages.record_page(
        request,
        title=f"{found.get_kind_display()}：{found.session.title}",
        record=found,
        state=pages.Tag(found.get_verdict_display(), pages.Tone.WAIT),
        facts=[
            ("原因", rules.WORDS[found.code]),
            (
                "场次",
                pages.Link(
                    found.session.title,
                    reverse("volunteering:session", args=[found.session_id]),
                ),
            ),
            ("志愿者编号", found.volunteer.number),
            ("签到或签退", found.get_kind_display()),
            ("方式", found.get_how_display()),
            ("设备扫码时间", _moment(found.device_at)),
            ("设备发送时间", _moment(found.sent_at)),
            ("收到时间", _moment(found.received_at)),
            ("计入时间", _moment(found.at)),
        ],
        actions=[
            pages.Action(
                "按计入时间登记",
                reverse("volunteering:held_scan_count", args=key),
                post=True,
                primary=True,
            ),
            pages.Action("不计入", reverse("volunteering:held_scan_set_aside", args=key)),
        ],
        back=pages.Link(TITLE, reverse(LIST)),
    )


@require_POST
def held_scan_count(request: Request, held_scan_id: int) -> HttpResponse:
    """Count it."""
    found = _found(request, held_scan_id)
    services.count_scan(scan=found, at=timezone.now(), by=request.actor)
    messages.success(request, "已登记，服务时长已重新计算。")
    return redirect(LIST)


def held_scan_set_aside(request: Request, held_scan_id: int) -> HttpResponse:
    """Say why it counts for nothing."""
    found = _found(request, held_scan_id)
    return pages.reason_page(
        request,
        title=f"不计入：{found.session.title}的{found.get_kind_display()}",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.set_scan_aside(
            scan=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="不计入",
        note="扫码记录和原因一并留存，不计时长。",
        back=pages.Link(TITLE, reverse(LIST)),
    )


def _found(request: Request, held_scan_id: int) -> Scan:
    return get_object_or_404(queries.held_scans_for(request.actor), pk=held_scan_id)


def _moment(moment: datetime | None) -> pages.Cell:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}" if moment else None
