"""Answering what people ask about their own data (S-07)."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.lib.periods import local_day
from qinghe.systems.privacy import forms, queries, services
from qinghe.systems.privacy.access import Act

METHODS = ["GET", "HEAD", "POST"]
TONES = {"open": pages.Tone.WAIT, "done": pages.Tone.GOOD, "refused": pages.Tone.PLAIN}
STATES = {"open": "待答复", "done": "已办理", "refused": "不予办理"}


class RequestTable(Table):
    """Requests, those due first."""

    kind = Column("申请", linkify=("privacy:request", [A("pk")]))
    person = columns.MaskedName(verbose_name="申请人", accessor="person__name")
    org = Column("受理组织", accessor="org__name")
    asked_at = columns.Moment(verbose_name="提交时间")
    due_on = columns.Day(verbose_name="答复期限")
    state = columns.State(verbose_name="状态", labels=STATES, tones=TONES)

    class Meta:
        fields = ("kind", "person", "org", "asked_at", "due_on", "state")
        order_by = "due_on"


@require_safe
def requests(request: Request) -> HttpResponse:
    """Show the requests that the reader answers or oversees."""
    if not _may_look(request):
        raise doors.closed()
    return pages.list_page(
        request,
        title="更正、删除申请",
        table=RequestTable,
        rows=queries.requests_seen_by(request.actor),
        filterset=forms.RequestFilter,
    )


@require_safe
def request_record(request: Request, pk: int) -> HttpResponse:
    """Show one request, and how to answer it."""
    found = get_object_or_404(queries.requests_seen_by(request.actor), pk=pk)
    waiting = queries.requests_waiting_for(request.actor).filter(pk=pk).exists()
    today = local_day(timezone.now())
    name = levels.full_name(request.actor, found.person, at=found.org, on=today)
    facts: list[tuple[str, pages.Cell]] = [
        ("申请人", name),
        ("人员编号", found.person.number),
        ("受理组织", found.org.name),
        ("类型", found.get_kind_display()),
        ("内容", found.get_field_display()),
        ("申请说明", queries.wish_of(request.actor, found)),
        ("答复期限", found.due_on.isoformat()),
        ("答复", found.answer),
        ("答复人", found.answered_by),
    ]
    actions = [
        pages.Action("同意并办理", reverse("privacy:request_fulfil", args=[pk]), primary=True),
        pages.Action("不予办理", reverse("privacy:request_refuse", args=[pk])),
    ]
    late = found.state == "open" and found.due_on < today
    tone = pages.Tone.LATE if late else TONES[found.state]
    return pages.record_page(
        request,
        title=f"{found}",
        record=found,
        facts=facts,
        state=pages.Tag("已逾期" if late else STATES[found.state], tone),
        actions=actions if waiting else (),
        back=pages.Link("更正、删除申请", reverse("privacy:requests")),
    )


@require_http_methods(METHODS)
def request_fulfil(request: Request, pk: int) -> HttpResponse:
    """Do what was asked, with an answer."""
    found = get_object_or_404(queries.requests_waiting_for(request.actor), pk=pk)
    form = forms.AnswerForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            services.fulfil(
                request=found,
                answer=form.cleaned_data["answer"],
                at=timezone.now(),
                by=request.actor,
            )
            messages.success(request, "已办理并告知申请人。")
            return redirect("privacy:request", pk)
    note = (
        "办理后立即生效：更正的内容写入名册；删除申请将停用账号、删除联系方式并隐去姓名，不能恢复。"
    )
    return _answer_page(request, form, pk=pk, title="同意并办理", note=note)


@require_http_methods(METHODS)
def request_refuse(request: Request, pk: int) -> HttpResponse:
    """Turn it down, with the reason."""
    found = get_object_or_404(queries.requests_waiting_for(request.actor), pk=pk)
    form = forms.AnswerForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            services.refuse(
                request=found,
                reason=form.cleaned_data["answer"],
                at=timezone.now(),
                by=request.actor,
            )
            messages.success(request, "已答复申请人，没有改动任何信息。")
            return redirect("privacy:request", pk)
    return _answer_page(request, form, pk=pk, title="不予办理", note="须说明理由，申请人会看到。")


def _answer_page(
    request: Request, form: BaseForm, *, pk: int, title: str, note: str
) -> HttpResponse:
    back = pages.Link("返回申请", reverse("privacy:request", args=[pk]))
    return pages.form_page(request, title=title, form=form, submit=title, note=note, back=back)


def _may_look(request: Request) -> bool:
    return any(actors.may_anywhere(request.actor, act) for act in (Act.ANSWER, Act.SEE))
