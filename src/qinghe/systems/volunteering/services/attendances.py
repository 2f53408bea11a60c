"""Coming, going, and putting right what was recorded wrong."""

from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, queries, rules
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.rules import Frame, Served, Span

from . import hours
from .counted import HoursChange

State = models.Attendance.State
How = models.Attendance.How


@transaction.atomic
def check_in(
    *,
    session: models.Session,
    volunteer: models.Volunteer,
    at: datetime,
    by: Actor,
    how: str = How.SCAN,
) -> models.Attendance:
    """Mark a volunteer present. Safe to repeat: a second scan returns the same row.

    Raises Refused: not_allowed, session_cancelled, not_registered, too_early, session_over,
    guardian_absent, wrong_state, too_many_pairs, overlapping.
    """
    actors.require(by, Act.CHECK_IN, at=session.org)
    volunteer = models.Volunteer.objects.select_for_update().get(pk=volunteer.pk)
    if volunteer.is_child_on(session.day):
        there = queries.guardian_there(by, volunteer, session)
        rules.check_guardian_there(there=there)
    rules.check_takes_part(
        cancelled=session.state == models.Session.State.CANCELLED,
        registered=volunteer.state == models.Volunteer.State.REGISTERED,
    )
    rules.check_doors(frame=_frame(session), at=at)
    attendance, _ = models.Attendance.objects.get_or_create(
        session=session, volunteer=volunteer, defaults={"how": how}
    )
    rules.check_undecided(attendance.state)
    inside = attendance.stays.filter(superseded=False, left_at__isnull=True).first()
    if inside and local_day(inside.came_at) == local_day(at):
        return attendance
    if inside:  # came on an earlier day and never left: nothing until it is corrected (V-32, V-36)
        inside.left_at = inside.came_at
        inside.save(update_fields=["left_at"])
    span = Span(at, None)
    served = list(queries.served_between(by, [volunteer.pk], *_frame(session).whole_days))
    rules.check_pairs(span=span, others=[one for one in served if one.session_id == session.pk])
    rules.check_apart(span=span, others=served)
    stay = models.Stay.objects.create(
        attendance=attendance, came_at=at, recorded_at=at, recorded_by_id=by.person_id
    )
    audit.record(
        by=by, verb="volunteering.check_in", subject=attendance, at=at, detail={"stay": stay.pk}
    )
    return attendance


@transaction.atomic
def check_out(*, attendance: models.Attendance, at: datetime, by: Actor) -> models.Attendance:
    """Let a volunteer go; up to eight hours of a day take effect at once (V-31).

    A check-out long after the end counts until half an hour after it.
    Raises Refused: not_allowed, wrong_state, not_present, too_long_inside, overlapping.
    """
    attendance = _locked(attendance)
    session = attendance.session
    actors.require(by, Act.CHECK_IN, at=session.org)
    rules.check_undecided(attendance.state)
    stay = attendance.stays.filter(superseded=False, left_at__isnull=True).first()
    if stay is None:
        raise rules.not_present()
    span = rules.closed(frame=_frame(session), came=stay.came_at, at=at)
    rules.check_not_too_long(span)
    _check_apart(attendance, span=span, but=stay, by=by)
    stay.left_at = span.left
    stay.save(update_fields=["left_at"])
    _settle(attendance, at=at, by=by)
    audit.record(
        by=by,
        verb="volunteering.check_out",
        subject=attendance,
        at=at,
        detail={"stay": stay.pk, "minutes": attendance.minutes, "state": attendance.state},
    )
    return attendance


@transaction.atomic
def correct_stay(
    *,
    stay: models.Stay,
    came_at: datetime,
    left_at: datetime,
    reason: str,
    at: datetime,
    by: Actor,
) -> models.Stay:
    """Put other times in the place of recorded ones; the old row stays as it was (V-36).

    Raises Refused: not_allowed, own_hours, reason_needed, wrong_state, already_corrected,
    ends_before_start, outside_session, in_future, overlapping, late_longer.
    """
    rules.check_reason(reason)
    attendance = _locked(stay.attendance)
    actors.require(by, Act.CORRECT, at=attendance.session.org)
    rules.check_not_own(approver_id=by.person_id, person_id=attendance.volunteer.person_id)
    rules.check_undecided(attendance.state)
    old = models.Stay.objects.get(pk=stay.pk)
    rules.check_stands(superseded=old.superseded)
    span = Span(came_at, left_at)
    rules.check_span(frame=_frame(attendance.session), span=span)
    rules.check_happened(moment=left_at, at=at)
    _check_apart(attendance, span=span, but=old, by=by)
    _check_not_longer(attendance, span=span, old=old)
    old.superseded = True
    old.save(update_fields=["superseded"])
    new = models.Stay.objects.create(
        attendance=attendance,
        came_at=came_at,
        left_at=left_at,
        recorded_at=at,
        recorded_by_id=by.person_id,
        supersedes=old,
        reason=reason.strip(),
        approved_by=str(by),
    )
    _settle(attendance, at=at, by=by)
    audit.record(
        by=by,
        verb="volunteering.correct_stay",
        subject=attendance,
        at=at,
        detail={"stay": new.pk, "supersedes": old.pk, "reason": new.reason},
    )
    return new


