"""Volunteers, teams, sessions and who came: the largest part of the demo half-year."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from qinghe.demo import names
from qinghe.demo.sizes import Size

from . import calendar
from .organisations import WEIGHTS, District
from .rows import AttendanceRow, PersonRow, SessionRow, TeamRow, VolunteerRow

ZONE = ZoneInfo("Asia/Shanghai")
LENGTHS = (120, 150, 180, 210, 240, 240, 270, 300, 330, 360)  # minutes; the mean is 240
LONG_DAY = 9 * 60
SHORTEST, LATE, EARLY = 30, 15, 15
GRACE = 30  # minutes after the end of a session in which a check-out still counts


@dataclass(frozen=True)
class Attended:
    """Who came to the sessions: rows that take effect at once, and rows that wait (V-31)."""

    effective: list[AttendanceRow]
    awaiting: list[AttendanceRow]


def plan_volunteers(size: Size, district: District) -> Iterator[VolunteerRow]:
    """Plan those registered before the period, then those registered within it, by day."""
    random = Random(f"{size.seed}-volunteers")
    communities = _communities_by_weight(district)
    days = sorted(calendar.in_period(random) for _ in range(size.registered))
    for number in range(size.volunteers + size.registered):
        new = number - size.volunteers
        registered_on = (
            days[new]
            if new >= 0
            else calendar.within(random, first=date(2012, 1, 1), last=date(2021, 12, 31))
        )
        birth = calendar.within(random, first=date(1960, 1, 1), last=date(1993, 12, 31))
        yield VolunteerRow(
            number=f"Z{number + 1:07d}",
            person=PersonRow(
                number=f"V{number + 1:07d}",
                name=names.person(random),
                sex=random.choice(("male", "female")),
                birth_date=birth,
            ),
            org_code=communities[random.randrange(len(communities))],
            registered_on=registered_on,
        )


def plan_teams(size: Size, district: District) -> Iterator[TeamRow]:
    """Plan the teams approved before the period and within it."""
    random = Random(f"{size.seed}-teams")
    communities = _communities_by_weight(district)
    for number in range(size.teams + size.approved_teams):
        approved_on = (
            calendar.in_period(random)
            if number >= size.teams
            else calendar.within(random, first=date(2014, 1, 1), last=date(2021, 12, 31))
        )
        yield TeamRow(
            code=f"D{number + 1:05d}",
            name=f"{random.choice(names.TEAM_WORDS)}志愿服务队{number + 1:04d}",
            org_code=communities[random.randrange(len(communities))],
            applied_on=approved_on - timedelta(days=random.randrange(5, 30)),
            approved_on=approved_on,
        )


def plan_sessions(size: Size, district: District, teams: list[TeamRow]) -> list[SessionRow]:
    """Plan the sessions in order of day; the unattended and the overlong ones come last."""
    random = Random(f"{size.seed}-sessions")
    by_org: dict[str, list[TeamRow]] = defaultdict(list)
    for team in teams:
        by_org[team.org_code].append(team)
    communities = _communities_by_weight(district)
    days = [_service_day(random) for _ in range(size.sessions + size.unattended)]
    attended, unattended = sorted(days[: size.sessions]), days[size.sessions :]
    rows = []
    for number, day in enumerate(attended + unattended):
        org_code = communities[random.randrange(len(communities))]
        ready = [t for t in by_org[org_code][:40] if t.approved_on < day]
        length = LONG_DAY if number == size.sessions - 1 else random.choice(LENGTHS)
        starts_at = datetime.combine(
            day,
            time(random.randrange(8, 13 if length > 300 else 16), random.choice((0, 30))),
            tzinfo=ZONE,
        )
        deed = random.choice(names.DEEDS)
        rows.append(
            SessionRow(
                code=f"C{number + 1:06d}",
                title=f"{deed}第{number + 1}场",
                org_code=org_code,
                team_code=random.choice(ready).code if ready and random.random() < 0.7 else "",
                place=random.choice(names.PLACES),
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=length),
            )
        )
    return rows


def plan_attendances(
    size: Size, district: District, sessions: list[SessionRow], volunteers: list[VolunteerRow]
) -> Attended:
    """Plan who came to which session and when, to the exact person-times and hours.

    A volunteer serves at most once a day and never before the day after registering.
    """
    random = Random(f"{size.seed}-attendances")
    pools = _pools(district, volunteers[:: size.one_active_in])
    attended, long_session = sessions[: size.sessions - 1], sessions[size.sessions - 1]
    counts = _head_counts(size, len(attended), random=random)
    rows: list[AttendanceRow] = []
    for session, count in zip(attended, counts, strict=True):
        day, street = session.starts_at.date(), district.street_of[session.org_code]
        rows += [
            _attendance(session, number, random=random)
            for number in _draw(pools, street=street, day=day, count=count)
        ]
    day, street = long_session.starts_at.date(), district.street_of[long_session.org_code]
    crowd = _draw(pools, street=street, day=day, count=size.awaiting + 1)
    rows.append(_short_stay(long_session, crowd[0]))
    awaiting = [
        AttendanceRow(long_session.code, number, long_session.starts_at, long_session.ends_at)
        for number in crowd[1:]
    ]
    ends = {session.code: session.ends_at for session in sessions}
    return Attended(
        effective=_to_total(rows, minutes=size.hours * 60, ends=ends), awaiting=awaiting
    )


class _Pool:
    """The active volunteers of one street, taken in turn so that nobody serves twice a day."""

    def __init__(self, active: list[VolunteerRow]) -> None:
        active.sort(key=lambda row: row.registered_on)
        self.days = [row.registered_on for row in active]
        self.numbers = [row.number for row in active]
        self.next = 0
        self.taken: dict[date, int] = defaultdict(int)

    def draw(self, day: date, count: int) -> list[str]:
        """Draw so many who were registered before a day, or as many as are left on it."""
        ready = bisect_left(self.days, day)
        count = min(count, ready - self.taken[day])
        self.taken[day] += count
        drawn = [self.numbers[(self.next + step) % ready] for step in range(count)]
        self.next = (self.next + count) % max(1, ready)
        return drawn


def _draw(pools: dict[str, _Pool], *, street: str, day: date, count: int) -> list[str]:
    """Draw volunteers of a street, and of other streets when its own are all busy that day."""
    drawn = pools[street].draw(day, count) if street in pools else []
    for other in pools.values():
        if len(drawn) < count:
            drawn += other.draw(day, count - len(drawn))
    if len(drawn) < count:
        raise ValueError(f"the district has too few active volunteers on {day}")
    return drawn


def _pools(district: District, active_volunteers: list[VolunteerRow]) -> dict[str, _Pool]:
    active: dict[str, list[VolunteerRow]] = defaultdict(list)
    for row in active_volunteers:
        active[district.street_of[row.org_code]].append(row)
    return {street: _Pool(rows) for street, rows in active.items()}


def _head_counts(size: Size, sessions: int, *, random: Random) -> list[int]:
    """Draw how many came to each session, adding up to all but one of the person-times."""
    total = size.person_times - 1
    mean = total // sessions
    counts = [random.randrange(max(1, mean // 2), mean + mean // 2 + 1) for _ in range(sessions)]
    place, missing = 0, total - sum(counts)
    while missing:
        step = 1 if missing > 0 else -1
        if counts[place] + step >= 1:
            counts[place] += step
            missing -= step
        place = (place + 1) % sessions
    return counts


def _attendance(session: SessionRow, number: str, *, random: Random) -> AttendanceRow:
    return AttendanceRow(
        session.code,
        number,
        session.starts_at + timedelta(minutes=random.randrange(LATE + 1)),
        session.ends_at - timedelta(minutes=random.randrange(EARLY + 1)),
    )


def _short_stay(session: SessionRow, number: str) -> AttendanceRow:
    return AttendanceRow(
        session.code, number, session.starts_at, session.starts_at + timedelta(hours=4)
    )


def _to_total(
    rows: list[AttendanceRow], *, minutes: int, ends: dict[str, datetime]
) -> list[AttendanceRow]:
    """Let people leave earlier or later until the minutes add up to the total."""
    missing = minutes - sum(row.minutes for row in rows)
    while missing:
        share = -(-abs(missing) // len(rows)) * (1 if missing > 0 else -1)
        before = missing
        for place, row in enumerate(rows):
            if not missing:
                break
            step = max(share, missing) if missing < 0 else min(share, missing)
            step = _allowed(row, step=step, ends_at=ends[row.session_code])
            if step:
                rows[place] = AttendanceRow(
                    row.session_code,
                    row.volunteer_number,
                    row.came_at,
                    row.left_at + timedelta(minutes=step),
                )
                missing -= step
        if missing == before:
            raise ValueError(f"{missing} minutes cannot be shared out within the sessions")
    return rows


def _allowed(row: AttendanceRow, *, step: int, ends_at: datetime) -> int:
    """Return how much of a change of leaving keeps within the session and its grace."""
    latest = ends_at + timedelta(minutes=GRACE - 1)
    most = int((latest - row.left_at).total_seconds()) // 60
    least = SHORTEST - row.minutes
    return max(least, min(step, most))


def _service_day(random: Random) -> date:
    """Draw a day of the period, weekends twice as likely as other days."""
    while True:
        day = calendar.in_period(random)
        if day.weekday() >= 5 or random.random() < 0.5:
            return day


def _communities_by_weight(district: District) -> list[str]:
    """Return community codes, each as often as its street is busy."""
    return [
        community.code
        for street, weight in zip(district.streets, WEIGHTS, strict=True)
        for community in district.communities[street.code] * weight
    ]
