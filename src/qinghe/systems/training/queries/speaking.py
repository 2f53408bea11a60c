"""Booked lectures and online sessions in an actor's sight."""

from collections.abc import Sequence

from django.db.models import Max, Q, QuerySet
from django.urls import reverse

from qinghe.edges.inbox import Item
from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.lib.periods import TZ
from qinghe.systems.training import models
from qinghe.systems.training.access import Act

Lecture = models.Lecture
LectureState = models.Lecture.State
Webcast = models.Webcast
WebcastState = models.Webcast.State


def lectures_seen_by(actor: Actor) -> QuerySet[models.Lecture]:
    """Return the lectures of which this actor may see either side, the newest first."""
    seen = actors.orgs_where(actor, Act.SEE)
    either = Q(team__org__in=seen) | Q(host__in=actors.orgs_where(actor, Act.SEE))
    return models.Lecture.objects.filter(either).select_related(
        "team__org", "host", "lecturer__person", "lecturer__team__org", "asked_by"
    )


def lectures_waiting_for(actor: Actor) -> QuerySet[models.Lecture]:
    """Return the bookings that this actor may answer."""
    found = models.Lecture.objects.filter(
        team__org__in=actors.orgs_where(actor, Act.SEND), state=LectureState.ASKED
    )
    return found.select_related("team__org", "host")


def lecture_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show bookings to answer as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{one.host.name}预约宣讲：{one.topic}",
            org=one.host.name,
            url=reverse("training:lecture", args=[one.pk]),
        )
        for one in lectures_waiting_for(actor).filter(pk__in=ids)
    ]


def starts_of(actor: Actor, lecture: models.Lecture) -> str:
    """Return when a lecture was arranged for, in words."""
    if lecture.starts_at is None:
        return "—"
    return f"{lecture.starts_at.astimezone(TZ):%Y-%m-%d %H:%M}"


def webcasts_seen_by(actor: Actor) -> QuerySet[models.Webcast]:
    """Return the online sessions held where this actor may look, the latest first."""
    found = models.Webcast.objects.filter(org__in=actors.orgs_where(actor, Act.SEE))
    return found.select_related("programme__org", "org", "lecturer__person", "lecturer__team__org")


def webcasts_open(actor: Actor) -> QuerySet[models.Webcast]:
    """Return what is announced and what can be watched again: everybody may know of these."""
    replay = Q(state=WebcastState.HELD) & ~Q(replay="")
    found = models.Webcast.objects.filter(Q(state=WebcastState.PUBLISHED) | replay)
    return found.select_related("programme", "lecturer__person", "lecturer__team__org")


def next_number(actor: Actor, programme: models.Programme) -> int:
    """Return the number that the next session of a series would bear."""
    last = programme.webcasts.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def lecture_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return lectures behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.topic,
            cells=(
                ("队伍", one.team.title),
                ("预约单位", one.host.name),
                ("宣讲日期", one.held_on.isoformat() if one.held_on else "—"),
                ("人次", str(one.people or "—")),
            ),
            url=reverse("training:lecture", args=[one.pk]),
        )
        for one in lectures_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def webcast_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return online sessions behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=f"{one.programme.title}第{one.number}期：{one.title}",
            cells=(
                ("开展单位", one.org.name),
                ("播出日期", one.day.isoformat()),
                ("观看人次", str(one.views)),
            ),
            url=reverse("training:webcast", args=[one.pk]),
        )
        for one in webcasts_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]
