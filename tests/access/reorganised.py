"""What reorganising leaves at every organisation."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.reorganising.models import Plan, Step

DAY = date(2022, 3, 1)


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person


def _plan(at: Stands) -> Plan:
    return Plan.objects.get_or_create(
        org=at.org, title=f"方案{at.mark}", state="draft",
        defaults={"reason": at.mark, "on": DAY, "made_by": at.person, "made_on": DAY},
    )[0]  # fmt: skip


def _step(at: Stands) -> Step:
    return Step.objects.get_or_create(
        plan=_plan(at), kind="change", code=at.org.code, defaults={"place": 1, "name": at.mark}
    )[0]


MAKERS: dict[str, Callable[[Stands], object]] = {
    "reorg_plan_id": lambda at: _plan(at).pk,
    "reorg_step_id": lambda at: _step(at).pk,
}
