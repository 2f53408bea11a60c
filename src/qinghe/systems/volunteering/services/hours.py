"""Hours that wait: a day of more than eight needs a word from above (V-31)."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.systems.volunteering import models, queries, rules
from qinghe.systems.volunteering.access import Act

from .counted import HoursChange

State = models.Attendance.State
_MARGIN = timedelta(days=2)  # so that the whole of each local day is looked at


@transaction.atomic
def approve_hours(*, attendance: models.Attendance, at: datetime, by: Actor) -> models.Attendance:
    """Put waiting hours into effect.

    Raises Refused: not_allowed, own_hours, wrong_state.
    """
    attendance, minutes = _decided(attendance, to=State.EFFECTIVE, at=at, by=by)
    audit.record(
        by=by,
        verb="volunteering.approve_hours",
        subject=attendance,
        at=at,
        detail={"minutes": minutes},
    )
    return attendance


@transaction.atomic
def refuse_hours(
    *, attendance: models.Attendance, reason: str, at: datetime, by: Actor
) -> models.Attendance:
    """Turn waiting hours down; what was claimed is kept and counts nothing.

    Raises Refused: not_allowed, own_hours, wrong_state, reason_needed.
    """
    rules.check_reason(reason)
    attendance, minutes = _decided(attendance, to=State.REFUSED, at=at, by=by)
    audit.record(
        by=by,
        verb="volunteering.refuse_hours",
        subject=attendance,
        at=at,
        detail={"minutes": minutes, "reason": reason},
    )
    return attendance


@transaction.atomic
def sort_waiting(*, volunteers: Collection[int], at: datetime, by: Actor) -> int:
    """Note on the waiting hours of some volunteers whose word they need, parent's or district's.

    What is served on a day later can make a day too long for the parent (V-31). Safe to repeat;
    return how many go another way now.
    """
    waiting = models.Attendance.objects.filter(volunteer__in=volunteers, state=State.PENDING)
    rows = list(waiting.select_related("session").order_by())
    if not rows:
        return 0
    first = min(one.session.starts_at for one in rows) - _MARGIN
    last = max(one.session.ends_at for one in rows) + _MARGIN
    served: dict[int, list[rules.Served]] = defaultdict(list)
    for one in queries.served_between(by, {row.volunteer_id for row in rows}, first, last):
        served[one.volunteer_id].append(one)
    moved = []
    for row in rows:
        settled = rules.settle(session_id=row.session_id, served=served[row.volunteer_id])
        long = settled.approval is rules.Approval.DISTRICT
        if row.for_district is not long:
            row.for_district = long
            moved.append(row)
    models.Attendance.objects.bulk_update(moved, ["for_district"], batch_size=500)
    return len(moved)


def _decided(
    attendance: models.Attendance, *, to: State, at: datetime, by: Actor
) -> tuple[models.Attendance, int]:
    models.Volunteer.objects.select_for_update().get(pk=attendance.volunteer_id)
    found = models.Attendance.objects.select_related("session__org__parent", "volunteer")
    attendance = found.get(pk=attendance.pk)
    rules.check_waiting(attendance.state)
    settlement = queries.settlement_of(by, attendance)
    _require_word(by, approval=settlement.approval, session=attendance.session)
    rules.check_not_own(approver_id=by.person_id, person_id=attendance.volunteer.person_id)
    rules.check_move(rules.ATTENDANCE_MOVES, now=attendance.state, to=to, what="服务记录")
    before = attendance.counted
    attendance.state, attendance.minutes = to, settlement.minutes
    attendance.save(update_fields=["state", "minutes"])
    HoursChange.tell([HoursChange.of(attendance, before=before)], at=at)
    return attendance, settlement.minutes


def _require_word(by: Actor, *, approval: rules.Approval, session: models.Session) -> None:
    """Refuse who may not say yes or no to a day so long: the host's parent, or the district."""
    if approval is rules.Approval.DISTRICT:
        actors.require(by, Act.APPROVE_LONG_HOURS, at=session.org)
    else:
        actors.require(by, Act.APPROVE_HOURS, at=session.org.parent or session.org)
