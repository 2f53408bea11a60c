"""Sign-ups at the desk: a session's list, signing up others, letting go, calling the roll."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django_tables2 import Column, Table

from qinghe.edges.web import columns, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.volunteering import forms, queries, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import Session, SessionState, SignUp, SignUpState

FIRST = 30
TONES: dict[str, pages.Tone] = {
    SignUpState.SIGNED: pages.Tone.GOOD,
    SignUpState.WAITING: pages.Tone.INFO,
    SignUpState.OFFERED: pages.Tone.WAIT,
    SignUpState.CANCELLED: pages.Tone.PLAIN,
    SignUpState.DECLINED: pages.Tone.PLAIN,
    SignUpState.EXPIRED: pages.Tone.PLAIN,
    SignUpState.ABSENT: pages.Tone.LATE,
}


class SignUpTable(Table):
    """Who signed up for a session, names masked."""

    name = columns.MaskedName(
        verbose_name="姓名", accessor="volunteer__person__name", at="post__session__org"
    )
    number = Column("志愿者编号", accessor="volunteer__number")
    post = Column("岗位", accessor="post__name")
    signed_at = columns.Moment(verbose_name="报名时间")
    vouched = Column("确认具备")
    here = Column("到场", orderable=False)
    state = columns.State(verbose_name="状态", labels=dict(SignUpState.choices), tones=TONES)

    def render_here(self, value: bool) -> str:  # noqa: FBT001  the table calls it so
        """Say whether somebody has come."""
        return "已到" if value else "—"

    def value_here(self, value: bool) -> str:  # noqa: FBT001
        """Say it in a workbook alike."""
        return "是" if value else "否"


def parts(request: Request, found: Session) -> dict[str, object]:
    """Return what a session's page shows of its posts and sign-ups; nothing where it has none."""
    posts = queries.posts_of(request.actor, found)
    if not posts:
        return {"posts": []}
    open_now = found.state == SessionState.PUBLISHED and found.ends_at > timezone.now()
    keeps = actors.may(request.actor, Act.KEEP_SIGN_UPS, at=found.org)
    signed = list(queries.sign_ups_of(request.actor, found)[:FIRST]) if keeps else []
    absences = queries.absences_of(request.actor, [one.volunteer_id for one in signed])
    return {
        "posts": posts,
        "signed": [(one, _tag(one), absences.get(one.volunteer_id, 0)) for one in signed],
        "may_keep": keeps and open_now,
        "may_resize": actors.may(request.actor, Act.PUBLISH, at=found.org) and open_now,
    }


def session_sign_ups(request: Request, session_id: int) -> HttpResponseBase:
    """Show everybody who signed up for a session, also those who let go."""
    found = _found(request, session_id)
    actors.require(request.actor, Act.SEE, at=found.org)
    return pages.list_page(
        request,
        title=f"{found.title}报名名单",
        table=SignUpTable,
        rows=queries.sign_ups_seen_by(request.actor).filter(post__session=found),
    )


def sign_up_other(request: Request, session_id: int) -> HttpResponse:
    """Sign up somebody who asked for it at the desk."""
    found = _found(request, session_id)
    actors.require(request.actor, Act.KEEP_SIGN_UPS, at=found.org)
    form = forms.SignUpOtherForm(request.POST or None, actor=request.actor, session=found)

    def do() -> str:
        said = form.cleaned_data
        made = services.sign_up_other(
            post=said["post"],
            volunteer=said["volunteer"],
            vouched=said["vouched"],
            at=timezone.now(),
            by=request.actor,
        )
        messages.success(request, f"{said['volunteer'].number}：{made.get_state_display()}。")
        return _back(found).url

    return pages.act_page(
        request,
        title=f"代为报名：{found.title}",
        form=form,
        do=do,
        submit="报名",
        back=_back(found),
    )


def sign_up_release(request: Request, sign_up_id: int) -> HttpResponse:
    """Take somebody off the list, also after the deadline."""
    found: SignUp = get_object_or_404(queries.sign_ups_seen_by(request.actor), pk=sign_up_id)
    session = found.post.session
    actors.require(request.actor, Act.KEEP_SIGN_UPS, at=session.org)
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title=f"取消报名：{found.volunteer.number}",
        note="名额空出后自动通知下一位候补；本人会收到通知和原因。",
        submit="确定取消报名",
        back=_back(session),
        then=lambda reason: services.release_sign_up(
            sign_up=found, reason=reason, at=timezone.now(), by=request.actor
        ),
    )


def session_roll(request: Request, session_id: int) -> HttpResponse:
    """Tick who came of those who signed up; who is not ticked is absent."""
    found = _found(request, session_id)
    actors.require(request.actor, Act.CHECK_IN, at=found.org)
    held = (SignUpState.SIGNED, SignUpState.ABSENT)
    rows = list(queries.sign_ups_of(request.actor, found).filter(state__in=held))
    if request.method == "POST":
        came = {int(key) for key in request.POST.getlist("came") if key.isdecimal()}
        form = forms.RollForm(request.POST)
        if form.is_valid():
            with pages.refusals_on(form):
                absent = services.call_roll(
                    session=found, came=came, at=timezone.now(), by=request.actor
                )
                messages.success(request, f"点名完成，未到场{absent}人。")
                return redirect("volunteering:session", found.pk)
    else:
        came = {one.pk for one in rows if one.state == SignUpState.SIGNED}
        form = forms.RollForm()
    return pages.page(
        request,
        "volunteering/roll.html",
        status=422 if form.errors else 200,
        title=f"点名：{found.title}",
        form=form,
        rows=[(one, one.pk in came or one.here) for one in rows],
        back=_back(found),
    )


def post_resize(request: Request, service_post_id: int) -> HttpResponse:
    """Take more or fewer people for a post."""
    found = get_object_or_404(queries.posts_seen_by(request.actor), pk=service_post_id)
    actors.require(request.actor, Act.PUBLISH, at=found.session.org)
    form = forms.CapacityForm(request.POST or None, initial={"capacity": found.capacity})

    def do() -> str:
        services.resize_post(
            post=found,
            capacity=form.cleaned_data["capacity"],
            at=timezone.now(),
            by=request.actor,
        )
        return _back(found.session).url

    return pages.act_page(
        request,
        title=f"{found.name}：改招募人数",
        form=form,
        do=do,
        note="增加的名额按顺序给候补；不能少于已占名额。",
        back=_back(found.session),
    )


def session_move(request: Request, session_id: int) -> HttpResponse:
    """Give a session another time or place."""
    found = _found(request, session_id)
    actors.require(request.actor, Act.PUBLISH, at=found.org)
    fields = ("starts_at", "ends_at", "place", "latitude", "longitude")
    form = forms.SittingForm(
        request.POST or None, initial={name: getattr(found, name) for name in fields}
    )

    def do() -> str:
        services.move_sitting(
            session=found,
            spot=form.as_spot(),
            times=form.as_times(),
            at=timezone.now(),
            by=request.actor,
        )
        return _back(found).url

    return pages.act_page(
        request,
        title=f"改时间地点：{found.title}",
        form=form,
        do=do,
        note="已报名和候补的人会收到通知。",
        back=_back(found),
    )


def _tag(one: SignUp) -> pages.Tag:
    state = SignUpState(one.state)
    return pages.Tag(state.label, TONES[state])


def _found(request: Request, session_id: int) -> Session:
    return get_object_or_404(queries.sessions_seen_by(request.actor), pk=session_id)


def _back(found: Session) -> pages.Link:
    return pages.Link(found.title, reverse("volunteering:session", args=[found.pk]))
