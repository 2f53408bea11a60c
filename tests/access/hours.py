"""What late entries, findings and disputes leave at every organisation."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.volunteering.models import (
    Attendance,
    Finding,
    HeldRecord,
    HoursDispute,
    LateEntry,
    LateLine,
    Volunteer,
)

DAY = date(2022, 3, 1)
STARTS, ENDS = datetime(2022, 3, 1, 1, 0, tzinfo=UTC), datetime(2022, 3, 1, 11, 0, tzinfo=UTC)


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person
    volunteer: Volunteer
    attendance: Attendance


def _late(at: Stands, *, state: str = "asked") -> LateEntry:
    made = LateEntry.objects.create(
        org=at.org, title=f"补{at.mark}", place=at.mark, starts_at=STARTS, ends_at=ENDS, day=DAY,
        reason=at.mark, minutes=600, asked_by=at.person, asked_at=ENDS, state=state,
    )  # fmt: skip
    LateLine.objects.create(
        entry=made, volunteer=at.volunteer, came_at=STARTS, left_at=ENDS, minutes=600
    )
    return made


def _finding(at: Stands) -> Finding:
    made, _ = Finding.objects.get_or_create(
        kind="travel", key=at.mark,
        defaults={
            "org": at.org, "reviewer": at.org.parent or at.org, "words": at.mark, "found_at": ENDS,
        },
    )  # fmt: skip
    HeldRecord.objects.get_or_create(
        finding=made, attendance=at.attendance, defaults={"before": "pending", "minutes": 600}
    )
    return made


def _dispute(at: Stands) -> HoursDispute:
    return HoursDispute.objects.create(
        kind="missing", volunteer=at.volunteer, org=at.org, served_on=DAY, words=at.mark, asked_at=ENDS,
        due_on=DAY,
    )  # fmt: skip


MAKERS: dict[str, Callable[[Stands], object]] = {
    "late_entry_id": lambda at: _late(at).pk,
    "volunteering:late_amend:late_entry_id": lambda at: _late(at, state="returned").pk,
    "finding_id": lambda at: _finding(at).pk,
    "hours_dispute_id": lambda at: _dispute(at).pk,
}
