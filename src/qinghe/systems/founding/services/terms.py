"""Setting, from a coming day on, the days and thresholds of founding (S018)."""

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
from qinghe.systems.founding import models, rules
from qinghe.systems.founding.access import Act


@dataclass(frozen=True)
class NewTerms:
    """Terms to come: from which day, by whose word and why, and the numbers by name."""

    title: str
    starts_on: date
    source: str
    reason: str
    numbers: Mapping[str, int]


@transaction.atomic
def set_terms(*, new: NewTerms, at: datetime, by: Actor) -> models.FoundingTerms:
    """Enter terms that hold from a coming day on; what held before stays as it was.

    Raises Refused: not_allowed, reason_needed, wrong_order, day_taken.
    """
    root = orgs.root()
    if root is None:
        raise Refused("not_allowed", "还没有建立组织，没有保存。")
    actors.require(by, Act.SET, at=root)
    check_reason(new.reason)
    check_reason(new.source)
    rules.check_day_to_come(day=new.starts_on, after=local_day(at), what="施行日期")
    numbers = new.numbers
    if numbers["pace_from"] > numbers["pace_to"]:
        raise Refused("wrong_order", "进度起算月份不能晚于完成月份，没有保存，请改正。")
    if numbers["yellow_percent"] > numbers["green_percent"]:
        raise Refused("wrong_order", "黄灯的百分比不能高于绿灯，没有保存，请改正。")
    if models.FoundingTerms.objects.filter(starts_on=new.starts_on).exists():
        raise Refused("day_taken", "这一天已有参数开始施行，没有保存；请改用另一天。")
    made = models.FoundingTerms.objects.create(
        title=new.title.strip(),
        starts_on=new.starts_on,
        source=new.source.strip(),
        reason=new.reason.strip(),
        entered_by_id=by.person_id,
        **numbers,
    )
    detail = {**numbers, "starts_on": new.starts_on.isoformat(), "reason": made.reason}
    audit.record(by=by, verb="founding.set_terms", subject=made, at=at, detail=detail)
    return made
