"""What the work of branches leaves at every organisation: at one that is no branch, in a branch below."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.branches.models import Meeting
from qinghe.systems.branches.rules import MEETING

DAY = date(2022, 3, 1)
WRITTEN = datetime(2022, 3, 1, 11, 0, tzinfo=UTC)


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person


def _branch(at: Stands) -> Org:
    if at.org.kind in MEETING:
        return at.org
    code = f"{at.org.code}-ZB"
    return Org.objects.get_or_create(
        code=code,
        defaults={
            "name": f"支部{at.mark}", "kind": "branch", "level": "unit", "parent": at.org,
            "path": f"{at.org.path}{code}/", "opened_on": DAY,
        },
    )[0]  # fmt: skip


def _meeting(at: Stands) -> Meeting:
    return Meeting.objects.get_or_create(
        org=_branch(at), kind="general", day=DAY, topic=f"大会{at.mark}",
        defaults={
            "place": at.mark, "entitled": 2, "present": 2, "counts": True, "slot": "2022Q1",
            "notes": at.mark, "recorded_by": at.person, "recorded_at": WRITTEN,
        },
    )[0]  # fmt: skip


MAKERS: dict[str, Callable[[Stands], object]] = {
    "branch_id": lambda at: _branch(at).pk,
    "meeting_id": lambda at: _meeting(at).pk,
}
BODIES: dict[str, Callable[[Stands], object]] = {
    "api:record_meeting": lambda at: {
        "org": _branch(at).code, "kind": "theme", "day": DAY.isoformat(), "topic": "主题团日",
        "present": 1, "entitled": 2,
    },
}  # fmt: skip
