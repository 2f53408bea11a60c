"""The bulk door: chunks of rows that `sheets` has checked as a whole file before.

A chunk is one transaction and leaves one audit row a model, which names the file and its lines.
Whether its rows may be written was decided from the actor's reach when they were resolved.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Model

from qinghe.kernel import bulk
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.kernel.people import services as people
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, rules

from .counted import HoursChange

Source = Mapping[str, object]
Place = tuple[int, int]  # session, volunteer


class ReadyVolunteer(NamedTuple):
    """A checked line of the volunteers' ledger."""

    number: str
    person: people.NewPerson
    org_id: int
    registered_on: date
    contact: people.NewContact | None = None


class ReadyTeam(NamedTuple):
    """A checked line of the teams' ledger; without a day of approval it is an application."""

    code: str
    name: str
    org_id: int
    applied_on: date
    approved_on: date | None


class ReadySession(NamedTuple):
    """A checked line of the sessions' ledger."""

    code: str
    title: str
    org_id: int
    team_id: int | None
    place: str
    starts_at: datetime
    ends_at: datetime


class ReadyMember(NamedTuple):
    """A checked line of the ledger of teams' members."""

    team_id: int
    volunteer_id: int
    joined_on: date


class ReadyCredit(NamedTuple):
    """A checked line of the ledger of what was earned at trainings."""

    training_id: int
    volunteer_id: int
    quarters: int


class ReadyStay(NamedTuple):
    """A checked line of the attendances' ledger.

    `again` tells that this volunteer came to this session before, on an earlier line or in the
    database: the stay joins that attendance. `state` is what becomes of the whole attendance.
    """

    session_id: int
    volunteer_id: int
    came_at: datetime
    left_at: datetime | None
    minutes: int
    state: str
    again: bool


@transaction.atomic
def register_many(
    *, ready: Sequence[ReadyVolunteer], at: datetime, by: Actor, source: Source
) -> int:
    """Enter a chunk of volunteers who are on the roll, with the persons not yet on the books.

    Raises Refused: changed_meanwhile.
    """
    known = people.add_many(new=[row.person for row in ready], at=at, by=by, source=dict(source))
    told = {known[row.person.number]: row.contact for row in ready if row.contact}
    people.keep_contacts(new=told, at=at, by=by, source=source)
    ids = _insert(
        models.Volunteer,
        fields=("number", "person_id", "org_id", "applied_on", "registered_on"),
        rows=[
            (
                row.number,
                known[row.person.number],
                row.org_id,
                row.registered_on,
                row.registered_on,
            )
            for row in ready
        ],
        same={"state": models.Volunteer.State.REGISTERED},
    )
    _trail("volunteering.register_many", models.Volunteer, ids, at=at, by=by, source=source)
    return len(ids)


@transaction.atomic
def found_many(*, ready: Sequence[ReadyTeam], at: datetime, by: Actor, source: Source) -> int:
    """Enter a chunk of teams, approved on the day the ledger says.

    Raises Refused: changed_meanwhile.
    """
    states = models.Team.State
    ids = _insert(
        models.Team,
        fields=("code", "name", "org_id", "applied_on", "approved_on", "state"),
        rows=[
            (*row, states.APPROVED.value if row.approved_on else states.APPLIED.value)
            for row in ready
        ],
    )
    _insert(
        models.TeamStanding,
        fields=("team_id", "starts_on"),
        rows=[
            (pk, row.approved_on)
            for pk, row in zip(ids, ready, strict=True)
            if row.approved_on is not None
        ],
    )
    _trail("volunteering.found_many", models.Team, ids, at=at, by=by, source=source)
    return len(ids)


@transaction.atomic
def join_many(*, ready: Sequence[ReadyMember], at: datetime, by: Actor, source: Source) -> int:
    """Enter a chunk of members of teams, from the day the ledger says, and tell each of them.

    Raises Refused: changed_meanwhile.
    """
    ids = _insert(
        models.TeamMember,
        fields=("team_id", "volunteer_id", "asked_on", "joined_on"),
        rows=[(row.team_id, row.volunteer_id, row.joined_on, row.joined_on) for row in ready],
        same={"state": models.TeamMember.State.MEMBER, "words": ""},
    )
    joined = models.Volunteer.objects.filter(pk__in={row.volunteer_id for row in ready})
    notices.notify(
        person_ids=list(joined.values_list("person_id", flat=True)),
        kind=Kind.RESULT,
        title="您已登记为志愿队伍成员",
        text="队伍按成员台账登记了您；不是您的队伍，可以在“我的队伍”退出。",
        url="/volunteering/mine/teams/",
        at=at,
    )
    _trail("volunteering.join_many", models.TeamMember, ids, at=at, by=by, source=source)
    return len(ids)


