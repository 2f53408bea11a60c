"""Sessions: list, record with its roster and door, publishing, cancelling."""

from datetime import date

from django.db.models import Sum
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages, tables, timeline
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.volunteering import forms, queries, rules, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import How, Session, SessionState, State

from . import sign_ups, spot

FIRST = 20
TONES: dict[str, pages.Tone] = {
    SessionState.PUBLISHED: pages.Tone.GOOD,
    SessionState.CANCELLED: pages.Tone.PLAIN,
}
ATTENDANCE_TONES: dict[str, pages.Tone] = {
    State.PRESENT: pages.Tone.INFO,
    State.PENDING: pages.Tone.WAIT,
    State.EFFECTIVE: pages.Tone.GOOD,
    State.HELD: pages.Tone.LATE,
    State.REFUSED: pages.Tone.LATE,
    State.VOID: pages.Tone.PLAIN,
}


class SessionTable(Table):
    """Sessions with their effective turnout."""

    title = Column("活动名称", linkify=("volunteering:session", [A("pk")]))
    code = Column("场次编号")
    org = Column("主办组织", accessor="org__name", order_by="org__path")
    place = Column("地点")
    starts_at = columns.Moment(verbose_name="开始时间")
    turnout = columns.Number(verbose_name="参与人次")
    minutes = columns.Number(verbose_name="服务分钟")
    manual = columns.Number(verbose_name="其中手工")
    state = columns.State(verbose_name="状态", labels=dict(SessionState.choices), tones=TONES)


class RosterTable(Table):
    """Who came to one session, names masked."""

    name = columns.MaskedName(
        verbose_name="姓名",
        accessor="volunteer__person__name",
        at="session__org",
        linkify=("volunteering:attendance", [A("pk")]),
    )
    number = Column("志愿者编号", accessor="volunteer__number")
    came = columns.Moment(verbose_name="首次签到")
    left = columns.Moment(verbose_name="末次签退")
    minutes = columns.Number(verbose_name="分钟")
    how = Column("登记方式", accessor="get_how_display", order_by="how")
    walked_in = Column("来源", orderable=False)
    state = columns.State(verbose_name="状态", labels=dict(State.choices), tones=ATTENDANCE_TONES)

    def render_walked_in(self, value: bool) -> str:  # noqa: FBT001  the table calls it so
        """Say who joined on the spot."""
        return "现场加入" if value else "—"

    value_walked_in = render_walked_in


def sessions(request: Request) -> HttpResponseBase:
    """Show the sessions hosted by the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    actions = []
    if actors.may(request.actor, Act.PUBLISH, at=request.scope.org):
        url = reverse("volunteering:session_new")
        actions.append(pages.Action("发布活动", url, primary=True))
    if actors.may(request.actor, Act.CORRECT, at=request.scope.org):
        actions.append(pages.Action("待核实的扫码", reverse("volunteering:held_scans")))
    return pages.list_page(
        request,
        title="志愿服务场次",
        table=SessionTable,
        rows=queries.sessions_seen_by(request.actor).filter(
            org__path__startswith=request.scope.org.path
        ),
        filterset=forms.SessionFilter,
        actions=actions,
        sheet="volunteering.sessions",
    )


def session(request: Request, session_id: int) -> HttpResponse:
    """Show one session: its facts, its roster and, to those who keep it, its door."""
    return _shown(request, _found(request, session_id), form=_door(request))


def session_roster(request: Request, session_id: int) -> HttpResponseBase:
    """Show everybody who came to a session."""
    found = _found(request, session_id)
    return pages.list_page(
        request,
        title=f"{found.title}签到名册",
        table=RosterTable,
        rows=queries.roster_of(request.actor, found),
        totals=lambda rows: [
            pages.Total("已登记时长", rows.aggregate(all=Sum("minutes"))["all"], "分钟")
        ],
    )


@require_POST
def session_check_in(request: Request, session_id: int) -> HttpResponse:
    """Mark a volunteer present from the session's page."""
    found = _found(request, session_id)
    actors.require(request.actor, Act.CHECK_IN, at=found.org)
    form: BaseForm = forms.CheckInForm(request.POST, actor=request.actor)
    if form.is_valid():
        with pages.refusals_on(form):
            services.check_in(
                session=found,
                volunteer=form.cleaned_data["volunteer"],
                how=How.ROSTER,
                at=timezone.now(),
                by=request.actor,
            )
            if not request.htmx:
                return redirect("volunteering:session", found.pk)
            form = _door(request)
    return _shown(request, found, form=form)


def session_new(request: Request) -> HttpResponse:
    """Publish a session."""
    actors.require(request.actor, Act.PUBLISH, at=request.scope.org)
    initial = {"org": request.scope.org.code}
    form = forms.SessionForm(request.POST or None, initial=initial, actor=request.actor)
    if form.is_valid():
        with pages.refusals_on(form):
            made = services.publish_session(new=form.as_new(), at=timezone.now(), by=request.actor)
            return redirect("volunteering:session", made.pk)
    return pages.form_page(
        request,
        title="发布活动",
        form=form,
        groups=[
            ("活动", ["code", "title", "place"]),
            ("主办", ["org", "team"]),
            ("时间", ["starts_at", "ends_at"]),
            ("风险和保险", ["risk", "policy"]),
        ],
        submit="发布",
        note="只能发布尚未开始的活动；已办的活动请申请补录。",
        back=pages.Link("志愿服务场次", reverse("volunteering:sessions")),
        draft="volunteering.session_new",
    )


