"""What the road into the League leaves at every organisation."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.joining.models import Case, Lesson, Objection, Sponsor, Step

DAY, LAST = date(2022, 3, 1), date(2022, 3, 8)
AT = datetime(2022, 3, 1, 1, 0, tzinfo=UTC)


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person
    minor: Person


def _case(at: Stands) -> Case:
    """Return a case on whose notice an objection waits for its answer."""
    made, is_new = Case.objects.get_or_create(
        person=at.minor, org=at.org,
        defaults={"opened_on": DAY, "letter": at.mark, "nationality": at.mark, "step": 8},
    )  # fmt: skip
    if is_new:
        for number in range(1, 8):
            Step.objects.create(
                case=made, number=number, since=DAY, on=DAY, done_on=DAY, words=at.mark
            )
        Step.objects.create(
            case=made, number=8, since=DAY, on=DAY, posted_until=LAST, words=at.mark
        )
        Sponsor.objects.create(case=made, kind="contact", person=at.person, since=DAY)
    return made


def _lesson(at: Stands) -> Lesson:
    return Lesson.objects.get_or_create(
        case=_case(at), on=DAY, title=f"团课{at.mark}", defaults={"quarters": 32}
    )[0]


def _objection(at: Stands) -> Objection:
    return Objection.objects.get_or_create(
        case=_case(at), on=DAY, words=at.mark, defaults={"raised_by": at.mark}
    )[0]


MAKERS: dict[str, Callable[[Stands], object]] = {
    "joining_case_id": lambda at: _case(at).pk,
    "joining_lesson_id": lambda at: _lesson(at).pk,
    "joining_objection_id": lambda at: _objection(at).pk,
}
BODIES: dict[str, Callable[[Stands], object]] = {
    "api:apply_to_join": lambda at: {"org": at.org.code, "letter": "我志愿加入。"},
}
