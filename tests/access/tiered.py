"""What joint projects leave at every organisation: a project of its own, with what hangs on it.

Its part is given by the organisation's parent, and a district gives its own to one below it: nobody
gives a part to themselves.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol

from django.core.files.uploadedfile import SimpleUploadedFile

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.meetings.models import Chore, ChoreLine
from qinghe.systems.projects.models import Event, JointProject, Milestone, Part

from . import met

DAY, LAST = date(2022, 3, 1), date(2099, 12, 31)
STARTS, ENDS = datetime(2022, 3, 1, 1, tzinfo=UTC), datetime(2022, 3, 1, 3, tzinfo=UTC)


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person


def _project(at: Stands) -> JointProject:
    return JointProject.objects.get_or_create(
        org=at.org, title=f"项目{at.mark}",
        defaults={
            "aim": at.mark, "starts_on": DAY, "ends_on": LAST, "founded_on": DAY,
            "state": "running",
        },
    )[0]  # fmt: skip


def _part(at: Stands) -> Part:
    above, org = at.org.parent, at.org
    if above is None:
        above, org = at.org, Org.objects.filter(parent=at.org).order_by("path").first()
    return Part.objects.get_or_create(
        project=_project(at), org=org, title=f"分工{at.mark}",
        defaults={"above": above, "starts_on": DAY, "due_on": LAST, "offered_on": DAY},
    )[0]  # fmt: skip


def _milestone(at: Stands) -> Milestone:
    return Milestone.objects.get_or_create(
        project=_project(at), org=at.org, title=f"节点{at.mark}", defaults={"due_on": LAST}
    )[0]


def _event(at: Stands) -> Event:
    return Event.objects.get_or_create(
        project=_project(at), org=at.org, title=f"日程{at.mark}",
        defaults={
            "day": DAY, "starts_at": STARTS, "ends_at": ENDS, "place": at.mark,
            "place_key": at.mark.casefold(), "entered_by": at.person,
        },
    )[0]  # fmt: skip


def _chore(at: Stands) -> Chore:
    sitting = met.MAKERS["sitting_id"](at)
    return Chore.objects.get_or_create(
        sitting_id=sitting, title=f"会务{at.mark}", defaults={"due_on": LAST}
    )[0]


def _line() -> ChoreLine:
    return ChoreLine.objects.get_or_create(title="布置会场", defaults={"days": -1})[0]


MAKERS: dict[str, Callable[[Stands], object]] = {
    "joint_project_id": lambda at: _project(at).pk,
    "project_part_id": lambda at: _part(at).pk,
    "project_milestone_id": lambda at: _milestone(at).pk,
    "project_event_id": lambda at: _event(at).pk,
    "chore_id": lambda at: _chore(at).pk,
    "chore_line_id": lambda at: _line().pk,
}
BODIES: dict[str, Callable[[Stands], object]] = {
    "api:file_charge_progress": lambda at: {"day": "2022-03-01", "number": "1", "words": "x"},
    "api:send_back_charge_progress": lambda at: {"reason": "x"},
    "api:add_progress_evidence": lambda at: {"evidence": SimpleUploadedFile("x.txt", b"x")},
}
