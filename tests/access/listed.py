"""What lists of other platforms leave at every organisation.

A platform is known to the whole house by its name: it carries no mark, as an organisation's name.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.volunteering.models import (
    CarriedHours,
    CarriedList,
    CarriedRow,
    HoursSource,
    SourceColumns,
    Volunteer,
)

DAY, ENDS = date(2022, 3, 1), datetime(2022, 3, 1, 11, 0, tzinfo=UTC)
COLUMNS = {"name": "姓名", "number": "编号", "day": "日期", "minutes": "时长"}


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person
    volunteer: Volunteer


def _source(at: Stands) -> HoursSource:
    return HoursSource.objects.get_or_create(
        name=f"平台{at.org.pk}",
        defaults={"org": at.org, "made_at": ENDS, "made_by": at.person},
    )[0]


def _columns(at: Stands) -> SourceColumns:
    return SourceColumns.objects.get_or_create(
        source=_source(at), version=1,
        defaults={
            "columns": COLUMNS, "unit": "hours", "headings": list(COLUMNS.values()),
            "made_at": ENDS, "made_by": at.person,
        },
    )[0]  # fmt: skip


def _list(at: Stands) -> CarriedList:
    columns = _columns(at)
    return CarriedList.objects.get_or_create(
        source=columns.source, org=at.org, sha256=f"{at.org.pk:064}",
        defaults={
            "columns": columns, "file_name": f"{at.mark}.xlsx", "state": "loaded",
            "loaded_at": ENDS, "loaded_by": at.person,
        },
    )[0]  # fmt: skip


def _row(at: Stands, *, state: str = "matched", line: int = 2) -> CarriedRow:
    return CarriedRow.objects.get_or_create(
        carried_list=_list(at), line=line,
        defaults={
            "name": f"岑{at.mark}", "number": at.mark, "activity": f"活动{at.mark}", "day": DAY,
            "minutes": 60, "host": at.mark, "key": f"{at.mark}{line}", "state": state,
            "volunteer": at.volunteer, "how": "hand", "decided_at": ENDS,
            "decided_by": at.person if state == "agreed" else None,
        },
    )[0]  # fmt: skip


def _hours(at: Stands) -> CarriedHours:
    return CarriedHours.objects.get_or_create(
        row=_row(at, state="agreed", line=3),
        defaults={
            "volunteer": at.volunteer, "minutes": 60, "served_until": DAY, "source": at.mark,
            "entered_at": ENDS, "entered_by": at.person,
        },
    )[0]  # fmt: skip


MAKERS: dict[str, Callable[[Stands], object]] = {
    "hours_source_id": lambda at: _source(at).pk,
    "carried_list_id": lambda at: _list(at).pk,
    "carried_row_id": lambda at: _row(at).pk,
    "carried_hours_id": lambda at: _hours(at).pk,
}

WHY = {"reason": "核对名册"}
# What a program is told: of lists of other platforms, and of what waits for a decision.
BODIES: dict[str, Callable[[Stands], object]] = {
    "api:refuse_list": lambda at: WHY,
    "api:choose_person": lambda at: {"volunteer": at.volunteer.number},
    "api:refuse_row": lambda at: WHY,
    "api:revoke_row": lambda at: WHY,
    "api:refuse_volunteer": lambda at: WHY,
    "api:refuse_hours": lambda at: WHY,
    "api:close_finding": lambda at: {"verdict": "cleared", **WHY},
    "api:set_scan_aside": lambda at: WHY,
}
