"""Insurance policies: list, record, entering, ending early."""

from datetime import date

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import forms, queries, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import Policy

from .sessions import FIRST, SessionTable, written


class PolicyTable(Table):
    """Policies."""

    number = Column("保单号", linkify=("volunteering:policy", [A("pk")]))
    insurer = Column("保险公司")
    org = Column("投保单位", accessor="org__name", order_by="org__path")
    starts_on = columns.Day(verbose_name="保障开始")
    ends_on = columns.Day(verbose_name="保障截止")
    ended_on = columns.Day(verbose_name="提前终止")


def policies(request: Request) -> HttpResponseBase:
    """Show the policies of the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    actions = []
    if actors.may(request.actor, Act.INSURE, at=request.scope.org):
        url = reverse("volunteering:policy_new")
        actions.append(pages.Action("登记保单", url, primary=True))
    return pages.list_page(
        request,
        title="志愿者保险",
        table=PolicyTable,
        rows=queries.policies_seen_by(request.actor).filter(
            org__path__startswith=request.scope.org.path
        ),
        actions=actions,
    )


def policy(request: Request, policy_id: int) -> HttpResponse:
    """Show one policy and the sessions that rest on it."""
    found = _found(request, policy_id)
    resting = queries.sessions_seen_by(request.actor).filter(policy=found)
    actions = []
    if not found.ended_on and actors.may(request.actor, Act.INSURE, at=found.org):
        url = reverse("volunteering:policy_end", args=[found.pk])
        actions.append(pages.Action("提前终止", url))
    return pages.record_page(
        request,
        title=f"{found.insurer} {found.number}",
        record=found,
        state=_state(found, today=local_day(timezone.now())),
        facts=[
            ("投保单位", found.org.name),
            ("保障期", f"{found.starts_on.isoformat()} 至 {found.ends_on.isoformat()}"),
            ("保障内容", found.covers),
            ("提前终止", written(found.ended_on)),
            ("终止原因", found.reason or "—"),
        ],
        actions=actions,
        related=[
            pages.Related(
                "投保的场次", tables.short(SessionTable, resting[:FIRST]), empty="还没有场次"
            )
        ],
        back=pages.Link("志愿者保险", reverse("volunteering:policies")),
    )


def policy_new(request: Request) -> HttpResponse:
    """Enter a policy."""
    actors.require(request.actor, Act.INSURE, at=request.scope.org)
    form = forms.PolicyForm(
        request.POST or None, initial={"org": request.scope.org.code}, actor=request.actor
    )
    return pages.act_page(
        request,
        title="登记保单",
        form=form,
        do=lambda: reverse(
            "volunteering:policy",
            args=[services.enter_policy(new=form.as_new(), at=timezone.now(), by=request.actor).pk],
        ),
        back=pages.Link("志愿者保险", reverse("volunteering:policies")),
    )


def policy_end(request: Request, policy_id: int) -> HttpResponse:
    """End a policy early."""
    found = _found(request, policy_id)
    actors.require(request.actor, Act.INSURE, at=found.org)
    form = forms.EndPolicyForm(request.POST or None)
    back = pages.Link(found.number, reverse("volunteering:policy", args=[found.pk]))

    def do() -> str:
        services.end_policy(policy=found, **form.cleaned_data, at=timezone.now(), by=request.actor)
        return back.url

    return pages.act_page(
        request,
        title=f"提前终止保单 {found.number}",
        form=form,
        do=do,
        submit="确定终止",
        note="已发布的场次不受影响，请逐场核对是否另行投保。",
        back=back,
    )


def _found(request: Request, policy_id: int) -> Policy:
    return get_object_or_404(queries.policies_seen_by(request.actor), pk=policy_id)


def _state(found: Policy, *, today: date) -> pages.Tag:
    if found.ended_on and found.ended_on < today:
        return pages.Tag("已终止", pages.Tone.PLAIN)
    if today > found.ends_on:
        return pages.Tag("已到期", pages.Tone.PLAIN)
    if today < found.starts_on:
        return pages.Tag("未生效", pages.Tone.WAIT)
    return pages.Tag("保障中", pages.Tone.GOOD)
