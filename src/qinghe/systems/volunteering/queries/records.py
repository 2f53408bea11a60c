"""What people look at in volunteering. Reads only; every function starts from an actor."""

from collections.abc import Iterable, Sequence

from django.db.models import Count, Exists, Max, Min, Model, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.system import Line
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import queries as audit
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act

from .activities import joined_sessions
from .own_courtesy import own_courtesy_lines
from .profiles import own_profile_lines
from .sign_ups import walked_in

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
    f"volunteering.{verb}"
    for verb in (
        "approve_hours",
        "check_out",
        "correct_stay",
        "record_many",
        "record_scans",
        "release",
    )
)


# ── Lists and records ────────────────────────────────────────────────────────────────────────────


def orgs_for(actor: Actor, act: Act) -> QuerySet[Org]:
    """Return the open organisations in which this actor may do an act, for a form to offer."""
    return actors.orgs_where(actor, act).filter(closed_on__isnull=True)


def volunteers_seen_by(actor: Actor) -> QuerySet[models.Volunteer]:
    """Return the volunteers this actor may see, newest first."""
    return (
        models.Volunteer.objects.filter(actors.within_reach(actor, Act.SEE))
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
    """Return the sessions this actor may see, newest first, with their effective turnout.

    Whoever holds an activity together with its host sees its sessions too, but not who came.
    """
    effective = (
        models.Attendance.objects.filter(session=OuterRef("pk"), state=State.EFFECTIVE)
        .order_by()
        .values("session")
    )
    turnout = Subquery(effective.annotate(found=Count("pk")).values("found"))
    minutes = Subquery(effective.annotate(found=Sum("minutes")).values("found"))
    by_hand = effective.filter(how__in=rules.MANUAL)
    manual = Subquery(by_hand.annotate(found=Sum("minutes")).values("found"))
    return (
        models.Session.objects.filter(
            Q(org__in=actors.orgs_where(actor, Act.SEE)) | joined_sessions(actor)
        )
        .select_related("org", "team", "policy")
        .annotate(
            turnout=Coalesce(turnout, 0),
            minutes=Coalesce(minutes, 0),
            manual=Coalesce(manual, 0),
        )
        .order_by("-starts_at")
    )


def attendances_told(actor: Actor, ids: Iterable[int]) -> dict[int, str]:
    """Return what attendances in sight say, by key: to choose which of two stands."""
    return {
        one.pk: f"{one.session.day} {one.session.title}，{one.get_how_display()}，"
        f"{one.minutes}分钟，{one.get_state_display()}"
        for one in attendances_seen_by(actor).filter(pk__in=list(ids))
    }


def superseded_by(actor: Actor, attendance: models.Attendance) -> list[models.Attendance]:
    """Return the attendances of the same session that gave way to one in sight."""
    return list(models.Attendance.everything.filter(superseded=attendance.pk))


def attendances_seen_by(actor: Actor) -> QuerySet[models.Attendance]:
    """Return the attendances of sessions whose host this actor may see, newest entry first."""
    return (
        models.Attendance.objects.filter(session__org__in=actors.orgs_where(actor, Act.SEE))
        .select_related("session__org__parent", "volunteer__person", "volunteer__org")
        .order_by("-pk")
    )


def roster_of(actor: Actor, session: models.Session) -> QuerySet[models.Attendance]:
    """Return who came to a session, with first check-in and last check-out, latest comer first.

    `walked_in` tells who joined on the spot at a session that people sign up for.
    """
    standing = Q(stays__superseded=False)
    return (
        attendances_seen_by(actor)
        .filter(session=session)
        .annotate(
            came=Min("stays__came_at", filter=standing),
            left=Max("stays__left_at", filter=standing),
            walked_in=walked_in(actor),
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
            title=levels.short_name(
                actor, one.volunteer.person, at=one.session.org, on=timezone.localdate()
            ),
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
            title=levels.short_name(actor, one.person, at=one.org, on=timezone.localdate()),
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
    """Return what volunteering knows of a person: all to themself, else what the actor may see."""
    if actor.person_id == person.pk:
        return _own_lines(person) + own_profile_lines(actor) + own_courtesy_lines(actor)
    found = volunteers_seen_by(actor).filter(person=person).values_list("pk", flat=True)
    return volunteer_lines(actor, list(found))


def _own_lines(person: Person) -> list[Line]:
    """Return a person's own registration and every service of theirs, newest first (S-07)."""
    registered = models.Volunteer.objects.filter(person=person).select_related("org")
    served = (
        models.Attendance.objects.filter(volunteer__person=person)
        .select_related("session__org")
        .order_by("-session__starts_at", "-pk")
    )
    return [
        Line(
            pk=one.pk,
            title="志愿者登记",
            cells=(
                ("志愿者编号", one.number),
                ("主组织", one.org.name),
                ("申请日期", one.applied_on.isoformat()),
                ("注册日期", one.registered_on.isoformat() if one.registered_on else ""),
                ("状态", one.get_state_display()),
            ),
        )
        for one in registered
    ] + [
        Line(
            pk=one.pk,
            title=one.session.title,
            cells=(
                ("日期", one.session.day.isoformat()),
                ("主办组织", one.session.org.name),
                ("服务时长", f"{one.minutes}分钟"),
                ("状态", one.get_state_display()),
            ),
        )
        for one in served
    ]


def never(actor: Actor, one: Model) -> bool:
    """Test whether evidence may be changed: it may not."""
    return False
