"""What of volunteering waits for an actor: applications and hours to decide on."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse

from qinghe.edges.inbox import Item, Step
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.systems.volunteering import models
from qinghe.systems.volunteering.access import Act

from .names import name_in_line


def hours_waiting_for(actor: Actor) -> QuerySet[models.Attendance]:
    """Return the attendances whose hours this actor may approve, those waiting longest first.

    Nobody approves their own. A day of up to twelve hours waits with the host's parent, a longer
    one where long hours may be approved, and nowhere else (V-31).
    """
    above = actors.orgs_where(actor, Act.APPROVE_HOURS)
    district = actors.orgs_where(actor, Act.APPROVE_LONG_HOURS)
    return (
        models.Attendance.objects.filter(
            Q(session__org__parent__in=above, for_district=False)
            | Q(session__org__parent__isnull=True, session__org__in=above, for_district=False)
            | Q(session__org__in=district, for_district=True),
            state=models.Attendance.State.PENDING,
        )
        .exclude(volunteer__person=actor.person_id)
        .select_related("session__org__parent", "volunteer__person", "volunteer__org")
        .order_by("session__starts_at", "pk")
    )


def volunteers_waiting_for(actor: Actor) -> QuerySet[models.Volunteer]:
    """Return the applications of volunteers that this actor may decide on."""
    reach = actors.orgs_where(actor, Act.APPROVE_VOLUNTEER)
    waiting = models.Volunteer.objects.filter(org__in=reach, state=models.Volunteer.State.APPLIED)
    return waiting.select_related("org", "person")


def hours_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show hours that wait, as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=(
                f"{name_in_line(actor, one.volunteer.person, at=one.session.org)}"
                f" 服务 {one.minutes} 分钟：{one.session.title}"
            ),
            org=one.session.org.name,
            url=reverse("volunteering:attendance", args=[one.pk]),
            steps=(
                Step("通过", reverse("volunteering:hours_approve", args=[one.pk])),
                Step("不通过", reverse("volunteering:hours_refuse", args=[one.pk]), post=False),
            ),
        )
        for one in hours_waiting_for(actor).filter(pk__in=ids)
    ]


def volunteer_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show applications of volunteers as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{name_in_line(actor, one.person, at=one.org)} 申请注册志愿者 {one.number}",
            org=one.org.name,
            url=reverse("volunteering:volunteer", args=[one.pk]),
            steps=(
                Step("通过", reverse("volunteering:volunteer_approve", args=[one.pk])),
                Step("不通过", reverse("volunteering:volunteer_refuse", args=[one.pk]), post=False),
            ),
        )
        for one in volunteers_waiting_for(actor).filter(pk__in=ids)
    ]
