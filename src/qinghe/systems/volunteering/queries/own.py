"""What a volunteer sees of their own service, and what is to come at their organisation."""

from datetime import datetime, timedelta

from django.db.models import Q, Sum
from django.urls import reverse

from qinghe.edges.system import Card, Line
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.orgs.rules import codes_in
from qinghe.lib.periods import TZ, local_day
from qinghe.systems.volunteering import models, rules

from .leading import leading_card
from .own_courtesy import courtesy_card
from .profiles import profile_card
from .sign_ups import sign_up_card
from .stars import star_card

MOST_TO_COME = 8
MOST_SERVED = 5
AHEAD = timedelta(days=30)


def cards_of(actor: Actor, at: datetime) -> tuple[Card, ...]:
    """Return a volunteer's hours, what is to come, what they last did, and what a leader leads."""
    leading = leading_card(actor, at)
    leads = (leading,) if leading else ()
    found = models.Volunteer.objects.filter(person_id=actor.person_id).select_related("org")
    volunteer = found.first()
    if volunteer is None:
        return leads
    return (
        _hours(volunteer),
        *leads,
        _card(),
        sign_up_card(actor, at),
        star_card(actor, volunteer, at),
        courtesy_card(actor, local_day(at)),
        profile_card(actor),
        _to_come(volunteer.org, at),
        _served(volunteer),
    )


def _card() -> Card:
    """Return the ways to one's card and to the code at a door."""
    return Card(
        title="签到",
        note="到现场扫屏幕上的码，或请负责人扫您的卡",
        lines=(
            Line(pk=1, title="我的志愿者卡", url=reverse("volunteering:own_card")),
            Line(pk=2, title="输入动态码签到", url=reverse("volunteering:own_scan")),
        ),
    )


def _hours(volunteer: models.Volunteer) -> Card:
    state = models.Attendance.State
    sums = models.Attendance.objects.filter(volunteer=volunteer).aggregate(
        effective=Sum("minutes", filter=Q(state=state.EFFECTIVE)),
        pending=Sum("minutes", filter=Q(state=state.PENDING)),
        held=Sum("minutes", filter=Q(state=state.HELD)),
    )
    effective, pending = (sums["effective"] or 0), (sums["pending"] or 0)
    notes = [f"志愿者 {volunteer.number}", volunteer.org.name]
    if volunteer.state != models.Volunteer.State.REGISTERED:
        notes.append(volunteer.get_state_display())
    if pending:
        notes.append(f"待审核 {rules.tenths_of_hours(pending)} 小时")
    if sums["held"]:
        notes.append(f"暂停计入 {rules.tenths_of_hours(sums['held'])} 小时")
    return Card(
        title="生效服务时长",
        value=rules.tenths_of_hours(effective),
        unit="小时",
        note=" · ".join(notes),
    )


def _to_come(org: Org, at: datetime) -> Card:
    """Return the sessions that the volunteer's organisation, or one above it, has published."""
    lineage = codes_in(org.path)
    sessions = (
        models.Session.objects.filter(
            org__code__in=lineage,
            state=models.Session.State.PUBLISHED,
            ends_at__gte=at,
            starts_at__lte=at + AHEAD,
        )
        .select_related("org")
        .order_by("starts_at", "pk")[:MOST_TO_COME]
    )
    lines = tuple(
        Line(
            pk=session.pk,
            title=session.title,
            cells=(
                ("时间", _span(session, at)),
                ("地点", session.place),
                ("主办", session.org.name),
            ),
            url=reverse("volunteering:own_session", args=[session.pk])
            if session.activity_id and session.starts_at > at
            else "",
        )
        for session in sessions
    )
    return Card(
        title="近期活动", lines=lines, empty="本社区和上级近 30 天没有已发布的活动，请留意通知。"
    )


def _span(session: models.Session, at: datetime) -> str:
    starts, ends = session.starts_at.astimezone(TZ), session.ends_at.astimezone(TZ)
    today = local_day(session.starts_at) == local_day(at)
    day = "今天" if today else f"{starts.month}月{starts.day}日"
    return f"{day} {starts:%H:%M}–{ends:%H:%M}"


def _served(volunteer: models.Volunteer) -> Card:
    served = (
        models.Attendance.objects.filter(volunteer=volunteer)
        .select_related("session")
        .order_by("-session__starts_at", "-pk")[:MOST_SERVED]
    )
    lines = tuple(
        Line(
            pk=one.pk,
            title=one.session.title,
            cells=(
                ("日期", one.session.day.isoformat()),
                ("时长", f"{rules.tenths_of_hours(one.minutes)} 小时"),
                ("状态", one.get_state_display()),
            ),
            url=reverse("volunteering:own_service"),
        )
        for one in served
    )
    return Card(title="最近服务", lines=lines, empty="还没有服务记录，签到后这里会出现。")
