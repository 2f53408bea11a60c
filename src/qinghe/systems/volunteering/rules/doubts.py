"""What makes recorded hours hard to believe: each check reads rows and says which, and why.

One person's check-ins come in order of time; those of a session or of all rosters as they are.
Nothing here says that somebody cheated: a doubt is for a person to look into.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from qinghe.lib.periods import TZ, local_day
from qinghe.lib.verdicts import Refused

from .hours import minutes_of
from .places import Spot, distance
from .stays import Frame, Span, overlap

NEAR = 1  # km: places so near are one place to a map
DAWN = 5  # o'clock


class Limits(NamedTuple):
    """The dated numbers by which hours are doubted."""

    speed: int
    day_minutes: int
    week_minutes: int
    clone_people: int
    night_people: int
    most_people: int
    one_device: int


class Sitting(NamedTuple):
    """What the checks know of a session. `room` is how many it was open for, if it says so."""

    session_id: int
    title: str
    keeper: str
    frame: Frame
    place: tuple[Decimal, Decimal] | None = None
    room: int | None = None


class Trace(NamedTuple):
    """One closed check-in, as the checks read it."""

    attendance_id: int
    person_id: int
    registered_on: date | None
    sitting: Sitting
    span: Span
    how: str
    recorded_by: int | None = None

    @property
    def day(self) -> date:
        """Return the local day on which it counts."""
        return local_day(self.span.came)

    @property
    def minutes(self) -> int:
        """Return what it earns."""
        return minutes_of(frame=self.sitting.frame, span=self.span)


class Touch(NamedTuple):
    """One check-in by a device: which device, at which session, whose attendance."""

    device: str
    session_id: int
    attendance_id: int


class Doubt(NamedTuple):
    """What a check found: of which kind, in which attendances, in words."""

    kind: str
    attendances: tuple[int, ...]
    words: str


def two_places(mine: Sequence[Trace]) -> Iterator[Doubt]:
    """Find a person at two sessions at once, whichever way each was recorded (V-36)."""
    standing: list[Trace] = []
    for one in mine:
        standing = [other for other in standing if _end(other) > one.span.came]
        for other in standing:
            apart = other.sitting.session_id != one.sitting.session_id
            if apart and overlap(one.span, other.span):
                yield _doubt(
                    "two_places",
                    (other, one),
                    f"{one.day.isoformat()}“{other.sitting.title}”{_clock(other)}"
                    f"与“{one.sitting.title}”{_clock(one)}时间重叠",
                )
        standing.append(one)


def travel(mine: Sequence[Trace], *, speed: int) -> Iterator[Doubt]:
    """Find a way between two places that could not be made in the time between."""
    for one, then in pairwise(mine):
        gap = then.span.came - _end(one)
        if one.sitting.place is None or then.sitting.place is None or gap < timedelta():
            continue
        if one.sitting.session_id == then.sitting.session_id:
            continue
        far = kilometres(one.sitting.place, then.sitting.place)
        needed = timedelta(hours=far / speed)
        if far > NEAR and gap < needed:
            minutes = gap // timedelta(minutes=1)
            yield _doubt(
                "travel",
                (one, then),
                f"{one.day.isoformat()}离开“{one.sitting.title}”{minutes}分钟后"
                f"到“{then.sitting.title}”，两地约{far:.0f}公里",
            )


def before_registration(mine: Iterable[Trace]) -> Iterator[Doubt]:
    """Find hours of a day on which the volunteer was not on the roll yet."""
    for one in mine:
        if one.registered_on is None or one.day < one.registered_on:
            since = one.registered_on.isoformat() if one.registered_on else "未注册"
            yield _doubt("unregistered", (one,), f"服务日期{one.day.isoformat()}，注册日期{since}")


def credited_by_oneself(mine: Iterable[Trace]) -> Iterator[Doubt]:
    """Find hours that a person wrote down for themself; a scan of one's own is none (bar 17)."""
    for one in mine:
        if one.how != "scan" and one.recorded_by == one.person_id:
            yield _doubt("self", (one,), f"{one.day.isoformat()}的签到由本人登记")


def long_days(mine: Iterable[Trace], *, most: int) -> Iterator[Doubt]:
    """Find days on which one person served longer than a day holds (bar 16)."""
    yield from _long("long_day", _by(mine, lambda day: day), most=most, said="当天")


def long_weeks(mine: Iterable[Trace], *, most: int) -> Iterator[Doubt]:
    """Find weeks, from Monday, in which one person served longer than can be believed."""
    weeks = _by(mine, lambda day: day - timedelta(days=day.weekday()))
    yield from _long("long_week", weeks, most=most, said="起一周")


def night(rows: Sequence[Trace], *, least: int) -> Iterator[Doubt]:
    """Find a burst of check-ins of one session between midnight and five."""
    late = [one for one in rows if one.span.came.astimezone(TZ).hour < DAWN]
    if len(late) >= least:
        yield _doubt("night", late, f"“{late[0].sitting.title}”0点至{DAWN}点有{len(late)}人次签到")


