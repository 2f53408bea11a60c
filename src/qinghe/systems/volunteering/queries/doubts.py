"""Recorded hours read once, in order, and doubted: 472,000 check-ins pass in one stream.

Sessions and volunteers are small and stand in memory; check-ins are streamed by volunteer, and the
few numbers that a roster needs are kept by session.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime
from itertools import groupby

from django.db.models import OuterRef, Q, QuerySet, Subquery

from qinghe.kernel.access.actors import Actor
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.rules import Doubt, Frame, Limits, Sitting, Span, Touch, Trace

State = models.Attendance.State
LOOKED_AT = (State.EFFECTIVE, State.PENDING, State.HELD)
Sittings = dict[int, Sitting]
Progress = Callable[[int], object]


def limits_on(actor: Actor | str, terms: models.HoursTerms) -> Limits:
    """Return the numbers of some terms as the checks take them."""
    return Limits(*(getattr(terms, name) for name in Limits._fields))


def doubts(
    actor: Actor | str, *, limits: Limits, since: datetime | None, progress: Progress
) -> Iterator[Doubt]:
    """Doubt what was recorded since a moment beside all else of the same people and sessions.

    Without a moment everything is looked at. `progress` is told how many check-ins have passed.
    """
    sittings = _sittings()
    touched = _touched(since)
    rosters: dict[int, list[Trace]] = defaultdict(list)
    for mine in _by_person(sittings, touched, progress):
        yield from rules.of_person(mine, limits=limits)
        for one in mine:
            rosters[one.sitting.session_id].append(one)
    if since is not None:
        rosters = _whole(rosters.keys(), sittings)
    for rows in rosters.values():
        yield from rules.of_session(rows, limits=limits)
    yield from rules.clones(rosters.values(), least=limits.clone_people)
    yield from rules.shared_devices(_touches(since), most=limits.one_device)


def newest_sweep(actor: Actor | str) -> models.Sweep | None:
    """Return when the checks last ran."""
    return models.Sweep.objects.first()


def _sittings() -> Sittings:
    rows = models.Session.objects.order_by().values_list(
        "pk", "title", "team_id", "org_id", "starts_at", "ends_at", "latitude", "longitude"
    )
    return {
        pk: Sitting(
            session_id=pk,
            title=title,
            keeper=f"team {team}" if team else f"org {org}",
            frame=Frame(starts, ends),
            place=(latitude, longitude) if latitude is not None and longitude is not None else None,
        )
        for pk, title, team, org, starts, ends, latitude, longitude in rows.iterator()
    }


def _touched(since: datetime | None) -> QuerySet | None:
    """Return the volunteers with anything new, or nothing for all of them."""
    if since is None:
        return None
    fresh = models.Stay.objects.filter(Q(recorded_at__gte=since) | Q(left_at__gte=since))
    return fresh.order_by().values("attendance__volunteer")


def _closed() -> QuerySet:
    """Return the check-ins that stand and may count, as plain values."""
    return models.Stay.objects.filter(
        superseded=False, left_at__isnull=False, attendance__state__in=LOOKED_AT
    ).values_list(
        "attendance_id",
        "attendance__volunteer_id",
        "attendance__session_id",
        "came_at",
        "left_at",
        "attendance__how",
        "recorded_by_id",
    )


def _by_person(
    sittings: Sittings, touched: QuerySet | None, progress: Progress
) -> Iterator[list[Trace]]:
    rows = _closed().order_by("attendance__volunteer_id", "came_at", "pk")
    if touched is not None:
        rows = rows.filter(attendance__volunteer__in=touched)
    who, done = _people(), 0
    for _, group in groupby(rows.iterator(chunk_size=10_000), key=lambda row: row[1]):
        mine = [_trace(row, sittings, who) for row in group]
        done += len(mine)
        progress(done)
        yield mine


def _whole(sessions: Iterable[int], sittings: Sittings) -> dict[int, list[Trace]]:
    """Return the whole rosters of some sessions, and of the others of the same keepers."""
    keepers = {sittings[pk].keeper for pk in sessions}
    asked = [pk for pk, one in sittings.items() if one.keeper in keepers]
    who, found = _people(), defaultdict(list)
    for part in _parts(asked):
        for row in _closed().filter(attendance__session__in=part).order_by().iterator():
            found[row[2]].append(_trace(row, sittings, who))
    return found


def _touches(since: datetime | None) -> Iterator[Touch]:
    """Yield who checked themselves in with which phone; a leader's device scans cards for many."""
    scans = models.Scan.objects.filter(
        how__in=[models.Scan.How.CODE, models.Scan.How.DIGITS], kind=models.Scan.Kind.IN
    ).exclude(device="")
    if since is not None:
        fresh = models.Scan.objects.filter(received_at__gte=since).order_by().values("session")
        scans = scans.filter(session__in=fresh)
    counted = models.Attendance.objects.filter(
        session=OuterRef("session"), volunteer=OuterRef("volunteer"), state__in=LOOKED_AT
    )
    rows = scans.annotate(found=Subquery(counted.values("pk")[:1])).filter(found__isnull=False)
    for row in rows.order_by().values_list("device", "session_id", "found").iterator():
        yield Touch(*row)


def _parts(keys: Collection[int], size: int = 5_000) -> Iterator[list[int]]:
    ordered = list(keys)
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]


People = dict[int, tuple[int, date | None]]


def _people() -> People:
    rows = models.Volunteer.objects.order_by().values_list("pk", "person_id", "registered_on")
    return {pk: (person, registered) for pk, person, registered in rows.iterator()}


def _trace(row: tuple, sittings: Sittings, who: People) -> Trace:
    attendance, volunteer, session, came, left, how, recorder = row
    person, registered = who[volunteer]
    return Trace(attendance, person, registered, sittings[session], Span(came, left), how, recorder)