def session_cancel(request: Request, session_id: int) -> HttpResponse:
    """Call a session off."""
    found = _found(request, session_id)
    actors.require(request.actor, Act.PUBLISH, at=found.org)
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title=f"取消{found.title}",
        note="已有人签到的活动不能取消；取消后不能恢复，记录保留。",
        submit="确定取消",
        back=pages.Link(found.title, reverse("volunteering:session", args=[found.pk])),
        then=lambda reason: services.cancel_session(
            session=found, reason=reason, at=timezone.now(), by=request.actor
        ),
    )


def written(day: date | None) -> str | None:
    """Write a day as tables do, or nothing."""
    return day.isoformat() if day else None


def ways(minutes: dict[str, int]) -> str:
    """Write how much of some hours was recorded in which way: what is manual stands apart."""
    whole = sum(minutes.values())
    return "、".join(
        f"{How(how).label}{part / 60:,.1f}小时（{100 * part / whole:.1f}%）"
        for how, part in sorted(minutes.items())
        if part
    )


def _found(request: Request, session_id: int) -> Session:
    return get_object_or_404(queries.sessions_seen_by(request.actor), pk=session_id)


def _door(request: Request) -> BaseForm:
    return forms.CheckInForm(actor=request.actor)


def _shown(request: Request, found: Session, *, form: BaseForm) -> HttpResponse:
    roster = queries.roster_of(request.actor, found)
    state = SessionState(found.state)
    keeps = actors.may(request.actor, Act.CHECK_IN, at=found.org)
    return pages.page(
        request,
        "volunteering/session.html",
        part="door",
        title=found.title,
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[*_facts(request, found), _score(request, found)],
        actions=_actions(request, found),
        form=form,
        can={"check_in": keeps and state is SessionState.PUBLISHED},
        inside=list(queries.inside(request.actor, found)[:FIRST]) if keeps else [],
        roster=tables.short(RosterTable, roster[:FIRST]),
        roster_url=reverse("volunteering:session_roster", args=[found.pk]),
        signing=sign_ups.parts(request, found),
        timeline=timeline.of(found, reader=request.actor),
        back=pages.Link("志愿服务场次", reverse("volunteering:sessions")),
    )


def _facts(request: Request, found: Session) -> list[tuple[str, pages.Cell]]:
    starts, ends = timezone.localtime(found.starts_at), timezone.localtime(found.ends_at)
    team = None
    if found.team:
        team = pages.Link(found.team.name, reverse("volunteering:team", args=[found.team_id]))
    return [
        ("场次编号", found.code),
        ("主办组织", found.org.name),
        ("服务队伍", team),
        ("所属活动", _activity(found)),
        ("地点", found.place),
        ("时间", f"{starts:%Y-%m-%d %H:%M} 至 {ends:%Y-%m-%d %H:%M}"),
        ("计入日期", found.day.isoformat()),
        ("参与人次", found.turnout),
        ("服务分钟", found.minutes),
        ("风险等级", found.get_risk_display()),
        ("保单", _policy(found)),
        ("登记方式", ways(queries.shares_of(request.actor, found.attendances.all()))),
        ("补录", "是" if found.entered_late else "否"),
        ("扫卡签到", _standing(request, found)),
        (
            "签到位置",
            f"距地点{found.place_check_metres}米内" if found.place_check_metres else "不核对",
        ),
    ]


def _standing(request: Request, found: Session) -> pages.Cell:
    count, due = queries.standing_counts(request.actor, found)
    if not count:
        return None
    told = f"{count}次（{due}次待核对）" if due else f"{count}次（均已核对）"
    if not actors.may(request.actor, Act.CORRECT, at=found.org):
        return told
    return pages.Link(told, reverse("volunteering:standing_scans", args=[found.pk]))


def _policy(found: Session) -> pages.Link | None:
    held = found.policy
    if held is None:
        return None
    return pages.Link(held.number, reverse("volunteering:policy", args=[held.pk]))


def _score(request: Request, found: Session) -> tuple[str, pages.Cell]:
    total, count = queries.score_of(request.actor, found)
    if not count:
        return "志愿者评分", None
    tenths = (20 * total + count) // (2 * count)
    url = reverse("volunteering:session_ratings", args=[found.pk])
    return "志愿者评分", pages.Link(f"{tenths // 10}.{tenths % 10}分（{count}人）", url)


def _actions(request: Request, found: Session) -> list[pages.Action]:
    actions = spot.ways_in(request, found)
    if found.state != SessionState.PUBLISHED:
        return actions
    if found.ends_at <= timezone.now() and actors.may(request.actor, Act.ENTER_LATE, at=found.org):
        url = f"{reverse('volunteering:late_new')}?session={found.code}"
        actions.append(pages.Action("申请补录", url))
    if found.turnout or not actors.may(request.actor, Act.PUBLISH, at=found.org):
        return actions
    url = reverse("volunteering:session_cancel", args=[found.pk])
    actions.append(pages.Action("取消活动", url))
    if found.starts_at > timezone.now():
        actions[:0] = _ahead(found)
    return actions


def _ahead(found: Session) -> list[pages.Action]:
    url = reverse("volunteering:could_come", args=[found.pk])
    ask = pages.Action("邀请志愿者", f"{url}?slot={rules.slot_of(found.starts_at)}")
    if found.activity_id is None:
        return [ask]
    move = pages.Action("改时间地点", reverse("volunteering:session_move", args=[found.pk]))
    return [ask, move]


def _activity(found: Session) -> pages.Cell:
    if found.activity_id is None:
        return None
    return pages.Link("活动页", reverse("volunteering:activity", args=[found.activity_id]))
