"""Writing what a batch of scans comes to: few statements, however many scans.

Whoever calls has asked the rights, holds the transaction, and has locked the volunteers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from qinghe.kernel import bulk
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.compiled import Compiled
from qinghe.systems.volunteering import models, queries, rules
from qinghe.systems.volunteering.rules import Change, Finding, Frame, Kept, Mark, Served, Span

from .counted import HoursChange

State = models.Attendance.State
Verdict = models.Scan.Verdict
LATE_SCAN = "离线扫码补到，按扫码先后重新配对"


@dataclass
class Case:
    """One volunteer at one session: what is on the books, and which scans came in."""

    volunteer_id: int
    attendance: models.Attendance | None = None
    before: list[models.Scan] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    elsewhere: list[Served] = field(default_factory=list)
    new: list[Mark] = field(default_factory=list)
    found: dict[str, Finding] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    change: Change = field(default_factory=Change)

    @property
    def is_changed(self) -> bool:
        """Test if any stay has to be written."""
        return bool(self.change.close or self.change.strike or self.change.add)


@dataclass(frozen=True)
class Pairing:
    """What a batch of scans at one session comes to: read, decided, then written."""

    session: models.Session
    cases: list[Case]

    @classmethod
    def of(
        cls,
        session: models.Session,
        *,
        new: Iterable[tuple[int, Mark]],
        before: Iterable[models.Scan],
        by: Actor,
    ) -> "Pairing":
        """Read what is on the books about these volunteers, and decide; nothing is written yet."""
        cases: dict[int, Case] = {}
        for volunteer_id, mark in new:
            cases.setdefault(volunteer_id, Case(volunteer_id)).new.append(mark)
        for scan in before:
            if scan.volunteer_id in cases and scan.session_id == session.pk:
                cases[scan.volunteer_id].before.append(scan)
        _read(session, cases, by=by)
        for case in cases.values():
            _settle(case, frame=_frame(session))
        return cls(session, list(cases.values()))

    @property
    def findings(self) -> dict[str, Finding]:
        """Return what became of every scan, by its nonce."""
        return {nonce: found for case in self.cases for nonce, found in case.found.items()}

    @property
    def attendances(self) -> dict[int, models.Attendance]:
        """Return the attendances by volunteer, once they are written."""
        return {case.volunteer_id: case.attendance for case in self.cases if case.attendance}

    @property
    def changed(self) -> list[models.Attendance]:
        """Return the attendances of which any stay was written."""
        return [case.attendance for case in self.cases if case.is_changed and case.attendance]

    def write(self, *, at: datetime, by: Actor) -> None:
        """Write the stays and attendances, and what the batch makes of older scans."""
        changed = [case for case in self.cases if case.is_changed]
        changes = _write_attendances(self.session, changed)
        _write_stays(changed, at=at, by=by)
        _write_verdicts(self.cases)
        HoursChange.tell(changes, at=at)


def _read(session: models.Session, cases: Mapping[int, Case], *, by: Actor) -> None:
    if not cases:
        return
    for attendance in _attendances(session, list(cases)):
        cases[attendance.volunteer_id].attendance = attendance
    for served in queries.served_between(by, list(cases), *_frame(session).whole_days):
        case = cases[served.volunteer_id]
        if served.session_id == session.pk:
            case.kept.append(Kept(served.stay_id, served.span))
        else:
            case.elsewhere.append(served)


def _attendances(session: models.Session, volunteers: Sequence[int]) -> Iterable[models.Attendance]:
    if len(volunteers) == 1:
        return _attendance_of(session=session.pk, volunteer=volunteers[0])
    return models.Attendance.objects.filter(session=session, volunteer__in=volunteers).order_by()


@Compiled
def _attendance_of(session: int, volunteer: int) -> QuerySet[models.Attendance]:
    """Return what is on the books of one volunteer at a session."""
    return models.Attendance.objects.filter(session=session, volunteer=volunteer).order_by()


def _settle(case: Case, *, frame: Frame) -> None:
    if case.attendance and case.attendance.state not in rules.ATTENDANCE_MOVES:
        _all(case, Finding(Verdict.REFUSED, "wrong_state", rules.WORDS["wrong_state"]))
        return
    marks = _marks(case.before)
    on_the_books = [stay.span for stay in case.kept]
    by_scans = rules.pair(marks, frame=frame, elsewhere=case.elsewhere).spans if marks else []
    ours = set(by_scans) == set(on_the_books)
    if not ours:  # a roster, a ledger or a correction wrote here too
        marks = rules.marks_of(case.kept)
    paired = rules.pair([*marks, *case.new], frame=frame, elsewhere=case.elsewhere)
    if not ours and not rules.keeps(paired.spans, before=on_the_books):
        _all(case, Finding(Verdict.HELD, "corrected", rules.WORDS["corrected"]))
        return
    case.found, case.spans = paired.found, paired.spans
    case.change = rules.change_between(case.kept, paired.spans)


def _write_attendances(session: models.Session, changed: Sequence[Case]) -> list[HoursChange]:
    new, moved, changes = [], [], []
    for case in changed:
        attendance = case.attendance or models.Attendance(
            session=session, volunteer_id=case.volunteer_id, how=models.Attendance.How.SCAN
        )
        state, minutes = _worth(case, session=session)
        if case.attendance is None:
            new.append(attendance)
        elif (attendance.state, attendance.minutes) != (state, minutes):
            moved.append(attendance)
        before = attendance.counted
        attendance.state, attendance.minutes = state, minutes
        changes.append(HoursChange.of(attendance, before=before))
        case.attendance = attendance
    keys = bulk.insert_many(
        models.Attendance,
        fields=("volunteer_id", "state", "minutes"),
        rows=[(one.volunteer_id, one.state, one.minutes) for one in new],
        same={"session_id": session.pk, "how": models.Attendance.How.SCAN},
    )
    for attendance, key in zip(new, keys, strict=True):
        attendance.pk = key
    bulk.update_many(
        models.Attendance,
        fields=("state", "minutes"),
        rows=[(one.state, one.minutes, one.pk) for one in moved],
    )
    return changes


def _worth(case: Case, *, session: models.Session) -> tuple[str, int]:
    frame = _frame(session)
    mine = [Served(0, case.volunteer_id, session.pk, frame, span) for span in case.spans]
    settlement = rules.settle(session_id=session.pk, served=[*case.elsewhere, *mine])
    state = rules.state_of(closed=settlement.closed, approval=settlement.approval)
    return State(state).value, settlement.minutes


def _write_stays(changed: Sequence[Case], *, at: datetime, by: Actor) -> None:
    struck = [pk for case in changed for pk in case.change.strike]
    if struck:
        models.Stay.objects.filter(pk__in=struck).update(superseded=True)
    bulk.update_many(
        models.Stay,
        fields=("left_at",),
        rows=[(left, pk) for case in changed for pk, left in case.change.close],
    )
    rows = [
        (
            case.attendance.pk,
            span.came,
            span.left,
            takes_over,
            LATE_SCAN if takes_over else "",
            str(by) if takes_over else "",
        )
        for case in changed
        if case.attendance
        for span, takes_over in case.change.add
    ]
    bulk.insert_many(
        models.Stay,
        fields=("attendance_id", "came_at", "left_at", "supersedes_id", "reason", "approved_by"),
        rows=rows,
        same={"recorded_at": at},
    )


def _write_verdicts(cases: Sequence[Case]) -> None:
    """Tell of older scans what this batch made of them: a check-out that waited has its pair now."""
    rows = []
    for case in cases:
        for scan in case.before:
            now = case.found.get(scan.nonce)
            if now and (now.verdict, now.code) != (scan.verdict, scan.code):
                rows.append((now.verdict, now.code, scan.pk))
    bulk.update_many(models.Scan, fields=("verdict", "code"), rows=rows)


def _all(case: Case, finding: Finding) -> None:
    case.found = dict.fromkeys((mark.nonce for mark in case.new), finding)


def _marks(before: Iterable[models.Scan]) -> list[Mark]:
    return [
        Mark(scan.nonce, scan.kind, scan.at)
        for scan in before
        if scan.verdict != Verdict.HELD and scan.code in rules.BY_TIME
    ]


def _frame(session: models.Session) -> Frame:
    return Frame(session.starts_at, session.ends_at)
