"""Setting, from a coming day on, the limits of transfers (T-61, T-64)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import queries as orgs
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.transfers import models, rules
from qinghe.systems.transfers.access import Act


@dataclass(frozen=True)
class NewTerms:
    """Limits to come: from which day, by whose word and why."""

    title: str
    starts_on: date
    source: str
    reason: str
    lapses: bool
    numbers: Mapping[str, int]


@transaction.atomic
def set_terms(*, new: NewTerms, at: datetime, by: Actor) -> models.TransferTerms:
    """Enter limits that hold from a coming day on; what held before stays as it was.

    Raises Refused: not_allowed, reason_needed, wrong_order, day_taken.
    """
    root = orgs.root()
    if root is None:
        raise Refused("not_allowed", "还没有建立组织，没有保存。")
    actors.require(by, Act.SET_TERMS, at=root)
    if new.starts_on <= local_day(at):
        raise Refused("wrong_order", "施行日期须在今天之后，没有保存；已经施行的期限不改动。")
    if models.TransferTerms.objects.filter(starts_on=new.starts_on).exists():
        raise Refused("day_taken", "这一天已有期限开始施行，没有保存；请改用另一天。")
    made = models.TransferTerms.objects.create(
        title=new.title.strip(),
        starts_on=new.starts_on,
        lapses=new.lapses,
        source=rules.check_reason(new.source),
        reason=rules.check_reason(new.reason),
        entered_by_id=by.person_id,
        **new.numbers,
    )
    detail = {**new.numbers, "starts_on": new.starts_on.isoformat(), "reason": made.reason}
    audit.record(by=by, verb="transfers.set_terms", subject=made, at=at, detail=detail)
    return made
