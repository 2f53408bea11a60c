"""Achievements entered with evidence; incentives decided by people out of a suggested list."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.base import File as Upload
from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.files import services as files
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import check_not_future, local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.cadres import models, queries, rules
from qinghe.systems.cadres.access import Act

from .telling import _tell

Achievement = models.Achievement
Incentive = models.Incentive


@dataclass(frozen=True)
class NewAchievement:
    """What a cadre of an organisation did well."""

    person: Person
    org: Org
    day: date
    kind: str
    what: str


@dataclass(frozen=True)
class Decided:
    """What was decided about a cadre for a year."""

    person: Person
    year: int
    decision: str
    reason: str
    given: str = ""


@transaction.atomic
def enter_achievement(
    *, new: NewAchievement, evidence: Collection[Upload], at: datetime, by: Actor
) -> Achievement:
    """Write down an achievement with its evidence.

    Raises Refused: not_allowed, own_achievement, in_future, no_cadre, words_needed, evidence_needed,
    there_already, and the codes of a file.
    """
    actors.require(by, Act.ENTER_ACHIEVEMENT, at=new.org)
    if new.person.pk == by.person_id:
        raise Refused("own_achievement", "不能登记自己的实绩，没有保存；请另一位同志登记。")
    check_not_future(day=new.day, today=local_day(at), what="实绩")
    if not queries.held_post(by, new.person, new.org, on=new.day):
        raise Refused("no_cadre", f"此人当日没有在{new.org.name}任职，没有保存，请核对人员和日期。")
    if not evidence:
        raise Refused("evidence_needed", "请附上佐证（证书、通报、评议结果等），没有保存。")
    what = rules.check_text(new.what, what="实绩内容")
    same = Achievement.objects.filter(person=new.person, day=new.day, kind=new.kind, what=what)
    if same.filter(state=Achievement.State.KEPT).exists():
        raise Refused("there_already", "这项实绩已经登记过，没有重复保存。")
    made = Achievement.objects.create(
        person=new.person,
        org=new.org,
        day=new.day,
        kind=new.kind,
        what=what,
        entered_by_id=by.person_id,
        entered_on=local_day(at),
    )
    audit.record(by=by, verb="cadres.enter_achievement", subject=made, at=at)
    for upload in evidence:
        files.attach(subject=made, upload=upload, label="佐证", at=at, by=by)
    return made


@transaction.atomic
def void_achievement(
    *, achievement: Achievement, reason: str, at: datetime, by: Actor
) -> Achievement:
    """Call an achievement void that was entered wrong.

    Raises Refused: not_allowed, wrong_state, words_needed.
    """
    found = Achievement.objects.select_for_update(of=("self",)).select_related("org")
    kept = found.get(pk=achievement.pk)
    actors.require(by, Act.ENTER_ACHIEVEMENT, at=kept.org)
    if kept.state != Achievement.State.KEPT:
        raise Refused("wrong_state", "这项实绩已经作废，没有改动。")
    kept.state, kept.reason = Achievement.State.VOID, rules.check_text(reason, what="作废原因")
    kept.save(update_fields=["state", "reason"])
    detail = {"reason": kept.reason}
    audit.record(by=by, verb="cadres.void_achievement", subject=kept, at=at, detail=detail)
    return kept


@transaction.atomic
def decide_incentive(*, new: Decided, at: datetime, by: Actor) -> Incentive:
    """Decide what a cadre is given for a year, or that it is nothing; points only propose.

    Raises Refused: not_allowed, no_cadre, own_incentive, given_needed, given_unneeded, words_needed,
    decided_already, in_future.
    """
    today = local_day(at)
    check_not_future(day=date(new.year, 1, 1), today=today, what="年度")
    one = queries.suggested_one(by, new.person, year=new.year, today=today)
    if one is None:
        raise Refused("no_cadre", "此人在您的工作范围内没有任职，没有保存。")
    actors.require(by, Act.DECIDE_INCENTIVE, at=one.org)
    rules.check_decision(
        decision=new.decision, given=new.given, decides=by.person_id, cadre=new.person.pk
    )
    if one.decided:
        raise Refused("decided_already", f"{new.year}年度已经审定，没有改动；要改的请先撤销。")
    made = Incentive.objects.create(
        person=new.person,
        org=one.org,
        year=new.year,
        points=one.points,
        decision=new.decision,
        given=new.given.strip(),
        reason=rules.check_text(new.reason, what="理由"),
        decided_by_id=by.person_id,
        decided_on=today,
    )
    if made.decision == Incentive.Decision.GIVEN:
        _tell(
            [made.person_id],
            title="团干部激励",
            text=f"{made.year}年度：{made.given}",
            at=at,
            by=by,
        )
    detail = {"year": made.year, "decision": made.decision, "points": made.points}
    audit.record(by=by, verb="cadres.decide_incentive", subject=made, at=at, detail=detail)
    return made


@transaction.atomic
def revoke_incentive(*, incentive: Incentive, reason: str, at: datetime, by: Actor) -> Incentive:
    """Take a decision back, with the reason; the record stays.

    Raises Refused: not_allowed, wrong_state, words_needed, own_incentive.
    """
    found = Incentive.objects.select_for_update(of=("self",)).select_related("org")
    kept = found.get(pk=incentive.pk)
    actors.require(by, Act.DECIDE_INCENTIVE, at=kept.org)
    if kept.state != Incentive.State.DECIDED:
        raise Refused("wrong_state", "这项决定已经撤销，没有改动。")
    if kept.person_id == by.person_id:
        raise Refused("own_incentive", "不能办理给自己的激励，没有改动；请另一位同志办理。")
    kept.state = Incentive.State.REVOKED
    kept.why_revoked = rules.check_text(reason, what="撤销原因")
    kept.save(update_fields=["state", "why_revoked"])
    detail = {"reason": kept.why_revoked}
    audit.record(by=by, verb="cadres.revoke_incentive", subject=kept, at=at, detail=detail)
    return kept
