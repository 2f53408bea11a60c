"""What was said of sessions and of those who served, and what of it waits for an answer."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, QuerySet, Sum
from django.urls import reverse

from qinghe.edges.inbox import Item
from qinghe.edges.system import Line
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act

Evaluation = models.Evaluation
EvaluationState = models.Evaluation.State
Rating = models.Rating


def to_rate(actor: Actor, at: datetime) -> QuerySet[models.Attendance]:
    """Return one's own services that may be rated now, with the rating they have."""
    return (
        models.Attendance.objects.filter(
            volunteer__person=actor.person_id,
            state__in=["effective", "pending"],
            session__ends_at__lte=at,
            session__ends_at__gte=at - rules.RATED_WITHIN,
        )
        .select_related("session__org", "rating")
        .order_by("-session__starts_at", "-pk")
    )


def own_evaluations(actor: Actor) -> QuerySet[models.Evaluation]:
    """Return what organisers said of oneself, newest first."""
    return (
        models.Evaluation.objects.filter(attendance__volunteer__person=actor.person_id)
        .select_related("attendance__session", "org")
        .order_by("-pk")
    )


def evaluations_seen_by(actor: Actor) -> QuerySet[models.Evaluation]:
    """Return the evaluations that organisations in sight gave, newest first."""
    return (
        models.Evaluation.objects.filter(org__in=actors.orgs_where(actor, Act.SEE))
        .select_related("attendance__session", "attendance__volunteer__person", "org", "given_by")
        .order_by("-pk")
    )


def ratings_of(actor: Actor, session: models.Session) -> QuerySet[models.Rating]:
    """Return what volunteers said of a session in sight; who said it is told to nobody."""
    seen = actors.orgs_where(actor, Act.SEE)
    return models.Rating.objects.filter(
        attendance__session=session, attendance__session__org__in=seen
    ).order_by("-at", "-pk")


def objected_for(actor: Actor) -> QuerySet[models.Evaluation]:
    """Return the objections that this actor may answer; never of themself or their own words."""
    return (
        models.Evaluation.objects.filter(
            state=EvaluationState.OBJECTED,
            org__in=actors.orgs_where(actor, Act.ANSWER_FEEDBACK),
        )
        .exclude(given_by=actor.person_id)
        .exclude(attendance__volunteer__person=actor.person_id)
        .select_related("attendance__session", "org")
        .order_by("pk")
    )


def objected_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show objections to evaluations as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"对“{one.attendance.session.title}”服务评价的异议",
            org=one.org.name,
            url=reverse("volunteering:evaluation", args=[one.pk]),
        )
        for one in objected_for(actor).filter(pk__in=ids)
    ]


def rating_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return ratings behind a figure as lines; who gave them is not told."""
    seen = actors.orgs_where(actor, Act.SEE)
    found = models.Rating.objects.filter(pk__in=ids, attendance__session__org__in=seen)
    return [
        Line(
            pk=one.pk,
            title=one.attendance.session.title,
            cells=(
                ("评分", f"{one.score}分"),
                ("评价", one.words),
                ("评价日期", local_day(one.at).isoformat()),
            ),
            url=reverse("volunteering:session", args=[one.attendance.session_id]),
        )
        for one in found.select_related("attendance__session").order_by("pk")
    ]


def evaluation_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return evaluations as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=levels.short_name(
                actor, one.attendance.volunteer.person, at=one.org, on=local_day(one.at)
            ),
            cells=(("评语", rules.traits_written(one.traits)), ("状态", one.get_state_display())),
            url=reverse("volunteering:evaluation", args=[one.pk]),
        )
        for one in evaluations_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def score_of(actor: Actor, session: models.Session) -> tuple[int, int]:
    """Return the sum of a session's scores and how many there are: an average is made of these."""
    sums = ratings_of(actor, session).order_by().aggregate(total=Sum("score"), count=Count("pk"))
    return sums["total"] or 0, sums["count"]
