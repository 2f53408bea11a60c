"""Disputes of hours: the list, one dispute, and its answer."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.volunteering import forms, queries, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import DisputeKind, DisputeState, HoursDispute

TONES: dict[str, pages.Tone] = {
    DisputeState.OPEN: pages.Tone.WAIT,
    DisputeState.CORRECTED: pages.Tone.GOOD,
    DisputeState.EXPLAINED: pages.Tone.INFO,
    DisputeState.WITHDRAWN: pages.Tone.PLAIN,
}


class DisputeTable(Table):
    """Disputes of hours."""

    name = columns.MaskedName(
        verbose_name="姓名",
        accessor="volunteer__person__name",
        at="org",
        linkify=("volunteering:hours_dispute", [A("pk")]),
    )
    kind = columns.State(verbose_name="类型", labels=dict(DisputeKind.choices), tones={})
    org = Column("主办组织", accessor="org__name", order_by="org__path")
    served_on = columns.Day(verbose_name="服务日期")
    asked_at = columns.Moment(verbose_name="提出时间")
    due_on = columns.Day(verbose_name="答复期限")
    state = columns.State(verbose_name="状态", labels=dict(DisputeState.choices), tones=TONES)


def hours_disputes(request: Request) -> HttpResponseBase:
    """Show the disputes about hours of the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    return pages.list_page(
        request,
        title="时长异议",
        table=DisputeTable,
        rows=queries.disputes_seen_by(request.actor).filter(
            org__path__startswith=request.scope.org.path
        ),
        filterset=forms.DisputeFilter,
    )


def hours_dispute(request: Request, hours_dispute_id: int) -> HttpResponse:
    """Show one dispute with its record and its answer."""
    found = _found(request, hours_dispute_id)
    state = DisputeState(found.state)
    actions = []
    if queries.disputes_waiting_for(request.actor).filter(pk=found.pk).exists():
        url = reverse("volunteering:hours_dispute_answer", args=[found.pk])
        actions.append(pages.Action("答复", url, primary=True))
        if found.kind == DisputeKind.MISSING:
            actions.append(pages.Action("申请补录", reverse("volunteering:late_new")))
    return pages.record_page(
        request,
        title=f"{found.get_kind_display()}：{found.served_on.isoformat()}",
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("志愿者编号", found.volunteer.number),
            ("主办组织", found.org.name),
            ("服务记录", _record(found)),
            ("异议内容", found.words),
            ("答复期限", found.due_on.isoformat()),
            ("答复", found.answer),
            ("答复人", found.answered_by.name if found.answered_by else None),
        ],
        actions=actions,
        back=pages.Link("时长异议", reverse("volunteering:hours_disputes")),
    )


def hours_dispute_answer(request: Request, hours_dispute_id: int) -> HttpResponse:
    """Answer a volunteer."""
    found = _found(request, hours_dispute_id)
    actors.require(request.actor, Act.ANSWER_DISPUTE, at=found.org)
    form = forms.AnswerForm(request.POST or None)
    there = reverse("volunteering:hours_dispute", args=[found.pk])

    def do() -> str:
        services.answer_dispute(
            dispute=found, **form.cleaned_data, at=timezone.now(), by=request.actor
        )
        return there

    return pages.act_page(
        request,
        title="答复时长异议",
        form=form,
        do=do,
        submit="答复",
        note=(
            "记录有误的，先在服务记录页更正（缺少的先补录，其他平台的先撤销），再选“已更正”；"
            "答复会通知本人。"
        ),
        back=pages.Link("时长异议", there),
    )


def _found(request: Request, hours_dispute_id: int) -> HoursDispute:
    return get_object_or_404(queries.disputes_seen_by(request.actor), pk=hours_dispute_id)


def _record(found: HoursDispute) -> pages.Cell:
    if found.carried is not None:
        url = reverse("volunteering:carried_row", args=[found.carried.row_id])
        return pages.Link(f"{found.carried.source}的时长", url)
    if found.attendance is None:
        return "没有记录"
    return pages.Link(
        found.attendance.session.title,
        reverse("volunteering:attendance", args=[found.attendance_id]),
    )
