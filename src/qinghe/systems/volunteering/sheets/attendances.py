"""The ledger of check-ins: hundreds of thousands of lines, held against each other and the books.

One pass reads each line alone (does its session exist, do its times lie in it); a second takes one
volunteer after the other and goes through their days in order of time.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from qinghe.edges.sheets import Column, Resolved, Sheet, cells
from qinghe.kernel.access.actors import Actor
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import queries, rules, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import KnownSession
from qinghe.systems.volunteering.rules import Approval, Served, Span

from . import lines

COLUMNS = (
    Column("session", "场次编号", cells.code, example="CC0000001"),
    Column("volunteer", "志愿者编号", cells.code, example="ZY0000001"),
    Column("came_at", "签到时间", cells.moment, example="2022-05-04 08:55"),
    Column(
        "left_at",
        "签退时间",
        cells.moment,
        required=False,
        hint="留空表示没有签退，不计时长",
        example="2022-05-04 12:02",
    ),
)
SESSION, VOLUNTEER, CAME, LEFT = (column.label for column in COLUMNS)
A_DAY = timedelta(days=1)

Place = tuple[int, int]  # session, volunteer


class Row(NamedTuple):
    """One line of the ledger."""

    line: int
    session: str
    volunteer: str
    came_at: datetime
    left_at: datetime | None


class Come(NamedTuple):
    """A line whose own cells are in order, with what it refers to."""

    came: datetime
    held_until: datetime
    line: int
    session_id: int
    minutes: int
    day: date
    left: datetime | None


@dataclass
class Ledger:
    """What is known so far of a file: its lines in order by volunteer, and the verdicts on them."""

    found: lines.Findings = field(default_factory=lines.Findings)
    comes: dict[int, list[Come]] = field(default_factory=lambda: defaultdict(list))
    states: dict[Place, str] = field(default_factory=dict)
    before: set[Place] = field(default_factory=set)


def resolve(actor: Actor, rows: Sequence[Row], at: datetime) -> Resolved[services.ReadyStay]:
    """Check the whole file against itself and the database (V-31, V-32, V-36)."""
    ledger = Ledger()
    _read_lines(actor, rows, ledger=ledger, at=at)
    held = _on_the_books(actor, ledger.comes)
    struck = queries.places_struck_out(actor, ledger.comes.keys())
    for volunteer_id, comes in ledger.comes.items():
        comes.sort()
        on_books = held.get(volunteer_id, ())
        _check_struck(ledger, volunteer_id, comes, struck=struck)
        _check_apart(ledger, comes, on_books=on_books)
        _check_pairs(ledger, comes, on_books=on_books)
        _check_days(ledger, volunteer_id, comes, on_books=on_books)
    return Resolved(_ready(ledger), ledger.found.problems)


def _read_lines(actor: Actor, rows: Sequence[Row], *, ledger: Ledger, at: datetime) -> None:
    sessions = queries.sessions_by_code(actor, {row.session for row in rows})
    volunteers = queries.volunteer_ids_by_number(actor, {row.volunteer for row in rows})
    found = ledger.found
    for row in rows:
        session, volunteer_id = sessions.get(row.session), volunteers.get(row.volunteer)
        if volunteer_id is None:
            found.add(row.line, VOLUNTEER, f"没有编号为{row.volunteer}的注册志愿者，请核对。")
        if session is None or not session.reachable:
            found.add(row.line, SESSION, f"您的范围内没有编号为{row.session}的场次，请核对。")
            continue
        try:
            come = _come(row, session=session, at=at)
        except Refused as refusal:
            found.add(row.line, "", refusal.reason)
            continue
        if volunteer_id is not None:
            ledger.comes[volunteer_id].append(come)


def _come(row: Row, *, session: KnownSession, at: datetime) -> Come:
    """Return a line's check-in. Raises Refused when its times cannot be."""
    rules.check_takes_part(cancelled=session.cancelled, registered=True)
    span = Span(row.came_at, row.left_at)
    rules.check_span(frame=session.frame, span=span)
    rules.check_happened(moment=row.left_at or row.came_at, at=at)
    return Come(
        came=row.came_at,
        held_until=row.left_at or session.frame.closes_at,
        line=row.line,
        session_id=session.pk,
        minutes=rules.minutes_of(frame=session.frame, span=span),
        day=local_day(row.came_at),
        left=row.left_at,
    )


