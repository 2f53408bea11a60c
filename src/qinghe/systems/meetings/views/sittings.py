"""Sittings: prepared, called, held, put into minutes; those of bodies above registered."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from qinghe.edges.web import doors, downloads, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib.periods import TZ
from qinghe.systems.meetings import forms, queries, services
from qinghe.systems.meetings.access import Act
from qinghe.systems.meetings.queries import AgendaItem, Sitting

from . import documents
from .tables import TONES, AgendaTable, DecisionsOfOneTable, ItemTable, SittingTable, SummonsTable

TITLE = "会议"
AHEAD = (Sitting.State.PREPARING, Sitting.State.CALLED)


def sittings(request: Request) -> HttpResponse:
    """Show the sittings in sight."""
    doors.require_anywhere(request.actor, Act.SEE, Act.ANSWER)
    actions = []
    if actors.may_anywhere(request.actor, Act.RUN):
        actions.append(pages.Action("筹备会议", reverse("meetings:sitting_new"), primary=True))
    if actors.may_anywhere(request.actor, Act.REGISTER):
        actions.append(pages.Action("登记上会议题", reverse("meetings:above_new")))
    return pages.list_page(
        request,
        title=TITLE,
        table=SittingTable,
        rows=queries.sittings_seen_by(request.actor),
        filterset=forms.SittingFilter,
        actions=actions,
    )


def sitting(request: Request, sitting_id: int) -> HttpResponse:
    """Show one sitting: agenda, invitations, decisions."""
    found = found_or_404(request, sitting_id)
    state = Sitting.State(found.state)
    return pages.record_page(
        request,
        title=found.title,
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=_facts(request, found),
        actions=_actions(request, found),
        related=_related(request, found),
        back=pages.Link(TITLE, reverse("meetings:sittings")),
    )


def sitting_new(request: Request) -> HttpResponse:
    """Begin to prepare a sitting."""
    doors.require_anywhere(request.actor, Act.RUN)
    now = timezone.localtime().replace(hour=9, minute=0)
    days = queries.terms_on(request.actor, now.date()).items_days
    initial = {
        "body": request.GET.get("body"),
        "starts_at": now + timedelta(days=2 * days),
        "items_by": now.date() + timedelta(days=days),
    }
    form = forms.SittingForm(request.POST or None, initial=initial, actor=request.actor)
    return pages.act_page(
        request,
        title="筹备会议",
        note="保存后开始征集议题：成员单位有账号的在待办里看到，其余由会议办公室代为登记。",
        form=form,
        do=lambda: url_of(
            services.plan_sitting(new=form.as_new(), at=timezone.now(), by=request.actor)
        ),
        back=pages.Link(TITLE, reverse("meetings:sittings")),
    )


def above_new(request: Request) -> HttpResponse:
    """Register a sitting of a body above with a topic of ours."""
    doors.require_anywhere(request.actor, Act.REGISTER)
    form = forms.AboveForm(request.POST or None, actor=request.actor)
    return pages.act_page(
        request,
        title="登记上会议题",
        note="只登记与青年工作、共青团工作有关的会议；次数按会议统计，一次会议有几个议题的，"
        "先登记一个，再到会议页补。",
        form=form,
        do=lambda: url_of(
            services.register_sitting(new=form.as_above(), at=timezone.now(), by=request.actor)
        ),
        back=pages.Link(TITLE, reverse("meetings:sittings")),
    )


def topic_new(request: Request, sitting_id: int) -> HttpResponse:
    """Add a topic to a registered sitting."""
    found = found_or_404(request, sitting_id)
    actors.require(request.actor, Act.REGISTER, at=found.body.org)
    form = forms.TopicForm(request.POST or None)

    def do() -> str:
        services.register_topic(
            sitting=found, new=form.as_new(), at=timezone.now(), by=request.actor
        )
        return url_of(found)

    return pages.act_page(
        request, title=f"补登议题：{found.title}", form=form, do=do, back=back_to(found)
    )


@require_POST
def sitting_call(request: Request, sitting_id: int) -> HttpResponse:
    """Invite the units."""
    found = found_or_404(request, sitting_id)
    services.call_sitting(sitting=found, at=timezone.now(), by=request.actor)
    messages.success(request, "已发会议通知，成员单位可以回执。")
    return redirect(url_of(found))


def sitting_cancel(request: Request, sitting_id: int) -> HttpResponse:
    """Call a sitting off."""
    found = found_or_404(request, sitting_id)
    actors.require(request.actor, Act.RUN, at=found.body.org)
    return pages.reason_page(
        request,
        title=f"取消{found.title}",
        note="全体会议取消后，届次由下一次使用，不会空号。",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.cancel_sitting(
            sitting=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定取消会议",
        back=back_to(found),
    )


def sitting_hold(request: Request, sitting_id: int) -> HttpResponse:
    """Declare a sitting held."""
    found = found_or_404(request, sitting_id)
    actors.require(request.actor, Act.RUN, at=found.body.org)
    percent = queries.terms_on(request.actor, found.day).quorum_percent
    form = forms.HoldForm(request.POST or None, initial={"host": found.body.convener})

    def do() -> str:
        services.hold_sitting(
            sitting=found, **form.cleaned_data, at=timezone.now(), by=request.actor
        )
        return url_of(found)

    return pages.act_page(
        request,
        title=f"登记召开：{found.title}",
        note=f"实到单位须超过应到单位的{percent}%；登记后签到停止。",
        form=form,
        do=do,
        submit="登记召开",
        back=back_to(found),
    )


def minutes(request: Request, sitting_id: int) -> HttpResponse:
    """Write the minutes."""
    found = found_or_404(request, sitting_id)
    actors.require(request.actor, Act.RUN, at=found.body.org)
    initial = {"text": found.minutes, "number": found.minutes_number}
    form = forms.MinutesForm(request.POST or None, initial=initial)

    def do() -> str:
        services.write_minutes(
            sitting=found, **form.cleaned_data, at=timezone.now(), by=request.actor
        )
        messages.success(request, "纪要已保存，定稿前可以再改。")
        return url_of(found)

    return pages.act_page(
        request, title=f"写纪要：{found.title}", form=form, do=do, back=back_to(found)
    )


@require_POST
def minutes_issue(request: Request, sitting_id: int) -> HttpResponse:
    """Settle the minutes."""
    found = found_or_404(request, sitting_id)
    services.issue_minutes(sitting=found, at=timezone.now(), by=request.actor)
    messages.success(request, "纪要已定稿，可以下载。")
    return redirect(url_of(found))


@require_safe
def minutes_docx(request: Request, sitting_id: int) -> HttpResponse:
    """Send the minutes as a document (G-40)."""
    found = found_or_404(request, sitting_id)
    named = f"{found.title}纪要{'' if found.minuted_on else '（草稿）'}"
    return downloads.docx(documents.minutes_of(request.actor, found), name=named)


def found_or_404(request: Request, sitting_id: int) -> Sitting:
    """Return a sitting in sight."""
    return get_object_or_404(queries.sittings_seen_by(request.actor), pk=sitting_id)


def url_of(found: Sitting) -> str:
    """Return the address of a sitting."""
    return reverse("meetings:sitting", args=[found.pk])


def back_to(found: Sitting) -> pages.Link:
    """Return the way back to a sitting."""
    return pages.Link(found.title, url_of(found))


def _facts(request: Request, found: Sitting) -> list[tuple[str, pages.Cell | pages.Kept]]:
    when = found.day.isoformat()
    if found.starts_at:
        when = f"{found.starts_at.astimezone(TZ):%Y-%m-%d %H:%M}"
    facts: list[tuple[str, pages.Cell | pages.Kept]] = [
        ("会议机构", pages.Link(found.body.name, reverse("meetings:body", args=[found.body_id]))),
        ("开会时间", when),
    ]
    if found.is_internal:
        facts.append(("知悉范围", pages.Tag("内部事项", pages.Tone.LATE)))
    if found.body.is_above:
        return [*facts, ("登记单位", found.body.org.name)]
    came = "—"
    if found.due is not None:
        came = f"应到{found.due}个单位，实到{found.came}个（须超过{found.quorum_percent}%）"
    return [
        *facts,
        ("地点", found.place or "—"),
        ("议题报送截止", found.items_by.isoformat() if found.items_by else "—"),
        ("回执截止", found.reply_by.isoformat() if found.reply_by else "—"),
        ("主持人", found.host or "—"),
        ("到会", came),
        ("纪要编号", found.minutes_number or "—"),
        ("纪要日期", found.minuted_on.isoformat() if found.minuted_on else "—"),
        ("取消原因", found.reason or "—"),
    ]


def _related(request: Request, found: Sitting) -> list[pages.Related]:
    agenda = tables.short(AgendaTable, queries.agenda_of(request.actor, found))
    related = [pages.Related("议程", agenda, empty="还没有列入议程的议题")]
    items = queries.items_seen_by(request.actor).filter(sitting=found)
    others = list(items.exclude(state=AgendaItem.State.LISTED))
    if others:
        related.append(pages.Related("待审定和不列入的议题", tables.short(ItemTable, others)))
    invited = list(queries.summonses_seen_by(request.actor).filter(sitting=found))
    if invited:
        related.append(pages.Related("通知、回执和签到", tables.short(SummonsTable, invited)))
    if found.state not in (*AHEAD, Sitting.State.CANCELLED):
        made = queries.decisions_seen_by(request.actor).filter(sitting=found)
        made = made.order_by("place")
        related.append(
            pages.Related(
                "议定事项", tables.short(DecisionsOfOneTable, made), empty="还没有登记议定事项"
            )
        )
    return related


def _actions(request: Request, found: Sitting) -> list[pages.Action]:
    org = found.body.org
    key = [found.pk]
    if found.body.is_above:
        if not actors.may(request.actor, Act.REGISTER, at=org):
            return []
        return [
            pages.Action("补登议题", reverse("meetings:topic_new", args=key), primary=True),
            _decide(found),
            _readers(found),
        ]
    if actors.may(request.actor, Act.RUN, at=org):
        rest = [] if found.state == "cancelled" else [_chores(found), _readers(found)]
        return [*_steps(found), *rest]
    if found.state == Sitting.State.PREPARING:
        units = queries.units_answered_by(request.actor).filter(body=found.body_id)
        if units.exists():
            return [pages.Action("报议题", reverse("meetings:item_new", args=key), primary=True)]
    return [_paper(found)] if found.state == Sitting.State.MINUTED else []


def _steps(found: Sitting) -> list[pages.Action]:
    """Return what the office does next, the most likely first."""
    key = [found.pk]
    cancel = pages.Action("取消会议", reverse("meetings:sitting_cancel", args=key))
    item = pages.Action("登记议题", reverse("meetings:item_new", args=key))
    order = pages.Action("排议程", reverse("meetings:agenda", args=key))
    guest = pages.Action("登记列席", reverse("meetings:guest_new", args=key))
    match found.state:
        case Sitting.State.PREPARING:
            ask = "通知发出后，议题征集截止。确定发会议通知吗？"
            url = reverse("meetings:sitting_call", args=key)
            call = pages.Action("发会议通知", url, primary=True, post=True, ask=ask)
            return [call, item, order, guest, cancel]
        case Sitting.State.CALLED:
            hold = pages.Action(
                "登记召开", reverse("meetings:sitting_hold", args=key), primary=True
            )
            screen = pages.Action("签到码", reverse("meetings:screen", args=key))
            roll = pages.Action("签到名单", reverse("meetings:roll", args=key))
            return [hold, screen, roll, item, order, guest, cancel]
        case Sitting.State.HELD:
            write = pages.Action("写纪要", reverse("meetings:minutes", args=key), primary=True)
            ask = "定稿后正文不能再改，确定吗？"
            url = reverse("meetings:minutes_issue", args=key)
            issue = pages.Action("纪要定稿", url, post=True, ask=ask)
            return [write, _decide(found), issue, _paper(found)]
        case Sitting.State.MINUTED:
            return [_paper(found), _decide(found)]
    return []


def _decide(found: Sitting) -> pages.Action:
    return pages.Action("登记议定事项", reverse("meetings:decision_new", args=[found.pk]))


def _chores(found: Sitting) -> pages.Action:
    return pages.Action("会务清单", reverse("meetings:chores", args=[found.pk]))


def _readers(found: Sitting) -> pages.Action:
    return pages.Action("知悉范围", reverse("meetings:sitting_readers", args=[found.pk]))


def _paper(found: Sitting) -> pages.Action:
    return pages.Action("下载纪要", reverse("meetings:minutes_docx", args=[found.pk]))
