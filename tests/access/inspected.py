"""What inspections leave at every organisation.

Checklists and lessons are for all below: what they say carries no mark, as an organisation's name.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.inspections.models import (
    Answer,
    Checklist,
    Exchange,
    Finding,
    Guidance,
    Kind,
    Lesson,
    Point,
    Rectification,
    Visit,
)

DAY = date(2022, 3, 1)
STARTS = datetime(2022, 3, 1, 1, 0, tzinfo=UTC)


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person


def _point(at: Stands) -> Point:
    return Point.objects.get_or_create(
        code=f"P{at.org.code}",
        defaults={
            "name": f"点位{at.mark}", "kind": Kind.objects.get(slug="station"), "org": at.org,
            "address": at.mark, "opened_on": DAY,
        },
    )[0]  # fmt: skip


def _visit(at: Stands) -> Visit:
    visit, made = Visit.objects.get_or_create(
        point=_point(at), inspector=at.person,
        defaults={
            "org": at.org, "checklist": Checklist.objects.get(kind=None, version=1),
            "begun_at": STARTS, "day": DAY, "submitted_at": STARTS, "notes": at.mark,
            "scored": 60, "full": 100, "passed": False, "state": "submitted",
        },
    )  # fmt: skip
    if made:
        Answer.objects.bulk_create(
            Answer(visit=visit, item=item, verdict="fail", note=at.mark)
            for item in visit.checklist.items.all()
        )
    return visit


def _answer(at: Stands) -> Answer:
    return _visit(at).answers.all()[0]


def _finding(at: Stands) -> Finding:
    finding, made = Finding.objects.get_or_create(
        answer=_answer(at),
        defaults={
            "org": at.org, "words": f"问题{at.mark}", "found_on": DAY, "due_on": DAY,
            "rectified_on": DAY, "state": "rectified",
        },
    )  # fmt: skip
    if made:
        Rectification.objects.create(
            finding=finding, words=at.mark, done_by=at.person, done_at=STARTS
        )
    return finding


def _guidance(at: Stands) -> Guidance:
    return Guidance.objects.get_or_create(org=at.org, topics=at.mark, defaults={"day": DAY})[0]


def _exchange(at: Stands) -> Exchange:
    return Exchange.objects.get_or_create(
        org=at.org, partner=at.mark, day=DAY, topics=at.mark,
        defaults={"district": "南山区", "people": 3},
    )[0]  # fmt: skip


def _lesson(at: Stands) -> Lesson:
    return Lesson.objects.get_or_create(
        org=at.org, title="交接本",
        defaults={"text": "每班填写", "source": "交流", "entered_on": DAY},
    )[0]  # fmt: skip


MAKERS: dict[str, Callable[[Stands], object]] = {
    "point_id": lambda at: _point(at).pk,
    "visit_id": lambda at: _visit(at).pk,
    "answer_id": lambda at: _answer(at).pk,
    "problem_id": lambda at: _finding(at).pk,
    "guidance_id": lambda at: _guidance(at).pk,
    "exchange_id": lambda at: _exchange(at).pk,
    "lesson_id": lambda at: _lesson(at).pk,
    "checklist_id": lambda at: Checklist.objects.get(kind=None, version=1).pk,
}
BODIES: dict[str, Callable[[Stands], object]] = {
    "api:send_back": lambda at: {"reason": "看不清"},
}
