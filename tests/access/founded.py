"""What founding leaves at every organisation.

Aims of a hundred percent are the district's and open to all who work on them: their names carry no mark.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol

from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.founding.models import (
    Application,
    Hundred,
    HundredTold,
    Target,
    TargetChange,
    Unit,
    Visit,
)

DAY, LAST = date(2022, 3, 1), date(2099, 12, 31)
AT = datetime(2022, 3, 1, 1, 0, tzinfo=UTC)


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person


def _code(at: Stands) -> str:
    return f"91{at.org.pk:016d}"


def _unit(at: Stands) -> Unit:
    found, made = Unit.objects.get_or_create(
        credit_code=_code(at),
        defaults={
            "name": f"单位{at.mark}", "kind": "nonpublic_enterprise", "industry": "nonpublic",
            "org": at.org, "employees": 9, "youths": 5, "members": 4, "officer": at.person,
            "entered_on": DAY, "state": "applying",
        },
    )  # fmt: skip
    if made:
        Visit.objects.create(
            unit=found, day=DAY, visitor=at.person, met=at.mark, words=at.mark, next_on=LAST
        )
    return found


def _application(at: Stands) -> Application:
    found, made = Application.objects.get_or_create(
        unit=_unit(at),
        defaults={
            "kind": "branch", "name": f"团支部{at.mark}", "parent": at.org, "members": 4,
            "secretary": at.person, "evidence": at.mark, "applicant": at.person, "asked_on": DAY,
            "street_by": LAST, "due_on": LAST,
        },
    )  # fmt: skip
    if made:
        found.listed.create(person=at.person)
    return found


def _target(at: Stands) -> Target:
    top, _ = Target.objects.get_or_create(
        year=2022, parent=None,
        defaults={
            "org": orgs.root(), "number": 9, "day": date(2022, 1, 1), "handed_on": DAY,
            "source": "下达文件",
        },
    )  # fmt: skip
    found, _ = Target.objects.get_or_create(
        year=2022, org=at.org,
        defaults={"parent": top, "number": 3, "day": date(2022, 1, 1), "handed_on": DAY},
    )  # fmt: skip
    TargetChange.objects.get_or_create(
        target=found, reason=at.mark,
        defaults={"at": AT, "before": 0, "after": 3, "entered_by": at.person},
    )  # fmt: skip
    return found


def _hundred(at: Stands) -> Hundred:
    found, made = Hundred.objects.get_or_create(
        year=2022, name=f"第{at.org.pk}项", defaults={"org": at.org, "day": date(2022, 1, 1)}
    )
    if made:
        HundredTold.objects.create(
            hundred=found, org=at.org, day=DAY, hundredths=9_000, basis=at.mark,
            entered_by=at.person,
        )  # fmt: skip
    return found


MAKERS: dict[str, Callable[[Stands], object]] = {
    "unit_id": lambda at: _unit(at).pk,
    "founding_id": lambda at: _application(at).pk,
    "target_id": lambda at: _target(at).pk,
    "hundred_id": lambda at: _hundred(at).pk,
}
BODIES: dict[str, Callable[[Stands], object]] = {
    "api:apply_to_found": lambda at: {
        "credit_code": _unit(at).credit_code, "kind": "branch", "name": "团支部",
        "parent": at.org.code, "members": 4, "evidence": "同意",
    },
}  # fmt: skip