@transaction.atomic
def void_attendance(
    *, attendance: models.Attendance, reason: str, at: datetime, by: Actor
) -> models.Attendance:
    """Strike out an attendance that never was; its rows are kept and count nothing.

    Raises Refused: not_allowed, own_hours, reason_needed, wrong_state.
    """
    rules.check_reason(reason)
    attendance = _locked(attendance)
    actors.require(by, Act.CORRECT, at=attendance.session.org)
    rules.check_not_own(approver_id=by.person_id, person_id=attendance.volunteer.person_id)
    _move(attendance, to=State.VOID, minutes=0, at=at)
    hours.sort_waiting(volunteers=[attendance.volunteer_id], at=at, by=by)
    audit.record(
        by=by,
        verb="volunteering.void_attendance",
        subject=attendance,
        at=at,
        detail={"reason": reason},
    )
    return attendance


@transaction.atomic
def supersede_attendance(
    *, pk: int, by_the: int, reason: str, at: datetime, by: Actor
) -> models.Attendance:
    """Let one of two attendances of a session give way, where both turn out to be one person's.

    It is void and stays, with its stays, beside the one that stands. Raises Refused: not_allowed,
    own_hours, reason_needed, other_session.
    """
    kept = models.Attendance.objects.select_related("session__org", "volunteer").get(pk=pk)
    stands = models.Attendance.objects.get(pk=by_the)
    actors.require(by, Act.CORRECT, at=kept.session.org)
    if kept.session_id != stands.session_id or pk == by_the:
        raise Refused("other_session", "两条签到不是同一场次的，没有改动。")
    if kept.state != State.VOID:
        kept = void_attendance(attendance=kept, reason=reason, at=at, by=by)
    kept.superseded = by_the
    kept.save(update_fields=["superseded"])
    audit.record(
        by=by,
        verb="volunteering.supersede_attendance",
        subject=stands,
        at=at,
        detail={"reason": reason},
    )
    return kept


def _locked(attendance: models.Attendance) -> models.Attendance:
    """Read an attendance again, alone with its volunteer: one person's times change one by one."""
    models.Volunteer.objects.select_for_update().get(pk=attendance.volunteer_id)
    found = models.Attendance.objects.select_related("session__org", "volunteer")
    return found.get(pk=attendance.pk)


def _frame(session: models.Session) -> Frame:
    return Frame(session.starts_at, session.ends_at)


def _check_apart(attendance: models.Attendance, *, span: Span, but: models.Stay, by: Actor) -> None:
    days = _frame(attendance.session).whole_days
    served = queries.served_between(by, [attendance.volunteer_id], *days)
    others: list[Served] = [one for one in served if one.stay_id != but.pk]
    rules.check_apart(span=span, others=others)


def _check_not_longer(attendance: models.Attendance, *, span: Span, old: models.Stay) -> None:
    frame = _frame(attendance.session)
    rules.check_not_longer(
        how=attendance.how,
        before=rules.minutes_of(frame=frame, span=Span(old.came_at, old.left_at)),
        after=rules.minutes_of(frame=frame, span=span),
    )


def _settle(attendance: models.Attendance, *, at: datetime, by: Actor) -> None:
    """Write what an attendance earns now, and whether it counts or waits."""
    settlement = queries.settlement_of(by, attendance)
    settled = rules.state_of(closed=settlement.closed, approval=settlement.approval)
    state = rules.state_beside(attendance.state, settled=settled)
    _move(attendance, to=State(state), minutes=settlement.minutes, at=at)
    hours.sort_waiting(volunteers=[attendance.volunteer_id], at=at, by=by)


def _move(attendance: models.Attendance, *, to: State, minutes: int, at: datetime) -> None:
    rules.check_move(rules.ATTENDANCE_MOVES, now=attendance.state, to=to, what="服务记录")
    before = attendance.counted
    attendance.state, attendance.minutes = to, minutes
    attendance.save(update_fields=["state", "minutes"])
    HoursChange.tell([HoursChange.of(attendance, before=before)], at=at)
