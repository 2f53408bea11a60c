"""What people look at in volunteering. Reads only; every function starts from an actor."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import queries as audit
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.lib import identifiers
from qinghe.lib.periods import TZ

from . import models
from .access import Act
from .rules import Frame, Served, Settlement, Span, settle

Volunteer = models.Volunteer  # named here for the edges, which do not import models
Team = models.Team
Session = models.Session
Attendance = models.Attendance
VolunteerState = models.Volunteer.State
TeamState = models.Team.State
SessionState = models.Session.State
State = models.Attendance.State
How = models.Attendance.How
CONFIRMING = frozenset(
    f"volunteering.{verb}" for verb in ("approve_hours", "check_out", "correct_stay", "record_many")
)
Key = TypeVar("Key", int, str)
NOT_COUNTED = (State.REFUSED, State.VOID)
ASKED_AT_ONCE = 5_000  # keys in one question; SQLite takes 32,766 values a statement


# ── Lists and records ────────────────────────────────────────────────────────────────────────────


def orgs_for(actor: Actor, act: Act) -> QuerySet[Org]:
    """Return the open organisations in which this actor may do an act, for a form to offer."""
    return actors.orgs_where(actor, act).filter(closed_on__isnull=True)


def volunteers_seen_by(actor: Actor) -> QuerySet[models.Volunteer]:
    """Return the volunteers this actor may see, newest first."""
    return (
        models.Volunteer.objects.filter(org__in=actors.orgs_where(actor, Act.SEE))
        .select_related("org", "person")
        .order_by("-registered_on", "-pk")
    )


def teams_seen_by(actor: Actor) -> QuerySet[models.Team]:
    """Return the teams this actor may see, newest first."""
    return (
        models.Team.objects.filter(org__in=actors.orgs_where(actor, Act.SEE))
        .select_related("org")
        .order_by("-applied_on", "-pk")
    )


def sessions_seen_by(actor: Actor) -> QuerySet[models.Session]:
    """Return the sessions this actor may see, newest first, with their effective turnout."""
    effective = (
        models.Attendance.objects.filter(session=OuterRef("pk"), state=State.EFFECTIVE)
        .order_by()
        .values("session")
    )
    turnout = Subquery(effective.annotate(found=Count("pk")).values("found"))
    minutes = Subquery(effective.annotate(found=Sum("minutes")).values("found"))
    return (
        models.Session.objects.filter(org__in=actors.orgs_where(actor, Act.SEE))
        .select_related("org", "team")
        .annotate(turnout=Coalesce(turnout, 0), minutes=Coalesce(minutes, 0))
        .order_by("-starts_at")
    )


def attendances_seen_by(actor: Actor) -> QuerySet[models.Attendance]:
    """Return the attendances of sessions whose host this actor may see, newest entry first."""
    return (
        models.Attendance.objects.filter(session__org__in=actors.orgs_where(actor, Act.SEE))
        .select_related("session__org__parent", "volunteer__person", "volunteer__org")
        .order_by("-pk")
    )


def roster_of(actor: Actor, session: models.Session) -> QuerySet[models.Attendance]:
    """Return who came to a session, with first check-in and last check-out, latest comer first."""
    standing = Q(stays__superseded=False)
    return (
        attendances_seen_by(actor)
        .filter(session=session)
        .annotate(
            came=Min("stays__came_at", filter=standing),
            left=Max("stays__left_at", filter=standing),
        )
        .order_by("-pk")
    )


def inside(actor: Actor, session: models.Session) -> QuerySet[models.Attendance]:
    """Return who is at a session now, latest comer first."""
    open_stay = models.Stay.objects.filter(
        attendance=OuterRef("pk"), left_at__isnull=True, superseded=False
    )
    return roster_of(actor, session).filter(Exists(open_stay))


def stays_seen_by(actor: Actor) -> QuerySet[models.Stay]:
    """Return the check-ins of sessions whose host this actor may see, oldest first."""
    seen = actors.orgs_where(actor, Act.SEE)
    return (
        models.Stay.objects.filter(attendance__session__org__in=seen)
        .select_related("attendance__session__org", "attendance__volunteer__person")
        .order_by("came_at", "pk")
    )


def hours_waiting_for(actor: Actor) -> QuerySet[models.Attendance]:
    """Return the attendances whose hours this actor may approve, those waiting longest first.

    Whether a day is so long that only the district may approve it is told by `rules` (V-31) when
    the approval is asked for; here the two reaches are simply added.
    """
    above = actors.orgs_where(actor, Act.APPROVE_HOURS)
    district = actors.orgs_where(actor, Act.APPROVE_LONG_HOURS)
    return (
        models.Attendance.objects.filter(
            Q(session__org__parent__in=above) | Q(session__org__in=district), state=State.PENDING
        )
        .select_related("session__org__parent", "volunteer__person", "volunteer__org")
        .order_by("session__starts_at", "pk")
    )


def volunteers_to_check_in(actor: Actor) -> QuerySet[models.Volunteer]:
    """Return the registered volunteers an actor who keeps a door may check in, of any org.

    A volunteer may serve anywhere; the number on their card finds them, a list never shows them.
    """
    registered = models.Volunteer.objects.filter(state=models.Volunteer.State.REGISTERED)
    return registered if actors.may_anywhere(actor, Act.CHECK_IN) else registered.none()


def confirmed_by(actor: Actor, attendance: models.Attendance) -> str:
    """Return on whose word an attendance counts what it counts, from its trail."""
    entries = audit.entries_about(attendance._meta.label, attendance.pk)
    return next((entry.by for entry in entries if entry.verb in CONFIRMING), "")


# ── Records behind a figure ──────────────────────────────────────────────────────────────────────


def attendance_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return attendances behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=identifiers.mask_name(one.volunteer.person.name),
            cells=(
                ("场次", one.session.title),
                ("主办组织", one.session.org.name),
                ("日期", one.session.day.isoformat()),
                ("服务时长", f"{one.minutes}分钟"),
                ("登记方式", one.get_how_display()),
            ),
            url=reverse("volunteering:attendance", args=[one.pk]),
        )
        for one in attendances_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def session_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return sessions behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.title,
            cells=(
                ("主办组织", one.org.name),
                ("日期", one.day.isoformat()),
                ("地点", one.place),
                ("参与人次", f"{one.turnout}"),  # type: ignore[attr-defined]
            ),
            url=reverse("volunteering:session", args=[one.pk]),
        )
        for one in sessions_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def volunteer_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return volunteers behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=identifiers.mask_name(one.person.name),
            cells=(
                ("志愿者编号", one.number),
                ("主组织", one.org.name),
                ("注册日期", one.registered_on.isoformat() if one.registered_on else ""),
                ("状态", one.get_state_display()),
            ),
            url=reverse("volunteering:volunteer", args=[one.pk]),
        )
        for one in volunteers_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def team_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return teams behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.name,
            cells=(
                ("队伍编号", one.code),
                ("主组织", one.org.name),
                ("审核日期", one.approved_on.isoformat() if one.approved_on else ""),
                ("状态", one.get_state_display()),
            ),
            url=reverse("volunteering:team", args=[one.pk]),
        )
        for one in teams_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def about_person(actor: Actor, person: Person) -> list[Line]:
    """Return what volunteering knows of a person, as far as the actor may see it."""
    found = volunteers_seen_by(actor).filter(person=person).values_list("pk", flat=True)
    return volunteer_lines(actor, list(found))


# ── What a whole file is checked against, in few questions ───────────────────────────────────────


@dataclass(frozen=True)
class KnownSession:
    """A session that rows of a file may name."""

    pk: int
    cancelled: bool
    reachable: bool
    frame: Frame


def org_ids_where(actor: Actor, act: Act) -> dict[str, int]:
    """Return the open organisations in which this actor may do an act, by code."""
    return dict(orgs_for(actor, act).values_list("code", "pk"))


def org_codes_taken(actor: Actor, codes: Collection[str]) -> set[str]:
    """Return which of these codes name an organisation at all, seen by the actor or not.

    It lets a refusal tell "no such organisation" from "not yours to fill".
    """
    return _found(Org.objects.all(), "code", codes)


def volunteer_numbers_taken(actor: Actor, numbers: Collection[str]) -> set[str]:
    """Return which of these volunteer numbers are taken, whoever may see them."""
    return _found(models.Volunteer.objects.all(), "number", numbers)


def team_codes_taken(actor: Actor, codes: Collection[str]) -> set[str]:
    """Return which of these team codes are taken, whoever may see them."""
    return _found(models.Team.objects.all(), "code", codes)


def session_codes_taken(actor: Actor, codes: Collection[str]) -> set[str]:
    """Return which of these session codes are taken, whoever may see them."""
    return _found(models.Session.objects.all(), "code", codes)


def persons_by_number(actor: Actor, numbers: Collection[str]) -> dict[str, tuple[str, bool]]:
    """Return, by number, the names of the persons on the books and if they are volunteers."""
    return {
        number: (name, volunteer_id is not None)
        for part in _parts(numbers)
        for number, name, volunteer_id in Person.objects.filter(number__in=part).values_list(
            "number", "name", "volunteer__pk"
        )
    }


def team_ids_by_code(actor: Actor, codes: Collection[str]) -> dict[str, int]:
    """Return the approved teams with these codes that an actor may host sessions with."""
    approved = models.Team.objects.filter(
        org__in=actors.orgs_where(actor, Act.SEE), state=models.Team.State.APPROVED
    )
    return {
        code: pk
        for part in _parts(codes)
        for code, pk in approved.filter(code__in=part).values_list("code", "pk")
    }


def volunteer_ids_by_number(actor: Actor, numbers: Collection[str]) -> dict[str, int]:
    """Return the registered volunteers with these numbers whom the actor may put on a roster."""
    return {
        number: pk
        for part in _parts(numbers)
        for number, pk in volunteers_to_check_in(actor)
        .filter(number__in=part)
        .values_list("number", "pk")
    }


def sessions_by_code(actor: Actor, codes: Collection[str]) -> dict[str, KnownSession]:
    """Return the sessions with these codes, told apart by whether the actor may fill them."""
    mine = set(actors.orgs_where(actor, Act.UPLOAD).values_list("pk", flat=True))
    published = models.Session.State.PUBLISHED.value
    return {
        code: KnownSession(
            pk,
            cancelled=state != published,
            reachable=org in mine,
            frame=Frame(starts.astimezone(TZ), ends.astimezone(TZ)),  # the clock of the file
        )
        for part in _parts(codes)
        for pk, code, org, state, starts, ends in models.Session.objects.filter(
            code__in=part
        ).values_list("pk", "code", "org_id", "state", "starts_at", "ends_at")
    }


def served_between(
    actor: Actor, volunteer_ids: Collection[int], first: datetime, last: datetime
) -> Iterator[Served]:
    """Return the check-ins of these volunteers that may touch the moments from first to last.

    Everywhere, not only where the actor may see: nobody serves at two places at once (V-36).
    """
    live = models.Stay.objects.filter(
        Q(left_at__isnull=True) | Q(left_at__gt=first), came_at__lt=last, superseded=False
    ).exclude(attendance__state__in=NOT_COUNTED)
    for part in _parts(volunteer_ids):
        rows = live.filter(attendance__volunteer__in=part).values_list(
            "pk",
            "attendance__volunteer_id",
            "attendance__session_id",
            "came_at",
            "left_at",
            "attendance__session__starts_at",
            "attendance__session__ends_at",
        )
        for stay, volunteer, session, came, left, starts, ends in rows.order_by().iterator():
            yield Served(stay, volunteer, session, Frame(starts, ends), Span(came, left))


def places_struck_out(actor: Actor, volunteer_ids: Collection[int]) -> set[tuple[int, int]]:
    """Return (session, volunteer) of the attendances of these volunteers that count no more."""
    struck = models.Attendance.objects.filter(state__in=NOT_COUNTED).order_by()
    rows = struck.values_list("session_id", "volunteer_id").iterator()
    return {(session, volunteer) for session, volunteer in rows if volunteer in volunteer_ids}


def settlement_of(actor: Actor, attendance: models.Attendance) -> Settlement:
    """Return what an attendance earns beside all else its volunteer served on the same days."""
    session = attendance.session
    frame = Frame(session.starts_at, session.ends_at)
    served = served_between(actor, [attendance.volunteer_id], *frame.whole_days)
    return settle(session_id=attendance.session_id, served=served)


def _found(rows: QuerySet, field: str, keys: Collection[str]) -> set[str]:
    return {
        key
        for part in _parts(keys)
        for key in rows.filter(**{f"{field}__in": part}).values_list(field, flat=True)
    }


def _parts(keys: Collection[Key]) -> Iterator[Sequence[Key]]:
    ordered = list(keys)
    for start in range(0, len(ordered), ASKED_AT_ONCE):
        yield ordered[start : start + ASKED_AT_ONCE]
