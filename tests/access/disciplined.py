"""What expulsions and graduating classes leave at every organisation."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import LeagueFile, Person
from qinghe.systems.joining.models import GraduatingClass
from qinghe.systems.rolls.models import Expulsion

DAY = date(2022, 3, 1)
AT = datetime(2022, 3, 1, 1, 0, tzinfo=UTC)


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person
    minor: Person


def _expulsion(at: Stands) -> Expulsion:
    LeagueFile.objects.get_or_create(person=at.minor, defaults={"joined_on": date(2021, 5, 4)})
    return Expulsion.objects.get_or_create(
        person=at.minor, org=at.org, state="proposed",
        defaults={
            "conduct": f"事实{at.mark}", "hearing": "present", "heard_on": DAY,
            "statement": f"陈述{at.mark}", "resolved_on": DAY, "entitled": 3, "present": 3,
            "agreed": 3, "opposed": 0, "abstained": 0, "proposed_by": at.person, "proposed_at": AT,
        },
    )[0]  # fmt: skip


def _class(at: Stands) -> GraduatingClass:
    return GraduatingClass.objects.get_or_create(
        org=at.org, year=2022,
        defaults={
            "stage": "junior", "students": 40, "starts_on": date(2021, 9, 1),
            "ends_on": date(2022, 9, 1), "entered_by": at.person, "entered_at": AT,
        },
    )[0]  # fmt: skip


MAKERS: dict[str, Callable[[Stands], object]] = {
    "expulsion_id": lambda at: _expulsion(at).pk,
    "graduating_class_id": lambda at: _class(at).pk,
}
