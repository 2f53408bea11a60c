"""Secondments: the ledger, asking, agreeing, beginning, extending, appraising."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from qinghe.edges.web import doors, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.systems.cadres import forms, queries, services
from qinghe.systems.cadres.access import Act
from qinghe.systems.cadres.queries import Secondment, SecondmentState

from .tables import TONES, ExtensionTable, SecondmentTable

BACK = "互兼互挂"
MOST = 12


def secondments(request: Request) -> HttpResponseBase:
    """Show the secondments from or to the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    actions = []
    if actors.may_anywhere(request.actor, Act.SECOND):
        url = reverse("cadres:secondment_new")
        actions.append(pages.Action("发起互兼互挂", url, primary=True))
    return pages.list_page(
        request,
        title=BACK,
        table=SecondmentTable,
        rows=queries.secondments_touching(request.actor, request.scope.org),
        filterset=forms.SecondmentFilter,
        actions=actions,
        sheet="cadres.secondments",
        totals=lambda found: [
            pages.Total("在岗", found.filter(state=SecondmentState.RUNNING).count(), "件")
        ],
    )


def secondment(request: Request, secondment_id: int) -> HttpResponse:
    """Show one secondment."""
    found = _found(request, secondment_id)
    place = queries.place_of(request.actor, found)
    return pages.record_page(
        request,
        title=levels.full_name(request.actor, found.person, at=place, on=timezone.localdate()),
        record=found,
        state=_tag(found),
        facts=_facts(request, found),
        actions=_actions(request, found),
        related=[
            pages.Related(
                "延期", tables.short(ExtensionTable, found.extensions.all()), empty="没有延期。"
            )
        ],
        back=pages.Link(BACK, reverse("cadres:secondments")),
    )


def secondment_new(request: Request) -> HttpResponse:
    """Ask for a secondment."""
    doors.require_anywhere(request.actor, Act.SECOND)
    form = forms.SecondmentForm(request.POST or None, actor=request.actor)

    def do() -> str:
        made = services.ask_secondment(new=form.as_new(), at=timezone.now(), by=request.actor)
        waits = made.host if made.host_on is None else made.home
        messages.success(request, f"已发起，等{waits}同意。")
        return _url(made)

    return pages.act_page(
        request,
        title="发起互兼互挂",
        form=form,
        do=do,
        submit="发起",
        note="派出或接收的任何一方都可以发起，另一方同意后才到岗；到岗、结束时任职随之开始和终止。",
        back=pages.Link(BACK, reverse("cadres:secondments")),
    )


@require_POST
def secondment_agree(request: Request, secondment_id: int) -> HttpResponse:
    """Agree for one's side."""
    found = _found(request, secondment_id)
    made = services.agree_to(secondment=found, at=timezone.now(), by=request.actor)
    messages.success(request, f"已同意，现在的状态：{made.get_state_display()}。")
    return redirect(_url(found))


@require_POST
def secondment_begin(request: Request, secondment_id: int) -> HttpResponse:
    """Let the cadre begin."""
    found = _found(request, secondment_id)
    services.begin(secondment=found, at=timezone.now(), by=request.actor)
    messages.success(request, "已到岗，任职已登记。")
    return redirect(_url(found))


