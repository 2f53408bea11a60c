"""What a whole file is checked against, in few questions."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Q, QuerySet

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.compiled import Compiled
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import TZ
from qinghe.systems.volunteering import models
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.rules import Frame, Served, Settlement, Span, settle

from .records import State, orgs_for, volunteers_to_check_in

Key = TypeVar("Key", int, str)
NOT_COUNTED = (State.REFUSED, State.VOID)
ASKED_AT_ONCE = 5_000  # keys in one question; SQLite takes 32,766 values a statement


@dataclass(frozen=True)
class KnownSession:
    """A session that rows of a file may name."""

    pk: int
    cancelled: bool
    reachable: bool
    frame: Frame


@dataclass(frozen=True)
class KnownTeam:
    """A team that rows of a file may name."""

    pk: int
    reachable: bool
    stands: bool
    approved_on: date | None


@dataclass(frozen=True)
class KnownTraining:
    """A training that rows of a file may name, and what it is worth."""

    pk: int
    quarters: int


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


def teams_by_code(actor: Actor, codes: Collection[str]) -> dict[str, KnownTeam]:
    """Return the teams with these codes, told apart by whether the actor may fill them."""
    mine = set(actors.orgs_where(actor, Act.UPLOAD).values_list("pk", flat=True))
    standing = models.Team.State.APPROVED.value
    return {
        code: KnownTeam(
            pk,
            reachable=org in mine,
            stands=state == standing and suspended is None,
            approved_on=approved,
        )
        for part in _parts(codes)
        for pk, code, org, state, suspended, approved in models.Team.objects.filter(
            code__in=part
        ).values_list("pk", "code", "org_id", "state", "suspended_on", "approved_on")
    }


def places_in_teams(actor: Actor, team_ids: Collection[int]) -> set[tuple[int, int]]:
    """Return (team, volunteer) of everybody who is in these teams, asked, or is invited."""
    states = models.TeamMember.State
    over = (states.REFUSED, states.LEFT)
    return {
        place
        for part in _parts(team_ids)
        for place in models.TeamMember.objects.filter(team__in=part)
        .exclude(state__in=over)
        .order_by()
        .values_list("team_id", "volunteer_id")
    }


def trainings_named(
    actor: Actor, titles: Collection[str]
) -> dict[tuple[str, str, date], list[KnownTraining]]:
    """Return the valid trainings with these titles that the actor may fill, by what names them."""
    mine = models.Training.objects.filter(
        org__in=actors.orgs_where(actor, Act.UPLOAD), state=models.Training.State.HELD
    )
    named: dict[tuple[str, str, date], list[KnownTraining]] = defaultdict(list)
    for part in _parts(titles):
        rows = mine.filter(title__in=part).order_by("pk")
        for pk, title, org, day, quarters in rows.values_list(
            "pk", "title", "org__code", "day", "quarters"
        ):
            named[title, org, day].append(KnownTraining(pk, quarters))
    return dict(named)


def credited(actor: Actor, training_ids: Collection[int]) -> set[tuple[int, int]]:
    """Return (training, volunteer) of everything that was credited, struck out or not."""
    return {
        place
        for part in _parts(training_ids)
        for place in models.Credit.objects.filter(training__in=part)
        .order_by()
        .values_list("training_id", "volunteer_id")
    }


def served_between(
    actor: Actor, volunteer_ids: Collection[int], first: datetime, last: datetime
) -> Iterator[Served]:
    """Return the check-ins of these volunteers that may touch the moments from first to last.

    Everywhere, not only where the actor may see: nobody serves at two places at once (V-36).
    """
    for stay, volunteer, session, came, left, starts, ends in _stays(volunteer_ids, first, last):
        yield Served(stay, volunteer, session, Frame(starts, ends), Span(came, left))


def _stays(
    volunteer_ids: Collection[int], first: datetime, last: datetime
) -> Iterator[tuple[int, int, int, datetime, datetime | None, datetime, datetime]]:
    if len(volunteer_ids) == 1:
        (volunteer,) = volunteer_ids
        yield from _stays_of_one(volunteer=volunteer, first=first, last=last)
        return
    live = _stays_between(first, last)
    for part in _parts(volunteer_ids):
        yield from live.filter(attendance__volunteer__in=part).iterator()


@Compiled
def _stays_of_one(volunteer: int, first: datetime, last: datetime) -> QuerySet:
    """Return what one volunteer may have served between two moments."""
    return _stays_between(first, last).filter(attendance__volunteer=volunteer)


def _stays_between(first: datetime, last: datetime) -> QuerySet:
    live = models.Stay.objects.filter(
        Q(left_at__isnull=True) | Q(left_at__gt=first), came_at__lt=last, superseded=False
    )
    rows = live.exclude(attendance__state__in=NOT_COUNTED).order_by()
    return rows.values_list(
        "pk",
        "attendance__volunteer_id",
        "attendance__session_id",
        "came_at",
        "left_at",
        "attendance__session__starts_at",
        "attendance__session__ends_at",
    )


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
