"""A volunteer's phone: finding an activity, signing up, one's own shifts, the calendar."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from qinghe.edges.web import doors, limits, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access.actors import Actor
from qinghe.lib import calendars
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import forms, queries, rules, services
from qinghe.systems.volunteering.queries import ServicePost, SessionState, SignUp, SignUpState

A_PAGE = 20
PAST = 30
CALENDAR = "calendar"
Turn = Callable[..., SignUp]
Join = Callable[[ServicePost, datetime], SignUp]


@never_cache
@require_safe
def own_find(request: Request) -> HttpResponse:
    """Show what one can sign up for; the place is asked for on a tap and never kept."""
    _oneself(request)
    now = timezone.now()
    form = forms.FindForm(request.GET or None, actor=request.actor)
    wish = form.as_wish() if form.is_bound else queries.Wish()
    leaf = Paginator(queries.open_sessions(request.actor, wish, now), A_PAGE).get_page(
        request.GET.get("page")
    )
    asked = request.GET.copy()
    asked.pop("page", None)
    answer = pages.page(
        request,
        "volunteering/own_find.html",
        title="找活动",
        form=form,
        near=wish.near is not None,
        found=queries.found(request.actor, list(leaf.object_list), wish),
        leaf=leaf,
        asked=asked.urlencode(),
    )
    answer["Permissions-Policy"] = "camera=(), geolocation=(self), microphone=(), payment=()"
    return answer


@never_cache
@require_safe
def own_session(request: Request, session_id: int) -> HttpResponse:
    """Show one session with its posts; a tap signs up."""
    return _session_page(request, session_id)


@require_POST
def own_sign_up(request: Request, service_post_id: int) -> HttpResponse:
    """Sign oneself up, or wait."""
    vouched = request.POST.get("vouched") == "on"
    return joined(
        request,
        service_post_id,
        lambda post, at: services.sign_up(post=post, vouched=vouched, at=at, by=request.actor),
    )


def joined(request: Request, service_post_id: int, join: Join) -> HttpResponse:
    """Find a post, sign somebody up for it, and show the session again."""
    now = timezone.now()
    post = get_object_or_404(queries.posts_to_join(request.actor, now), pk=service_post_id)
    try:
        made = join(post, now)
    except Refused as refusal:
        return _session_page(request, post.session_id, refused=refusal.reason)
    messages.success(request, _said(made))
    return redirect("volunteering:own_session", post.session_id)


@never_cache
@require_safe
def own_sign_ups(request: Request) -> HttpResponse:
    """Show one's own shifts: to come, and past."""
    return _own_page(request)


@require_POST
def own_sign_up_cancel(request: Request, sign_up_id: int) -> HttpResponse:
    """Let go of one's place."""
    return _turn(request, sign_up_id, services.cancel_sign_up, "已取消报名。")


@require_POST
def own_sign_up_accept(request: Request, sign_up_id: int) -> HttpResponse:
    """Take the place that is kept for one."""
    return _turn(request, sign_up_id, services.accept_offer, "已确认参加，请准时到场。")


@require_POST
def own_sign_up_decline(request: Request, sign_up_id: int) -> HttpResponse:
    """Let the place go to the next."""
    return _turn(request, sign_up_id, services.decline_offer, "已放弃，名额顺延给下一位。")


@never_cache
@require_POST
def own_calendar_make(request: Request) -> HttpResponse:
    """Give oneself an address; it is shown this once."""
    _oneself(request)
    code = services.make_feed(at=timezone.now(), by=request.actor)
    address = request.build_absolute_uri(reverse("volunteering:calendar", args=[code]))
    return _own_page(request, address=address)


@require_POST
def own_calendar_end(request: Request) -> HttpResponse:
    """Take one's address back."""
    services.end_feed(at=timezone.now(), by=request.actor)
    messages.success(request, "日历订阅地址已停用，已订阅的日历不再更新。")
    return redirect("volunteering:own_sign_ups")


@never_cache
@require_safe
def calendar(request: Request, feed_code: str) -> HttpResponse:
    """Answer a calendar program that knows a secret address."""
    limits.check(request, what=CALENDAR, most=120)
    now = timezone.now()
    shifts = queries.shifts_at(request.actor, feed_code, now)
    if shifts is None:
        raise Http404
    text = calendars.written([_event(one) for one in shifts], name="志愿服务", at=now)
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


def _event(one: SignUp) -> calendars.Event:
    session, activity = one.post.session, one.post.session.activity
    off = one.state == SignUpState.CANCELLED or session.state == SessionState.CANCELLED
    about = f"岗位：{one.post.name}\n主办：{session.org.name}"
    if activity:
        about += f"\n咨询：{activity.contact}\n风险提示：{activity.risks}"
    return calendars.Event(
        uid=f"shift-{one.pk}@qinghe",
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        summary=session.title,
        place=session.place,
        description=about,
        changed_at=None,
        sequence=session.changes + (one.state == SignUpState.CANCELLED),
        cancelled=off,
    )


def _session_page(request: Request, session_id: int, *, refused: str = "") -> HttpResponse:
    now = timezone.now()
    found = get_object_or_404(queries.session_to_join(request.actor, now), pk=session_id)
    return pages.page(
        request,
        "volunteering/own_session.html",
        status=409 if refused else 200,
        title=found.title,
        session=found,
        activity=found.activity,
        partners=queries.partners_of(request.actor, found.activity) if found.activity else [],
        posts=queries.posts_with_own(request.actor, found),
        wards=queries.wards_to_join(request.actor, found),
        open=found.state == SessionState.PUBLISHED and found.starts_at > now,
        others=queries.other_sittings(request.actor, found, now),
        refused=refused,
    )


def _own_page(request: Request, *, address: str = "") -> HttpResponse:
    _oneself(request)
    now = timezone.now()
    ahead = list(queries.own_ahead(request.actor, now))
    shown = {one.pk for one in ahead}
    past = queries.own_sign_ups(request.actor)[: PAST + len(ahead)]
    return pages.page(
        request,
        "volunteering/own_sign_ups.html",
        title="我的报名",
        ahead=[(one, _may_cancel(one, now)) for one in ahead],
        past=[one for one in past if one.pk not in shown][:PAST],
        address=address,
        has_feed=queries.has_feed(request.actor),
    )


def _may_cancel(one: SignUp, now: datetime) -> bool:
    if one.state == SignUpState.WAITING:
        return True
    activity = one.post.session.activity
    hours = activity.cancel_hours if activity else 0
    until = rules.cancel_until(starts_at=one.post.session.starts_at, hours=hours)
    return one.state == SignUpState.SIGNED and now <= until


def _turn(request: Request, sign_up_id: int, turn: Turn, words: str) -> HttpResponse:
    found = get_object_or_404(queries.own_sign_ups(request.actor), pk=sign_up_id)
    try:
        turn(sign_up=found, at=timezone.now(), by=request.actor)
        messages.success(request, words)
    except Refused as refusal:
        messages.error(request, refusal.reason)
    return redirect("volunteering:own_sign_ups")


def _said(made: SignUp) -> str:
    if made.state == SignUpState.WAITING:
        return "名额已满，已为您候补；空出名额会通知您确认。"
    return "报名成功，前一晚和开始前两小时会提醒您。"


def _oneself(request: Request) -> Actor:
    """Refuse who is no volunteer."""
    if queries.own_volunteer(request.actor) is None:
        raise doors.closed()
    return request.actor
