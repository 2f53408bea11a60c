"""Setting, from a coming day on, the measures of supervision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import queries as orgs
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused, check_reason
from qinghe.systems.targets.access import Charging
from qinghe.systems.targets.models import SupervisionTerms
from qinghe.systems.targets.rules import ladder


@dataclass(frozen=True)
class NewTerms:
    """Measures to come: from which day, by whose word and why, and the numbers by name."""

    title: str
    starts_on: date
    source: str
    reason: str
    numbers: Mapping[str, int]


@transaction.atomic
def set_terms(*, new: NewTerms, at: datetime, by: Actor) -> SupervisionTerms:
    """Enter measures that hold from a coming day on; what was told and lit stays as it was.

    Raises Refused: not_allowed, reason_needed, wrong_order, wrong_number, day_taken.
    """
    root = orgs.root()
    if root is None:
        raise Refused("not_allowed", "还没有建立组织，没有保存。")
    actors.require(by, Charging.SET, at=root)
    check_reason(new.reason)
    check_reason(new.source)
    numbers = new.numbers
    ladder.check_terms(
        measures=(numbers["green_percent"], numbers["yellow_percent"]),
        reminding=ladder.Reminding(numbers["soon_days"], numbers["named_days"]),
        starts_on=new.starts_on,
        today=local_day(at),
    )
    if SupervisionTerms.objects.filter(starts_on=new.starts_on).exists():
        raise Refused("day_taken", "这一天已有参数开始施行，没有保存；请改用另一天。")
    made = SupervisionTerms.objects.create(
        title=new.title.strip(),
        starts_on=new.starts_on,
        source=new.source.strip(),
        reason=new.reason.strip(),
        entered_by_id=by.person_id,
        **numbers,
    )
    detail = {**numbers, "starts_on": new.starts_on.isoformat(), "reason": made.reason}
    audit.record(by=by, verb="targets.set_terms", subject=made, at=at, detail=detail)
    return made
