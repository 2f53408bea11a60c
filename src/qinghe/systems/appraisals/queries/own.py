"""What a member sees on the phone: one's own reviews, and the others of the branch to rate."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from qinghe.edges.system import Card
from qinghe.edges.system import Line as Shown
from qinghe.kernel.access.actors import Actor
from qinghe.systems.appraisals import models

Line = models.Line
RollState = models.Roll.State


def own_lines(actor: Actor) -> QuerySet[Line]:
    """Return one's own reviews, the latest first."""
    mine = Line.objects.filter(person_id=actor.person_id or 0)
    return mine.select_related("campaign__terms", "roll__org", "person").order_by(
        "-campaign__year", "-pk"
    )


def others_of(actor: Actor, line: Line) -> QuerySet[Line]:
    """Return whom a member rates: the others of their own branch who are under review."""
    others = Line.objects.filter(
        roll=line.roll_id, roll__lines__person=actor.person_id or 0, standing=models.Standing.IN
    )
    return others.exclude(pk=line.pk).select_related("person").order_by("person__number")


def cards_of(actor: Actor, at: datetime) -> tuple[Card, ...]:
    """Return one's newest review with the way to its page; nothing to who has none."""
    newest = own_lines(actor).first()
    if newest is None:
        return ()
    waits = newest.roll.state == RollState.RATING and newest.standing == models.Standing.IN
    done = newest.own_on and newest.has_rated
    said = newest.get_grade_display() if newest.final_on else newest.roll.get_state_display()
    line = Shown(
        pk=newest.pk,
        title=f"{newest.campaign.year}年度评议：{'请自评和互评' if waits and not done else said}",
        url=reverse("appraisals:own"),
    )
    return (Card(title="我的评议", lines=(line,)),)