@transaction.atomic
def credit_many(*, ready: Sequence[ReadyCredit], at: datetime, by: Actor, source: Source) -> int:
    """Enter a chunk of what was earned at trainings. Raises Refused: changed_meanwhile."""
    ids = _insert(
        models.Credit,
        fields=ReadyCredit._fields,
        rows=ready,
        same={"credited_at": at, "reason": ""},
    )
    _trail("volunteering.credit_many", models.Credit, ids, at=at, by=by, source=source)
    return len(ids)


@transaction.atomic
def publish_many(*, ready: Sequence[ReadySession], at: datetime, by: Actor, source: Source) -> int:
    """Enter a chunk of sessions; one that has begun is marked as entered late (V-33).

    Raises Refused: changed_meanwhile.
    """
    ids = _insert(
        models.Session,
        fields=(*ReadySession._fields, "day", "entered_late"),
        rows=[(*row, local_day(row.starts_at), row.starts_at <= at) for row in ready],
    )
    _trail("volunteering.publish_many", models.Session, ids, at=at, by=by, source=source)
    return len(ids)


@transaction.atomic
def record_many(*, ready: Sequence[ReadyStay], at: datetime, by: Actor, source: Source) -> int:
    """Enter a chunk of check-ins with their check-outs, and the attendances they belong to.

    Raises Refused: changed_meanwhile.
    """
    minutes: Counter[Place] = Counter()
    states: dict[Place, str] = {}
    for row in ready:
        place = (row.session_id, row.volunteer_id)
        minutes[place] += row.minutes
        states[place] = row.state
    changes: list[HoursChange] = []
    ids = _join_known(ready, minutes=minutes, states=states, changes=changes)
    new = [place for place in states if place not in ids]
    made = _insert(
        models.Attendance,
        fields=("session_id", "volunteer_id", "state", "minutes"),
        rows=[(*place, states[place], minutes[place]) for place in new],
        same={"how": models.Attendance.How.SHEET},
    )
    ids.update(zip(new, made, strict=True))
    _insert(
        models.Stay,
        fields=("attendance_id", "came_at", "left_at"),
        rows=[(ids[row.session_id, row.volunteer_id], row.came_at, row.left_at) for row in ready],
        same={"recorded_at": at, "recorded_by_id": by.person_id},
    )
    changes += [HoursChange(*place, 0, states[place], minutes[place]) for place in new]
    HoursChange.tell(changes, at=at)
    _trail("volunteering.record_many", models.Attendance, ids.values(), at=at, by=by, source=source)
    return len(ready)


def _join_known(
    ready: Sequence[ReadyStay],
    *,
    minutes: Mapping[Place, int],
    states: Mapping[Place, str],
    changes: list[HoursChange],
) -> dict[Place, int]:
    """Add to the attendances that were there before the chunk; nearly always there are none.

    What becomes of them joins `changes`.
    """
    again = {(row.session_id, row.volunteer_id) for row in ready if row.again}
    if not again:
        return {}
    found = models.Attendance.objects.filter(
        volunteer__in={volunteer for _, volunteer in again},
        session__in={session for session, _ in again},
    )
    known = {
        place: attendance
        for attendance in found
        if (place := (attendance.session_id, attendance.volunteer_id)) in again
    }
    for place, attendance in known.items():
        before = attendance.counted
        attendance.minutes += minutes[place]
        attendance.state = rules.weightier(attendance.state, states[place])
        changes.append(HoursChange.of(attendance, before=before))
    models.Attendance.objects.bulk_update(known.values(), ["minutes", "state"])
    return {place: attendance.pk for place, attendance in known.items()}


def _insert(
    model: type[Model],
    *,
    fields: Sequence[str],
    rows: Sequence[Sequence[object]],
    same: Mapping[str, object] = bulk.NOTHING,
) -> list[int]:
    """Insert the rows; somebody may have taken a number since the file was checked."""
    try:
        return bulk.insert_many(model, fields=fields, rows=rows, same=same)
    except IntegrityError as error:
        raise Refused(
            "changed_meanwhile", "校验之后有别人登记了相同的记录，这一批没有写入，请重新上传核对。"
        ) from error


def _trail(
    verb: str,
    model: type[Model],
    ids: Iterable[int],
    *,
    at: datetime,
    by: Actor,
    source: Source,
) -> None:
    audit.record_many(by=by, verb=verb, model=model, ids=ids, at=at, detail=source)
