"""What whoever leads a team does from the first page of their phone: what is near, and publishing."""

from datetime import datetime, timedelta

from django.urls import reverse

from qinghe.edges.system import Card, Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor, Role
from qinghe.lib.periods import TZ, local_day
from qinghe.systems.volunteering import models
from qinghe.systems.volunteering.access import Act

HEAD = models.TeamPost.Post.HEAD
MOST_NEAR = 3
AHEAD, AFTER = timedelta(days=14), timedelta(minutes=30)


def leading_card(actor: Actor, at: datetime) -> Card | None:
    """Return the sessions of a leader's own organisation, those of today first to the door."""
    if not any(held.role == Role.TEAM_LEADER for held in actor.holdings):
        return None
    near = (
        models.Session.objects.filter(
            org__in=actors.orgs_where(actor, Act.CHECK_IN),
            state=models.Session.State.PUBLISHED,
            ends_at__gte=at - AFTER,
            starts_at__lte=at + AHEAD,
        )
        .only("title", "place", "starts_at", "ends_at")
        .order_by("starts_at", "pk")[:MOST_NEAR]
    )
    ways = (
        ("发布活动", "说明时间、地点、岗位和风险", "volunteering:activity_new"),
        ("活动和报名", "改期、取消、代为报名", "volunteering:activities"),
        ("队伍", "成员、年度确认", "volunteering:teams"),
    )
    return Card(
        title="带队",
        lines=(
            *(_session(one, at) for one in near),
            *(
                Line(pk=-place, title=title, cells=(("说明", words),), url=reverse(name))
                for place, (title, words, name) in enumerate(ways)
            ),
        ),
    )


def code_led(actor: Actor) -> str:
    """Return the code of the team that somebody leads; empty for none or for several."""
    led = models.TeamPost.objects.filter(
        volunteer__person=actor.person_id,
        post=HEAD,
        ends_on__isnull=True,
        team__state=models.Team.State.APPROVED,
    )
    codes = list(led.values_list("team__code", flat=True)[:2])
    return codes[0] if len(codes) == 1 else ""


def _session(session: models.Session, at: datetime) -> Line:
    starts, ends = session.starts_at.astimezone(TZ), session.ends_at.astimezone(TZ)
    today = local_day(session.starts_at) == local_day(at)
    day = "今天" if today else f"{starts.month}月{starts.day}日"
    return Line(
        pk=session.pk,
        title=f"现场签到：{session.title}" if today else session.title,
        cells=(("时间", f"{day} {starts:%H:%M}–{ends:%H:%M}"), ("地点", session.place)),
        url=reverse("volunteering:spot" if today else "volunteering:session", args=[session.pk]),
    )
