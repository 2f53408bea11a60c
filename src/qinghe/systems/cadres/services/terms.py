"""Setting, from a coming day on, the numbers by which cadres are kept (T-05, T-06)."""

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
from qinghe.systems.cadres import models, rules
from qinghe.systems.cadres.access import Act


@dataclass(frozen=True)
class NewTerms:
    """Numbers to come: from which day, by whose word and why."""

    title: str
    starts_on: date
    source: str
    reason: str
    numbers: Mapping[str, int]


@transaction.atomic
def set_terms(*, new: NewTerms, at: datetime, by: Actor) -> models.CadreTerms:
    """Enter numbers that hold from a coming day on; what held before stays as it was.

    Raises Refused: not_allowed, words_needed, wrong_order, day_taken, bad_numbers.
    """
    root = orgs.root()
    if root is None:
        raise Refused("not_allowed", "还没有建立组织，没有保存。")
    actors.require(by, Act.SET_TERMS, at=root)
    if new.starts_on <= local_day(at):
        raise Refused("wrong_order", "施行日期须在今天之后，没有保存；已经施行的规定不改动。")
    if models.CadreTerms.objects.filter(starts_on=new.starts_on).exists():
        raise Refused("day_taken", "这一天已有规定开始施行，没有保存；请改用另一天。")
    _check(new.numbers)
    made = models.CadreTerms.objects.create(
        title=rules.check_text(new.title, what="名称"),
        starts_on=new.starts_on,
        source=rules.check_text(new.source, what="依据"),
        reason=rules.check_text(new.reason, what="调整原因"),
        entered_by_id=by.person_id,
        **new.numbers,
    )
    detail = {**new.numbers, "starts_on": new.starts_on.isoformat(), "reason": made.reason}
    audit.record(by=by, verb="cadres.set_terms", subject=made, at=at, detail=detail)
    return made


def _check(numbers: Mapping[str, int]) -> None:
    for kind, label in (("branch", "支部、总支"), ("committee", "团委")):
        if numbers[f"{kind}_least"] > numbers[f"{kind}_most"]:
            raise Refused("bad_numbers", f"{label}任期最短不能长于最长，没有保存，请改正。")
    if numbers["quorum_top"] >= numbers["quorum_bottom"]:
        raise Refused("bad_numbers", "到会人数的分子须小于分母，没有保存，请改正。")
    if numbers["votes_percent"] >= 100 or numbers["examiners"] < 2:
        raise Refused("bad_numbers", "得票比例须小于100，考察组不少于2人，没有保存，请改正。")
