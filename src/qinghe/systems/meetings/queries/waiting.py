"""What waits for somebody, and the records behind figures as lines."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.inbox import Item
from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.systems.meetings import models
from qinghe.systems.meetings.access import Act

from .sight import (
    bodies_seen_by,
    decisions_seen_by,
    items_seen_by,
    sittings_seen_by,
    summonses_seen_by,
    talks_seen_by,
    units_answered_by,
)

State = models.Decision.State


def replies_waiting_for(actor: Actor) -> QuerySet[models.Summons]:
    """Return the invitations that a unit of the actor's has not answered yet."""
    found = summonses_seen_by(actor).filter(
        reply="", member__in=units_answered_by(actor), sitting__state="called"
    )
    return found.filter(sitting__starts_at__gt=timezone.now())


def reply_items(actor: Actor, keys: Sequence[int]) -> list[Item]:
    """Show invitations as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{one.sitting.title}（{one.sitting.day.isoformat()}）请回执",
            url=reverse("meetings:reply", args=[one.pk]),
            org=one.sitting.body.org.name,
        )
        for one in replies_waiting_for(actor).filter(pk__in=keys)
    ]


def calls_waiting_for(actor: Actor) -> QuerySet[models.Sitting]:
    """Return the sittings that call for items and to which the actor's unit has brought none."""
    mine = units_answered_by(actor).filter(body=OuterRef("body_id"))
    brought = models.AgendaItem.objects.filter(
        sitting=OuterRef("pk"), member__in=units_answered_by(actor)
    )
    found = sittings_seen_by(actor).filter(state="preparing", items_by__gte=timezone.localdate())
    return found.filter(Exists(mine), ~Exists(brought))


def call_items(actor: Actor, keys: Sequence[int]) -> list[Item]:
    """Show calls for items as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{one.title}征集议题",
            url=reverse("meetings:item_new", args=[one.pk]),
            org=one.body.org.name,
        )
        for one in calls_waiting_for(actor).filter(pk__in=keys)
    ]


def decisions_waiting_for(actor: Actor) -> QuerySet[models.Decision]:
    """Return the decisions that the actor's own organisation has to carry out."""
    mine = actors.orgs_where(actor, Act.ANSWER)
    return decisions_seen_by(actor).filter(owner__in=mine, state=State.OPEN)


def reports_waiting_for(actor: Actor) -> QuerySet[models.Decision]:
    """Return the reported decisions that this actor can accept."""
    office = actors.within_reach(actor, Act.RUN, path="sitting__body__org__path")
    return decisions_seen_by(actor).filter(office, state=State.REPORTED)


def decision_items(actor: Actor, keys: Sequence[int]) -> list[Item]:
    """Show decisions as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{one.sitting.title}议定：{one.text[:40]}",
            url=reverse("meetings:decision", args=[one.pk]),
            org=one.owner.name,
        )
        for one in decisions_seen_by(actor).filter(pk__in=keys)
    ]


def sitting_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return sittings behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.title,
            cells=(("会议机构", one.body.name), ("日期", one.day.isoformat())),
            url=reverse("meetings:sitting", args=[one.pk]),
        )
        for one in sittings_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def item_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return items as lines, as far as the actor may see them."""
    return [
        Line(pk=one.pk, title=one.title, cells=(("会议", one.sitting.title),))
        for one in items_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def decision_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return decisions behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.text,
            cells=(
                ("会议", one.sitting.title),
                ("承办单位", one.owner.name),
                ("完成时限", one.due_on.isoformat()),
            ),
            url=reverse("meetings:decision", args=[one.pk]),
        )
        for one in decisions_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def body_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return bodies behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.name,
            cells=(("办公室所在", one.org.name), ("建立日期", one.founded_on.isoformat())),
            url=reverse("meetings:body", args=[one.pk]),
        )
        for one in bodies_seen_by(actor).filter(pk__in=ids).select_related("org").order_by("pk")
    ]


def talk_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return talks behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.topic,
            cells=(("平台", one.platform.name), ("时间", one.day.isoformat())),
            url=reverse("meetings:talk", args=[one.pk]),
        )
        for one in talks_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]