def crowd(rows: Sequence[Trace], *, most: int) -> Iterator[Doubt]:
    """Find a session with far more people than it was open for, or than any place holds."""
    if not rows:
        return
    room = rows[0].sitting.room
    limit = most if room is None else min(most, room + room // 2)
    people = len({one.person_id for one in rows})
    if people > limit:
        open_for = f"，招募{room}人" if room is not None else ""
        yield _doubt("crowd", rows, f"“{rows[0].sitting.title}”登记{people}人{open_for}")


def clones(rosters: Iterable[Sequence[Trace]], *, least: int) -> Iterator[Doubt]:
    """Find two sessions of one team, or of one host without teams, with the same roster.

    The same people with the same minutes of coming and leaving. A roster that only says that all
    were there from start to end tells nothing and is passed over.
    """
    seen: dict[tuple[str, frozenset[tuple[int, int, int]]], Sequence[Trace]] = {}
    for rows in rosters:
        if len({one.person_id for one in rows}) < least or all(one.how == "scan" for one in rows):
            continue
        lines = frozenset(_offsets(one) for one in rows)
        if len({(came, left) for _, came, left in lines}) == 1:
            continue
        first = seen.setdefault((rows[0].sitting.keeper, lines), rows)
        if first is not rows:
            yield _doubt(
                "clone",
                [*first, *rows],
                f"“{first[0].sitting.title}”（{first[0].day.isoformat()}）与"
                f"“{rows[0].sitting.title}”（{rows[0].day.isoformat()}）的{len(lines)}人次时间完全相同",
            )


def shared_devices(touches: Iterable[Touch], *, most: int) -> Iterator[Doubt]:
    """Find a device with which more people checked in to one session than carry one phone."""
    used: dict[tuple[str, int], set[int]] = defaultdict(set)
    for one in touches:
        used[one.device, one.session_id].add(one.attendance_id)
    for attendances in used.values():
        if len(attendances) > most:
            yield Doubt(
                "device", tuple(sorted(attendances)), f"同一台设备为{len(attendances)}人签到"
            )


def of_person(mine: Sequence[Trace], *, limits: Limits) -> Iterator[Doubt]:
    """Run all checks of one person's check-ins, which come in order of time."""
    yield from two_places(mine)
    yield from travel(mine, speed=limits.speed)
    yield from before_registration(mine)
    yield from credited_by_oneself(mine)
    yield from long_days(mine, most=limits.day_minutes)
    yield from long_weeks(mine, most=limits.week_minutes)


def of_session(rows: Sequence[Trace], *, limits: Limits) -> Iterator[Doubt]:
    """Run all checks of one session's check-ins."""
    yield from night(rows, least=limits.night_people)
    yield from crowd(rows, most=limits.most_people)


def kilometres(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> float:
    """Return the distance between two places on the globe."""
    return distance(Spot(*one), Spot(*other)) / 1000


def state_after_hold(*, before: str, approved: int, minutes: int, approval: str) -> str:
    """Tell what a record is once nothing holds it: what it was, unless it has grown meanwhile.

    Hours that needed a word from above and had it keep it as long as they are not more than then.
    """
    if approval == "none":
        return "effective"
    return "effective" if before == "effective" and minutes <= approved else "pending"


def check_nothing_held(*, lacking: int, held: int) -> None:
    """Refuse to lower a star over hours that are only being looked into. Raises Refused: hours_held."""
    if held >= lacking > 0:
        raise Refused(
            "hours_held",
            f"不足的时长中有{held / 60:.1f}小时正在核查、暂停计入，没有核减；请先办结异常核查。",
        )


def _doubt(kind: str, rows: Iterable[Trace], words: str) -> Doubt:
    return Doubt(kind, tuple(sorted({one.attendance_id for one in rows})), words[:300])


def _end(one: Trace) -> datetime:
    return one.span.left or one.sitting.frame.closes_at


def _clock(one: Trace) -> str:
    return f"{one.span.came.astimezone(TZ):%H:%M}至{_end(one).astimezone(TZ):%H:%M}"


def _offsets(one: Trace) -> tuple[int, int, int]:
    starts, minute = one.sitting.frame.starts_at, timedelta(minutes=1)
    return one.person_id, (one.span.came - starts) // minute, (_end(one) - starts) // minute


Days = Mapping[date, Sequence[Trace]]


def _by(mine: Iterable[Trace], key: Callable[[date], date]) -> Days:
    found: dict[date, list[Trace]] = defaultdict(list)
    for one in mine:
        found[key(one.day)].append(one)
    return found


def _long(kind: str, spans: Days, *, most: int, said: str) -> Iterator[Doubt]:
    for first, rows in spans.items():
        total = sum(one.minutes for one in rows)
        if total > most:
            yield _doubt(
                kind,
                rows,
                f"{first.isoformat()}{said}合计{total / 60:.1f}小时，超过{most / 60:g}小时",
            )
