"""What training leaves at every organisation.

Programmes are open to all below: what they say carries no mark, as an organisation's name. Classes and
online sessions lie in the past: what is still to come is shown to everybody.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.training.models import (
    Class,
    Completion,
    Course,
    Enrolment,
    Lecture,
    Lecturer,
    Programme,
    Webcast,
)

DAY, LAST = date(2022, 3, 1), date(2099, 12, 31)
STARTS, ENDS = datetime(2022, 3, 1, 1, 0, tzinfo=UTC), datetime(2022, 3, 1, 3, 0, tzinfo=UTC)


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person
    minor: Person


def _programme(at: Stands) -> Programme:
    return Programme.objects.get_or_create(
        code=f"T{at.org.code}",
        defaults={"title": "宣讲团", "kind": "team", "org": at.org, "opened_on": DAY},
    )[0]


def _lecturer(at: Stands) -> Lecturer:
    return Lecturer.objects.get_or_create(
        team=_programme(at), person=at.person,
        defaults={"subjects": at.mark, "sender": at.mark, "joined_on": DAY},
    )[0]  # fmt: skip


def _class(at: Stands) -> Class:
    course, _ = Course.objects.get_or_create(
        programme=_programme(at), title="急救", defaults={"quarters": 4, "is_examined": True}
    )
    return Class.objects.get_or_create(
        course=course, org=at.org, title=f"班次{at.mark}",
        defaults={
            "lecturer": _lecturer(at), "starts_at": STARTS, "ends_at": ENDS, "day": DAY,
            "place": at.mark, "capacity": 9, "taken": 2, "called_at": ENDS, "state": "held",
        },
    )[0]  # fmt: skip


def _enrolment(at: Stands) -> Enrolment:
    for person in (at.minor, at.person):
        found, _ = Enrolment.objects.get_or_create(
            training_class=_class(at), person=person,
            defaults={"signed_at": STARTS, "state": "attended", "result": "passed"},
        )  # fmt: skip
    return found


def _completion(at: Stands) -> Completion:
    return Completion.objects.get_or_create(
        enrolment=_enrolment(at),
        defaults={"number": f"PX{at.org.code}", "check_code": "ABCDEFGH", "issued_on": DAY},
    )[0]


def _lecture(at: Stands) -> Lecture:
    return Lecture.objects.get_or_create(
        team=_programme(at), host=at.org, topic=f"宣讲{at.mark}",
        defaults={
            "audience": at.mark, "expected": 30, "first_day": DAY, "last_day": LAST,
            "asked_by": at.person, "asked_on": DAY,
        },
    )[0]  # fmt: skip


def _webcast(at: Stands) -> Webcast:
    return Webcast.objects.get_or_create(
        programme=_programme(at), number=1,
        defaults={
            "title": f"线上{at.mark}", "org": at.org, "day": DAY, "platform": at.mark,
            "lecturer": _lecturer(at), "views": 9, "state": "held",
        },
    )[0]  # fmt: skip


MAKERS: dict[str, Callable[[Stands], object]] = {
    "programme_id": lambda at: _programme(at).pk,
    "lecturer_id": lambda at: _lecturer(at).pk,
    "training_class_id": lambda at: _class(at).pk,
    "enrolment_id": lambda at: _enrolment(at).pk,
    "completion_id": lambda at: _completion(at).pk,
    "lecture_id": lambda at: _lecture(at).pk,
    "webcast_id": lambda at: _webcast(at).pk,
}
BODIES: dict[str, Callable[[Stands], object]] = {
    "api:book_lecture": lambda at: {
        "team": _programme(at).code, "host": at.org.code, "topic": "节水", "audience": "居民",
        "expected": 30, "first_day": LAST.isoformat(), "last_day": LAST.isoformat(),
    },
}  # fmt: skip
