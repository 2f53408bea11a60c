"""Setting, from a coming day on, what holds for sittings (T-83)."""

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
from qinghe.systems.meetings import models
from qinghe.systems.meetings.access import Act


@dataclass(frozen=True)
class NewTerms:
    """Terms to come: from which day, by whose word and why, and the numbers by name."""

    title: str
    starts_on: date
    source: str
    reason: str
    numbers: Mapping[str, int]


@transaction.atomic
def set_terms(*, new: NewTerms, at: datetime, by: Actor) -> models.SittingTerms:
    """Enter terms that hold from a coming day on; what held before stays as it was.

    Raises Refused: not_allowed, reason_needed, day_passed, day_taken.
    """
    root = orgs.root()
    if root is None:
        raise Refused("not_allowed", "还没有建立组织，没有保存。")
    actors.require(by, Act.SET, at=root)
    check_reason(new.reason)
    if new.starts_on <= local_day(at):
        raise Refused("day_passed", "施行日期须在今天以后，没有保存；已经开过的会不受影响。")
    if models.SittingTerms.objects.filter(starts_on=new.starts_on).exists():
        raise Refused("day_taken", "这一天已有参数开始施行，没有保存；请改用另一天。")
    made = models.SittingTerms.objects.create(
        title=new.title.strip(),
        starts_on=new.starts_on,
        source=new.source.strip(),
        reason=new.reason.strip(),
        entered_by_id=by.person_id,
        **new.numbers,
    )
    detail = {**new.numbers, "starts_on": new.starts_on.isoformat(), "reason": made.reason}
    audit.record(by=by, verb="meetings.set_terms", subject=made, at=at, detail=detail)
    return made
