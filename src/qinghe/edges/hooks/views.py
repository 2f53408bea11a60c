"""Subscriptions: made after the password, their secret shown once, seen, tried out, paused, ended."""

from collections.abc import Callable
from typing import cast

import django_filters
from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, doors, pages, tables, timeline
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import levels
from qinghe.kernel.notices import channels

from . import forms, queries, rules, services
from .access import Act

TITLE = "事件推送"
TONES = {"active": pages.Tone.GOOD, "paused": pages.Tone.WAIT, "ended": pages.Tone.PLAIN}
SENT_TONES = {"waiting": pages.Tone.WAIT, "sent": pages.Tone.GOOD}
SHOWN = 20
timeline.VERBS.update(
    {
        "hooks.subscribe": "建立事件推送",
        "hooks.pause": "暂停推送",
        "hooks.resume": "恢复推送",
        "hooks.end": "停用推送",
        "hooks.rest": "自动暂停推送",
        "hooks.try_out": "试推送",
        "hooks.send_again": "再次推送",
    }
)
timeline.DETAILS.update({"address": "接收地址", "events": "事件", "dispatch": "推送记录"})


class SubscriptionTable(Table):
    """The subscriptions an actor keeps."""

    name = Column("名称", linkify=("hooks:subscription", [A("pk")]))
    org = Column("组织", accessor="org__name")
    address = Column("接收地址", orderable=False)
    waiting = columns.Number(verbose_name="待推送")
    tried = columns.Moment(verbose_name="最近推送")
    state = columns.State(verbose_name="状态", labels=dict(services.State.choices), tones=TONES)

    class Meta:
        order_by = "-made_at"


class DispatchTable(Table):
    """What was or will be sent."""

    at = columns.Moment(
        verbose_name="发生时间", accessor="happening__at", linkify=("hooks:dispatch", [A("pk")])
    )
    event = Column("事件", accessor="happening__event")
    org = Column("组织", accessor="happening__org__name")
    subscription = Column("订阅", accessor="subscription__name")
    tries = columns.Number(verbose_name="已试次数")
    status = Column("应答状态码", default="还没有应答")
    said = Column("说明", default="")
    state = columns.State(
        verbose_name="状态", labels=dict(services.Waiting.choices), tones=SENT_TONES
    )

    class Meta:
        order_by = "-pk"

    def render_event(self, value: str) -> str:
        """Show what an event is called."""
        return queries.words_of(value)


class LastTable(DispatchTable):
    """What was sent last for one subscription."""

    class Meta(DispatchTable.Meta):
        exclude = ("org", "subscription")


class DispatchFilter(django_filters.FilterSet):
    """By state and by subscription."""

    state = django_filters.ChoiceFilter(label="状态", choices=services.Waiting.choices)
    subscription = django_filters.ModelChoiceFilter(
        label="订阅", queryset=lambda request: queries.subscriptions_seen_by(request.actor)
    )