def _on_the_books(actor: Actor, comes: Mapping[int, Sequence[Come]]) -> dict[int, list[Served]]:
    """Return, by volunteer, the check-ins in the database on the days that the file covers."""
    if not comes:
        return {}
    first = min(come.came for mine in comes.values() for come in mine) - A_DAY
    last = max(come.held_until for mine in comes.values() for come in mine) + A_DAY
    held = defaultdict(list)
    for served in queries.served_between(actor, comes.keys(), first, last):
        held[served.volunteer_id].append(served)
    return held


def _check_struck(
    ledger: Ledger, volunteer_id: int, comes: Iterable[Come], *, struck: set[Place]
) -> None:
    if struck:
        for come in comes:
            if (come.session_id, volunteer_id) in struck:
                ledger.found.add(come.line, "", "这条服务记录已经作废或未通过审核，不能再登记。")


def _check_apart(ledger: Ledger, comes: Sequence[Come], *, on_books: Iterable[Served]) -> None:
    """Refuse a line that begins before what came before it was over (V-36)."""
    spans = [(come.came, come.held_until, come.line) for come in comes]
    if on_books:
        spans += [(one.span.came, one.held_until, 0) for one in on_books]
        spans.sort()
    until, holder = None, 0
    for came, left, line in spans:
        if until is not None and came < until and (line or holder):
            other = holder if line else 0
            beside = f"第{other}行" if other else "已登记的另一段服务时间"
            ledger.found.add(line or holder, "", f"与{beside}重叠，同一人不能同时在两处服务。")
        if until is None or left > until:
            until, holder = left, line


def _check_pairs(ledger: Ledger, comes: Sequence[Come], *, on_books: Iterable[Served]) -> None:
    """Refuse a fourth check-in of one day to one session (V-32)."""
    if len(comes) <= rules.MOST_PAIRS and not on_books:
        return
    pairs = Counter((one.session_id, local_day(one.span.came)) for one in on_books)
    for come in comes:
        pairs[come.session_id, come.day] += 1
        if pairs[come.session_id, come.day] > rules.MOST_PAIRS:
            ledger.found.add(come.line, "", f"一人一场一天最多签到{rules.MOST_PAIRS}次。")


def _check_days(
    ledger: Ledger, volunteer_id: int, comes: Sequence[Come], *, on_books: Iterable[Served]
) -> None:
    """Add up each day in order of time: past twelve hours refused, past eight to be approved."""
    days: Counter[date] = Counter()
    for one in on_books:
        days[local_day(one.span.came)] += rules.minutes_of(frame=one.frame, span=one.span)
        ledger.before.add((one.session_id, volunteer_id))
    for come in comes:
        days[come.day] += come.minutes
        approval = rules.approval_for(minutes_of_day=days[come.day])
        if approval is Approval.DISTRICT:
            ledger.found.add(
                come.line, "", "一人一天超过12小时，台账不能导入，请由区级核实后登记。"
            )
        place = (come.session_id, volunteer_id)
        state = rules.state_of(closed=come.left is not None, approval=approval)
        ledger.states[place] = rules.weightier(ledger.states.get(place, state), state)


def _ready(ledger: Ledger) -> list[services.ReadyStay]:
    """Return the lines in the order of the file, each told if it joins an earlier one."""
    spare = [
        (come, volunteer_id)
        for volunteer_id, comes in ledger.comes.items()
        for come in comes
        if ledger.found.spare(come.line)
    ]
    spare.sort(key=lambda one: one[0].line)
    ready, seen = [], ledger.before
    for come, volunteer_id in spare:
        place = (come.session_id, volunteer_id)
        ready.append(
            services.ReadyStay(
                session_id=come.session_id,
                volunteer_id=volunteer_id,
                came_at=come.came,
                left_at=come.left,
                minutes=come.minutes,
                state=ledger.states[place],
                again=place in seen,
            )
        )
        seen.add(place)
    return ready


ATTENDANCES = Sheet(
    slug="volunteering.attendances",
    label="志愿服务签到台账",
    act=Act.UPLOAD,
    page="volunteering:sessions",
    columns=COLUMNS,
    row=Row,
    resolve=resolve,
    write=services.record_many,
    notes=(
        "一行是一次签到和签退；同一人同一场一天最多三行，算一人次。",
        "签到可早于开始30分钟，签退可晚于结束30分钟；同一人的时间不能重叠。",
        "一人一天超过8小时的，导入后待主办组织的上级审核；超过12小时的不能导入。",
    ),
)
