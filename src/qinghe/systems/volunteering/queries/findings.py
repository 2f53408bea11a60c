"""Findings: which an actor sees, which are theirs to look into, and what they hold."""

from collections.abc import Sequence

from django.db.models import Count, QuerySet, Sum
from django.urls import reverse

from qinghe.edges.inbox import Item
from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.systems.volunteering import models
from qinghe.systems.volunteering.access import Act

Finding = models.Finding
FindingState = models.Finding.State
FindingKind = models.Finding.Check


def findings_seen_by(actor: Actor) -> QuerySet[models.Finding]:
    """Return the findings whose reviewer is in sight: a host does not read of others' sessions."""
    return (
        models.Finding.objects.filter(reviewer__in=actors.orgs_where(actor, Act.SEE))
        .select_related("org", "reviewer", "decided_by")
        .annotate(records=Count("held"))
        .order_by("-found_at", "-pk")
    )


def findings_waiting_for(actor: Actor) -> QuerySet[models.Finding]:
    """Return the open findings that this actor may close: none about their hours or entries."""
    involved = models.HeldRecord.objects.filter(
        attendance__volunteer__person=actor.person_id
    ).values("finding")
    recorded = models.HeldRecord.objects.filter(
        attendance__stays__recorded_by=actor.person_id
    ).values("finding")
    return (
        models.Finding.objects.filter(
            reviewer__in=actors.orgs_where(actor, Act.REVIEW_FINDING), state=FindingState.OPEN
        )
        .exclude(pk__in=involved)
        .exclude(pk__in=recorded)
        .select_related("org", "reviewer")
        .order_by("found_at", "pk")
    )


def held_of(actor: Actor, finding: models.Finding) -> QuerySet[models.HeldRecord]:
    """Return the records that a finding holds, as far as the actor may see them."""
    return finding.held.filter(
        attendance__session__org__in=actors.orgs_where(actor, Act.SEE)
    ).select_related("attendance__session__org", "attendance__volunteer__person")


def open_findings_of(actor: Actor, attendance: models.Attendance) -> list[models.Finding]:
    """Return why an attendance is held now."""
    holding = models.Finding.objects.filter(held__attendance=attendance, state=FindingState.OPEN)
    return list(holding.select_related("reviewer").order_by("pk"))


def finding_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show findings that wait as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{one.get_kind_display()}：{one.words}",
            org=one.org.name,
            url=reverse("volunteering:finding", args=[one.pk]),
        )
        for one in findings_waiting_for(actor).filter(pk__in=ids)
    ]


def finding_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return findings behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.get_kind_display(),
            cells=(
                ("核查情况", one.words),
                ("主办组织", one.org.name),
                ("状态", one.get_state_display()),
            ),
            url=reverse("volunteering:finding", args=[one.pk]),
        )
        for one in findings_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def minutes_lacking(actor: Actor, case: models.StarCase, *, left: int) -> int:
    """Return how many minutes a star lacks that has so many left."""
    level = models.StarLevel.objects.get(scheme=case.round.scheme_id, star=case.star)
    return level.minutes - left


def minutes_held(actor: Actor, case: models.StarCase) -> int:
    """Return the minutes up to a star's last counted day that are only being looked into."""
    held = models.Attendance.objects.filter(
        volunteer=case.volunteer_id,
        state=models.Attendance.State.HELD,
        session__day__lte=case.round.counted_until,
    )
    return held.aggregate(all=Sum("minutes"))["all"] or 0
