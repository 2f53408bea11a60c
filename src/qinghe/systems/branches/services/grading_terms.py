"""Setting, from a coming day on, by which numbers branches are graded (T-50, T-51, T-53)."""

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
from qinghe.systems.branches import models, queries, rules
from qinghe.systems.branches.access import Act


@dataclass(frozen=True)
class NewGradingTerms:
    """Terms to come: from which day, by whose word and why, and the numbers by name."""

    title: str
    starts_on: date
    source: str
    reason: str
    numbers: Mapping[str, int | None]


@transaction.atomic
def set_grading_terms(*, new: NewGradingTerms, at: datetime, by: Actor) -> models.GradingTerms:
    """Enter terms for the rounds whose reference day they cover.

    Raises Refused: not_allowed, reason_needed, wrong_order, day_taken, wrong_bounds, not_a_hundred.
    """
    root = orgs.root()
    if root is None:
        raise Refused("not_allowed", "还没有建立组织，没有保存。")
    actors.require(by, Act.SET_TERMS, at=root)
    rules.check_reason(new.reason)
    rules.check_reason(new.source)
    rules.check_coming(starts_on=new.starts_on, today=local_day(at))
    made = models.GradingTerms(
        title=new.title.strip(),
        starts_on=new.starts_on,
        source=new.source.strip(),
        reason=new.reason.strip(),
        entered_by_id=by.person_id,
        **new.numbers,
    )
    most = sum(queries.most_of(by, made).values())
    rules.check_terms(bounds=queries.bounds_of(by, made), most=most)
    if models.GradingTerms.objects.filter(starts_on=new.starts_on).exists():
        raise Refused("day_taken", "这一天已有定级办法开始施行，没有保存；请改用另一天。")
    made.save()
    detail = {"starts_on": new.starts_on.isoformat(), "reason": made.reason}
    audit.record(by=by, verb="branches.set_grading_terms", subject=made, at=at, detail=detail)
    return made
