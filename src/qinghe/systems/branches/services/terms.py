"""Setting, from a coming year on, how often branches meet (T-40)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import queries as orgs
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.branches import models, rules
from qinghe.systems.branches.access import Act


@dataclass(frozen=True)
class NewTerms:
    """Terms to come: from which day, by whose word and why, and what is asked of each kind."""

    title: str
    starts_on: date
    committee_from: int
    duties: Sequence[rules.Asked]
    source: str
    reason: str


@transaction.atomic
def set_terms(*, new: NewTerms, at: datetime, by: Actor) -> models.MeetingTerms:
    """Enter terms that hold from a coming year on; what held before stays as it was.

    Raises Refused: not_allowed, reason_needed, wrong_order, not_new_year, day_taken.
    """
    root = orgs.root()
    if root is None:
        raise Refused("not_allowed", "还没有建立组织，没有保存。")
    actors.require(by, Act.SET_TERMS, at=root)
    rules.check_reason(new.reason)
    rules.check_reason(new.source)
    rules.check_terms_day(starts_on=new.starts_on, today=local_day(at))
    if models.MeetingTerms.objects.filter(starts_on=new.starts_on).exists():
        raise Refused("day_taken", "这一年已有会议要求开始施行，没有保存；请改用另一年。")
    made = models.MeetingTerms.objects.create(
        title=new.title.strip(),
        starts_on=new.starts_on,
        committee_from=new.committee_from,
        source=new.source.strip(),
        reason=new.reason.strip(),
        entered_by_id=by.person_id,
    )
    models.Duty.objects.bulk_create(
        models.Duty(terms=made, kind=one.kind, every=one.every, times=one.times)
        for one in new.duties
    )
    detail = {"starts_on": new.starts_on.isoformat(), "reason": made.reason}
    audit.record(by=by, verb="branches.set_terms", subject=made, at=at, detail=detail)
    return made
