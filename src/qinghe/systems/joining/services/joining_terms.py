"""Setting, from a coming day on, what is asked of applicants (T-13)."""

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
from qinghe.systems.joining import models, rules
from qinghe.systems.joining.access import Act


@dataclass(frozen=True)
class NewJoiningTerms:
    """Terms to come: for which field, from which day, by whose word and why, and the numbers."""

    title: str
    starts_on: date
    sector: str
    source: str
    reason: str
    needs_volunteer: bool
    numbers: Mapping[str, int]


@transaction.atomic
def set_joining_terms(*, new: NewJoiningTerms, at: datetime, by: Actor) -> models.JoiningTerms:
    """Enter terms for applications from a coming day on; those under way keep their own.

    Raises Refused: not_allowed, reason_needed, wrong_order, wrong_ages, day_taken.
    """
    root = orgs.root()
    if root is None:
        raise Refused("not_allowed", "还没有建立组织，没有保存。")
    actors.require(by, Act.SET_TERMS, at=root)
    source, reason = rules.check_reason(new.source), rules.check_reason(new.reason)
    if new.starts_on <= local_day(at):
        raise Refused("wrong_order", "施行日期须在今天之后，没有保存；已经施行的参数不改动。")
    if new.numbers["oldest"] <= new.numbers["youngest"]:
        raise Refused("wrong_ages", "年龄上限须大于最小年龄，没有保存，请改正。")
    if models.JoiningTerms.objects.filter(starts_on=new.starts_on, sector=new.sector).exists():
        raise Refused("day_taken", "这一天已有参数开始施行，没有保存；请改用另一天。")
    made = models.JoiningTerms.objects.create(
        title=new.title.strip(),
        starts_on=new.starts_on,
        sector=new.sector,
        source=source,
        reason=reason,
        needs_volunteer=new.needs_volunteer,
        entered_by_id=by.person_id,
        **new.numbers,
    )
    detail = {**new.numbers, "starts_on": new.starts_on.isoformat(), "reason": reason}
    audit.record(by=by, verb="joining.set_terms", subject=made, at=at, detail=detail)
    return made