def secondment_refuse(request: Request, secondment_id: int) -> HttpResponse:
    """Say no for the side that was asked."""
    found = _found(request, secondment_id)
    asked = found.host if found.host_on is None else found.home
    actors.require(request.actor, Act.SECOND, at=asked)
    return pages.reason_page(
        request,
        title="不同意",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.refuse_secondment(
            secondment=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定不同意",
        back=pages.Link("返回", _url(found)),
    )


def secondment_withdraw(request: Request, secondment_id: int) -> HttpResponse:
    """Take back what has not begun."""
    found = _found(request, secondment_id)
    _require_side(request, found)
    return pages.reason_page(
        request,
        title="撤回",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.withdraw_secondment(
            secondment=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定撤回",
        back=pages.Link("返回", _url(found)),
    )


def secondment_extend(request: Request, secondment_id: int) -> HttpResponse:
    """Let the cadre stay longer."""
    found = _found(request, secondment_id)
    actors.require(request.actor, Act.SECOND, at=found.home)
    form = forms.ExtendForm(request.POST or None)
    return pages.act_page(
        request,
        title="延期",
        form=form,
        do=lambda: _url(
            services.extend(
                secondment=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
        ),
        note=f"现在的期满日期：{found.ends_on.isoformat()}。延期由派出单位办理，并告知本人和发起人。",
        submit="确定延期",
        back=pages.Link("返回", _url(found)),
    )


def secondment_end(request: Request, secondment_id: int) -> HttpResponse:
    """End with an appraisal."""
    found = _found(request, secondment_id)
    actors.require(request.actor, Act.SECOND, at=found.host)
    form = forms.EndForm(request.POST or None, initial={"on": timezone.localdate()})
    return pages.act_page(
        request,
        title="鉴定并结束",
        form=form,
        do=lambda: _url(
            services.end_secondment(
                secondment=found,
                appraisal=form.as_appraisal(),
                at=timezone.now(),
                by=request.actor,
            )
        ),
        submit="确定结束",
        note="结束后，此人在接收单位的任职同日终止，原单位任职不受影响。",
        back=pages.Link("返回", _url(found)),
    )


@require_safe
def sides(request: Request) -> HttpResponse:
    """Propose organisations for a box in which the other side is typed."""
    doors.require_anywhere(request.actor, Act.SECOND)
    words = request.GET.get("pick", "").strip()
    found = queries.sides_named(request.actor, words)[:MOST] if words else ()
    return render(request, "web/parts/org_options.html", {"choices": found})


def _facts(request: Request, found: Secondment) -> list[tuple[str, pages.Cell | pages.Kept]]:
    place = queries.place_of(request.actor, found)

    def kept(value: str, name: str) -> pages.Kept:
        return pages.Kept(value, f"cadres.Secondment.{name}", of=found.person, at=place)

    facts: list[tuple[str, pages.Cell | pages.Kept]] = [
        ("方式", found.get_service_display()),
        ("派出单位", f"{found.home}{_agreed(found.home_on)}"),
        ("接收单位", f"{found.host}{_agreed(found.host_on)}"),
        ("职务", found.title),
        ("任务", found.task),
        ("期限", f"{found.starts_on.isoformat()}至{found.ends_on.isoformat()}"),
    ]
    if found.ended_on:
        facts += [
            ("结束日期", found.ended_on.isoformat()),
            ("鉴定等次", kept(found.get_grade_display(), "grade")),
            ("鉴定意见", kept(found.words, "words")),
        ]
    if found.reason:
        facts.append(("原因", found.reason))
    return facts


def _actions(request: Request, found: Secondment) -> list[pages.Action]:
    home = queries.is_side(request.actor, found.home)
    host = queries.is_side(request.actor, found.host)
    mine = (host and found.host_on is None) or (home and found.home_on is None)
    actions = []
    if found.state == SecondmentState.ASKED and mine:
        actions += [
            pages.Action("同意", _step(found, "agree"), primary=True, post=True),
            pages.Action("不同意", _step(found, "refuse")),
        ]
    if found.state == SecondmentState.AGREED and host:
        actions.append(pages.Action("登记到岗", _step(found, "begin"), primary=True, post=True))
    if found.state in (SecondmentState.ASKED, SecondmentState.AGREED) and (home or host):
        actions.append(pages.Action("撤回", _step(found, "withdraw")))
    if found.state == SecondmentState.RUNNING:
        if host:
            actions.append(pages.Action("鉴定并结束", _step(found, "end")))
        if home:
            actions.append(pages.Action("延期", _step(found, "extend")))
    return actions


def _tag(found: Secondment) -> pages.Tag:
    today = timezone.localdate()
    if found.state == SecondmentState.RUNNING and found.ends_on < today:
        return pages.Tag("在岗，已超期", pages.Tone.LATE)
    if found.state == SecondmentState.RUNNING and found.remind_on <= today:
        return pages.Tag("在岗，即将期满", pages.Tone.WAIT)
    return pages.Tag(SecondmentState(found.state).label, TONES.get(found.state, pages.Tone.WAIT))


def _agreed(day: object) -> str:
    return f"（{day}同意）" if day else "（待同意）"


def _require_side(request: Request, found: Secondment) -> None:
    if not queries.is_side(request.actor, found.home):
        actors.require(request.actor, Act.SECOND, at=found.host)


def _found(request: Request, secondment_id: int) -> Secondment:
    return get_object_or_404(queries.secondments_seen_by(request.actor), pk=secondment_id)


def _step(found: Secondment, step: str) -> str:
    return reverse(f"cadres:secondment_{step}", args=[found.pk])


def _url(found: Secondment) -> str:
    return reverse("cadres:secondment", args=[found.pk])