@require_safe
def subscriptions(request: Request) -> HttpResponse:
    """Show the subscriptions of the actor's organisations."""
    doors.require_anywhere(request.actor, Act.SUBSCRIBE)
    return pages.list_page(
        request,
        title=TITLE,
        table=SubscriptionTable,
        rows=queries.subscriptions_seen_by(request.actor),
        actions=[
            pages.Action("新建订阅", reverse("hooks:new"), primary=True),
            pages.Action("推送记录", reverse("hooks:dispatches")),
        ],
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def subscription_new(request: Request) -> HttpResponse:
    """Subscribe an address, after the password was typed once more, and show the secret this once."""
    doors.require_anywhere(request.actor, Act.SUBSCRIBE)
    form = forms.SubscriptionForm(
        request.POST or None,
        orgs=queries.orgs_for(request.actor),
        events=queries.known_events(),
    )
    if form.is_valid():
        with pages.refusals_on(form):
            made, secret = services.subscribe(
                new=services.NewSubscription(**form.cleaned_data),
                at=timezone.now(),
                by=request.actor,
            )
            return pages.page(
                request, "hooks/made.html", title="推送已建立", made=made, secret=secret
            )
    return pages.form_page(
        request,
        title="新建事件推送",
        form=form,
        submit="建立",
        note="建立后，所选事件发生时会自动发给对方系统。只发志愿者编号、场次、分钟和日期，"
        "不发姓名、电话和证件号码。",
        back=pages.Link(TITLE, reverse("hooks:list")),
    )


@require_safe
def subscription(request: Request, subscription_id: int) -> HttpResponse:
    """Show one subscription with what was sent last."""
    found = _found(request, subscription_id)
    rows = queries.dispatches_seen_by(request.actor).filter(subscription=found)
    all_url = f"{reverse('hooks:dispatches')}?subscription={found.pk}"
    owner = levels.full_name(request.actor, found.person, at=found.org, on=timezone.localdate())
    return pages.record_page(
        request,
        title=found.name,
        record=found,
        state=pages.Tag(found.get_state_display(), TONES[found.state]),
        facts=[
            ("组织", found.org.name),
            ("接收地址", found.address),
            ("事件", "、".join(map(queries.words_of, found.events))),
            ("负责人", owner),
            ("建立时间", f"{timezone.localtime(found.made_at):%Y-%m-%d %H:%M}"),
            *([("暂停原因", found.why)] if found.why else []),
        ],
        actions=_steps(found),
        related=[pages.Related("最近的推送", tables.short(LastTable, rows[:SHOWN]), url=all_url)],
        back=pages.Link(TITLE, reverse("hooks:list")),
    )


def _steps(found: queries.Subscription) -> list[pages.Action]:
    def step(label: str, name: str, *, primary: bool = False, ask: str = "") -> pages.Action:
        address = reverse(f"hooks:{name}", args=[found.pk])
        return pages.Action(label, address, primary=primary, post=True, ask=ask)

    to = rules.MOVES[found.state]
    steps = []
    if found.state == services.State.ACTIVE:
        steps.append(step("试推送", "try", primary=True))
    if services.State.PAUSED in to:
        steps.append(step("暂停", "pause"))
    if services.State.ACTIVE in to:
        steps.append(step("恢复推送", "resume", primary=True))
    if services.State.ENDED in to:
        ask = "停用后不能恢复，未推送的不再推送，确定停用吗？"
        steps.append(step("停用", "end", ask=ask))
    return steps


@require_POST
def subscription_try(request: Request, subscription_id: int) -> HttpResponse:
    """Send something that means nothing."""
    found = _found(request, subscription_id)
    made = services.try_out(subscription=found, at=timezone.now(), by=request.actor)
    words = "试推送已排队，几秒后刷新本页查看对方的应答。"
    if channels.IN_A_DEMO():
        words = "试推送已排队；这是演示环境，不会真的发出去。"
    messages.success(request, words)
    return redirect("hooks:dispatch", made.pk)


@require_POST
def subscription_pause(request: Request, subscription_id: int) -> HttpResponse:
    """Pause a subscription."""
    words = "已暂停。这段时间的事件保留30天，恢复后补发。"
    return _turn(request, subscription_id, services.pause, words)


@require_POST
def subscription_resume(request: Request, subscription_id: int) -> HttpResponse:
    """Let a subscription go on."""
    words = "已恢复，暂停期间的事件正在补发。今后由您负责这个订阅。"
    return _turn(request, subscription_id, services.resume, words)


@require_POST
def subscription_end(request: Request, subscription_id: int) -> HttpResponse:
    """End a subscription."""
    return _turn(request, subscription_id, services.end, "已停用，不再推送。")


@require_http_methods(["GET", "HEAD", "POST"])
def dispatches(request: Request) -> HttpResponse:
    """Show what was or will be sent; ticked rows go once more."""
    doors.require_anywhere(request.actor, Act.SUBSCRIBE)
    now = timezone.now()
    return pages.list_page(
        request,
        title="推送记录",
        table=DispatchTable,
        filterset=DispatchFilter,
        rows=queries.dispatches_seen_by(request.actor),
        actions=[
            pages.Action(TITLE, reverse("hooks:list")),
            pages.Bulk(
                "again",
                "再次推送所选",
                lambda row: services.send_again(
                    dispatch=cast(queries.Dispatch, row), at=now, by=request.actor
                ),
            ),
        ],
    )


@require_safe
def dispatch(request: Request, dispatch_id: int) -> HttpResponse:
    """Show one thing that was or will be sent: what is in it, and what was answered."""
    found = _found_dispatch(request, dispatch_id)
    happening = found.happening
    body = rules.body_of(event=happening.event, at=happening.at, told=happening.told)
    return pages.page(
        request,
        "hooks/dispatch.html",
        title=queries.words_of(happening.event),
        dispatch=found,
        state=pages.Tag(found.get_state_display(), SENT_TONES[found.state]),
        body=body.decode(),
        actions=[pages.Action("再次推送", reverse("hooks:again", args=[found.pk]), post=True)],
        back=pages.Link(
            found.subscription.name, reverse("hooks:subscription", args=[found.subscription_id])
        ),
    )


@require_POST
def dispatch_again(request: Request, dispatch_id: int) -> HttpResponse:
    """Send one thing once more."""
    found = _found_dispatch(request, dispatch_id)
    services.send_again(dispatch=found, at=timezone.now(), by=request.actor)
    messages.success(request, "已排队再次推送，事件编号不变，对方可以识别重复。")
    return redirect("hooks:dispatch", found.pk)


def _turn(
    request: Request, subscription_id: int, turn: Callable[..., object], words: str
) -> HttpResponse:
    found = _found(request, subscription_id)
    turn(subscription=found, at=timezone.now(), by=request.actor)
    messages.success(request, words)
    return redirect("hooks:subscription", found.pk)


def _found(request: Request, subscription_id: int) -> queries.Subscription:
    return get_object_or_404(queries.subscriptions_seen_by(request.actor), pk=subscription_id)


def _found_dispatch(request: Request, dispatch_id: int) -> queries.Dispatch:
    return get_object_or_404(queries.dispatches_seen_by(request.actor), pk=dispatch_id)
