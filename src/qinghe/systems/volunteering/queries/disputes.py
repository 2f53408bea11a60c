"""What volunteers hold against their own record, and what their record says and why."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse

from qinghe.edges.inbox import Item
from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.rules import Frame, Served

from .bulk import served_between

HoursDispute = models.HoursDispute
DisputeState = models.HoursDispute.State
DisputeKind = models.HoursDispute.Kind
MARGIN = timedelta(days=2)


@dataclass(frozen=True)
class Explained:
    """One record of a volunteer's own, with the rule that made its number."""

    attendance: models.Attendance
    words: str
    held: tuple[str, ...]
    disputes: tuple[models.HoursDispute, ...]


def own_services(actor: Actor) -> QuerySet[models.Attendance]:
    """Return a volunteer's own records, newest first."""
    return (
        models.Attendance.objects.filter(volunteer__person=actor.person_id)
        .select_related("session__org", "volunteer")
        .order_by("-session__starts_at", "-pk")
    )


def explained(actor: Actor, rows: Sequence[models.Attendance]) -> list[Explained]:
    """Tell of some records of the actor's own how each came to its number, in a few questions for all."""
    if not rows:
        return []
    volunteer = rows[0].volunteer_id
    first = min(one.session.starts_at for one in rows) - MARGIN
    last = max(one.session.ends_at for one in rows) + MARGIN
    served = list(served_between(actor, [volunteer], first, last))
    struck = _struck(rows)
    held, disputes = _held(rows), _disputes(rows)
    return [
        Explained(
            attendance=one,
            words=_words(one, served or (), struck.get(one.pk, ())),
            held=tuple(held[one.pk]),
            disputes=tuple(disputes[one.pk]),
        )
        for one in rows
    ]


def own_missing(actor: Actor) -> QuerySet[models.HoursDispute]:
    """Return the records that a volunteer says are missing."""
    return models.HoursDispute.objects.filter(
        volunteer__person=actor.person_id, kind=DisputeKind.MISSING
    ).select_related("org")


def own_disputes(actor: Actor) -> QuerySet[models.HoursDispute]:
    """Return all that a volunteer holds against their record."""
    found = models.HoursDispute.objects.filter(volunteer__person=actor.person_id)
    return found.select_related("org", "volunteer")


def hosts_for(actor: Actor, volunteer: models.Volunteer) -> QuerySet[Org]:
    """Return whom a volunteer may ask about a missing record: where they belong or have served."""
    served = models.Attendance.objects.filter(volunteer=volunteer).values("session__org")
    lineage = [code for code in volunteer.org.path.split("/") if code]
    return Org.objects.filter(
        Q(pk__in=served) | Q(code__in=lineage), closed_on__isnull=True
    ).order_by("path")


def disputes_seen_by(actor: Actor) -> QuerySet[models.HoursDispute]:
    """Return the disputes of the organisations in sight, newest first."""
    return (
        models.HoursDispute.objects.filter(org__in=actors.orgs_where(actor, Act.SEE))
        .select_related(
            "org", "volunteer__person", "attendance__session__org", "carried", "answered_by"
        )
        .order_by("-asked_at", "-pk")
    )


def disputes_waiting_for(actor: Actor) -> QuerySet[models.HoursDispute]:
    """Return the disputes that this actor may answer; never their own."""
    return (
        models.HoursDispute.objects.filter(
            org__in=actors.orgs_where(actor, Act.ANSWER_DISPUTE), state=DisputeState.OPEN
        )
        .exclude(volunteer__person=actor.person_id)
        .select_related("org", "volunteer")
        .order_by("due_on", "pk")
    )


def changed_since(actor: Actor, dispute: models.HoursDispute) -> bool:
    """Test if a record was put right, or a missing one entered, since it was disputed."""
    if dispute.carried_id is not None:
        ended = models.CarriedHours.objects.filter(
            pk=dispute.carried_id, ended_at__gte=dispute.asked_at
        )
        return ended.exists()
    if dispute.attendance_id is None:
        entered = models.Stay.objects.filter(
            attendance__volunteer=dispute.volunteer_id,
            attendance__session__day=dispute.served_on,
            recorded_at__gte=dispute.asked_at,
        )
        return entered.exists()
    attendance = models.Attendance.objects.get(pk=dispute.attendance_id)
    corrected = attendance.stays.filter(supersedes__isnull=False, recorded_at__gte=dispute.asked_at)
    return attendance.state == models.Attendance.State.VOID or corrected.exists()


def due_on(actor: Actor, at: datetime, *, days: int) -> date:
    """Return until which day something asked for at a moment is to be answered."""
    return local_day(at) + timedelta(days=days)


def dispute_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show disputes that wait as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{one.get_kind_display()}：{one.served_on.isoformat()} 志愿者 {one.volunteer.number}",
            org=one.org.name,
            url=reverse("volunteering:hours_dispute", args=[one.pk]),
        )
        for one in disputes_waiting_for(actor).filter(pk__in=ids)
    ]


def dispute_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return disputes behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.get_kind_display(),
            cells=(
                ("主办组织", one.org.name),
                ("答复期限", one.due_on.isoformat()),
                ("状态", one.get_state_display()),
            ),
            url=reverse("volunteering:hours_dispute", args=[one.pk]),
        )
        for one in disputes_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def _words(one: models.Attendance, served: Sequence[Served], struck: Sequence[models.Stay]) -> str:
    mine = [row.span for row in served if row.session_id == one.session_id]
    if not mine:
        mine = [rules.Span(stay.came_at, stay.left_at) for stay in struck]
    settled = rules.settle(session_id=one.session_id, served=served)
    return rules.explain(
        frame=Frame(one.session.starts_at, one.session.ends_at),
        spans=sorted(mine, key=lambda span: span.came),
        day_minutes=settled.longest_day,
        state=one.state,
    )


def _struck(rows: Sequence[models.Attendance]) -> dict[int, list[models.Stay]]:
    """Return the check-ins of those that count no more: no other question brings them."""
    struck = [one.pk for one in rows if one.state in ("void", "refused")]
    found: dict[int, list[models.Stay]] = defaultdict(list)
    for stay in models.Stay.objects.filter(attendance__in=struck, superseded=False):
        found[stay.attendance_id].append(stay)
    return found


def _held(rows: Sequence[models.Attendance]) -> dict[int, list[str]]:
    holding = models.HeldRecord.objects.filter(
        attendance__in=rows, finding__state=models.Finding.State.OPEN
    )
    found: dict[int, list[str]] = defaultdict(list)
    for one in holding.select_related("finding"):
        found[one.attendance_id].append(one.finding.get_kind_display())
    return found


def _disputes(rows: Sequence[models.Attendance]) -> dict[int, list[models.HoursDispute]]:
    found: dict[int, list[models.HoursDispute]] = defaultdict(list)
    for one in models.HoursDispute.objects.filter(attendance__in=rows).order_by("pk"):
        if one.attendance_id is not None:
            found[one.attendance_id].append(one)
    return found
