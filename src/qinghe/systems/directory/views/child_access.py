"""Wishes to read what is sealed about minors: asked by one, decided by another (S-04, S-05)."""

from datetime import datetime

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.kernel.people.models import ChildAccess, ContactField
from qinghe.lib import identifiers
from qinghe.systems.directory import forms, queries, services
from qinghe.systems.directory.access import Act

from . import links, persons

State = ChildAccess.State
TONES: dict[str, pages.Tone] = {
    State.ASKED: pages.Tone.WAIT,
    State.APPROVED: pages.Tone.GOOD,
    State.REFUSED: pages.Tone.PLAIN,
}


class ChildAccessTable(Table):
    """Wishes with what was decided."""

    name = columns.ChildName(
        verbose_name="未成年人",
        accessor="person__name",
        linkify=("directory:child_access", {"access_id": A("pk")}),
    )
    asked_by = Column("申请人", accessor="asked_by__name", orderable=False)
    reason = Column("事由", orderable=False)
    asked_at = columns.Moment(verbose_name="申请时间")
    decided_by = Column("审批人", accessor="decided_by__name", orderable=False)
    valid_until = columns.Moment(verbose_name="有效至")
    state = columns.State(verbose_name="状态", labels=dict(State.choices), tones=TONES)


def child_accesses(request: Request) -> HttpResponseBase:
    """Show the actor's own wishes and those that are theirs to decide."""
    mine = (Act.APPROVE_CHILD_ACCESS, levels.Act.SEE_CHILD)
    links.require(any(actors.may_anywhere(request.actor, act) for act in mine))
    return pages.list_page(
        request,
        title="未成年人信息查看",
        table=ChildAccessTable,
        rows=queries.child_access_seen_by(request.actor),
        filterset=forms.ChildAccessFilter,
    )


def child_access(request: Request, access_id: int) -> HttpResponse:
    """Show one wish, with the decision or the ways to decide."""
    wish = _found(request, access_id)
    return pages.record_page(
        request,
        title=f"申请查看{identifiers.mask_child_name(wish.person.name)}的联系方式",
        record=wish,
        state=pages.Tag(wish.get_state_display(), TONES[wish.state]),
        facts=[
            ("未成年人", _person(request, wish)),
            ("申请人", wish.asked_by.name),
            ("事由", wish.reason),
            ("申请时间", _moment(wish.asked_at)),
            ("审批人", wish.decided_by.name if wish.decided_by else ""),
            ("审批时间", _moment(wish.decided_at)),
            ("答复", wish.answer),
            ("有效至", _moment(wish.valid_until)),
        ],
        actions=_actions(request, wish),
        back=pages.Link("未成年人信息查看", reverse("directory:child_accesses")),
    )


def child_access_ask(request: Request, person_id: int) -> HttpResponse:
    """Ask to read a minor's contact."""
    child = persons.found(request, person_id)
    links.require(queries.may_show(request.actor, ContactField.GUARDIAN_PHONE, of=child))
    form = forms.ReasonForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            services.ask_child_access(
                person=child, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
            return redirect("directory:person", child.pk)
    return pages.form_page(
        request,
        title=f"申请查看{queries.name_for(request.actor, child)}的联系方式",
        form=form,
        note="申请将由上级负责人审批，批准后24小时内可以查看；申请、审批、查看都会留下记录。",
        submit="提交申请",
        back=pages.Link("返回", reverse("directory:person", args=[child.pk])),
    )


@require_POST
def child_access_approve(request: Request, access_id: int) -> HttpResponse:
    """Let the one who asked read for a day."""
    wish = _to_decide(request, access_id)
    services.approve_child_access(access=wish, at=timezone.now(), by=request.actor)
    return redirect("directory:child_access", wish.pk)


def child_access_refuse(request: Request, access_id: int) -> HttpResponse:
    """Tell the one who asked that they may not, and why."""
    wish = _to_decide(request, access_id)
    form = forms.ReasonForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            services.refuse_child_access(
                access=wish, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
            return redirect("directory:child_access", wish.pk)
    return pages.form_page(
        request,
        title="不批准查看",
        form=form,
        note=f"{wish.asked_by.name}将看到不批准的事由，可以补充情况后重新申请。",
        submit="确定不批准",
        back=pages.Link("返回", reverse("directory:child_access", args=[wish.pk])),
    )


def _found(request: Request, access_id: int) -> ChildAccess:
    return get_object_or_404(queries.child_access_seen_by(request.actor), pk=access_id)


def _to_decide(request: Request, access_id: int) -> ChildAccess:
    wish = _found(request, access_id)
    links.require(queries.may_decide_about(request.actor, wish.person))
    return wish


def _person(request: Request, wish: ChildAccess) -> pages.Cell:
    name = identifiers.mask_child_name(wish.person.name)
    if not queries.persons_seen_by(request.actor).filter(pk=wish.person_id).exists():
        return name
    return pages.Link(name, reverse("directory:person", args=[wish.person_id]))


def _moment(value: datetime | None) -> str:
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else ""


def _actions(request: Request, wish: ChildAccess) -> list[pages.Action]:
    mine = wish.asked_by_id == request.actor.person_id
    decided = wish.state != State.ASKED
    if mine or decided or not queries.may_decide_about(request.actor, wish.person):
        return []
    approve = reverse("directory:child_access_approve", args=[wish.pk])
    refuse = reverse("directory:child_access_refuse", args=[wish.pk])
    return [
        pages.Action("批准24小时", approve, primary=True, post=True),
        pages.Action("不批准", refuse),
    ]
