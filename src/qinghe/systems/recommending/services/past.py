"""Recommendations from before the platform, and the numbers by which new ones are checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import check_not_future, local_day, months_after
from qinghe.lib.verdicts import Refused
from qinghe.systems.recommending import rules
from qinghe.systems.recommending.access import Act
from qinghe.systems.recommending.models import PartyResult, Recommendation, RecommendingTerms

CHUNK = 500


@dataclass(frozen=True)
class PastRecommendation:
    """One line of a ledger: who was recommended by whom, and taken by the Party on which day."""

    person: Person
    org: Org
    committee: Org
    aim: str
    applied_on: date
    recommended_on: date
    accepted_on: date


@dataclass(frozen=True)
class NewTerms:
    """Numbers to hold from a coming day on."""

    starts_on: date
    league_months: int
    application_months: int
    validity_months: int
    cap_percent: int
    counted: str
    source: str


@transaction.atomic
def enter_past_recommendations(
    *, past: Sequence[PastRecommendation], source: str, at: datetime, by: Actor
) -> int:
    """Enter what a ledger says was done before, with one entry in the trail for all of it.

    The steps before are not in the ledger: each row names it as its source and keeps them empty.

    Raises Refused: not_allowed, reason_needed, too_many, wrong_order, in_future.
    """
    rules.check_words(source)
    if len(past) > CHUNK:
        raise Refused("too_many", f"一次最多补录{CHUNK}条，没有保存；请分批补录。")
    for one in past:
        actors.require(by, Act.REVIEW, at=one.committee)
        check_not_future(day=one.accepted_on, today=local_day(at), what="党组织接收")
        rules.check_after(day=one.accepted_on, before=one.recommended_on, what="党组织接收日期")
    made = Recommendation.objects.bulk_create(_row(one, source=source.strip()) for one in past)
    PartyResult.objects.bulk_create(
        PartyResult(recommendation=row, stage=one.aim, on=one.accepted_on)
        for row, one in zip(made, past, strict=True)
    )
    audit.record_many(
        by=by,
        verb="recommending.enter_past_recommendations",
        model=Recommendation,
        ids=[row.pk for row in made],
        at=at,
        detail={"source": source.strip()},
    )
    return len(made)


@transaction.atomic
def set_recommending_terms(*, new: NewTerms, at: datetime, by: Actor) -> RecommendingTerms:
    """Set the numbers that hold from a coming day on; what held before stays as it was.

    Raises Refused: not_allowed, reason_needed, wrong_order, day_taken.
    """
    root = orgs.root()
    if root is None:
        raise Refused("not_allowed", "还没有建立组织，没有保存。")
    actors.require(by, Act.SET_TERMS, at=root)
    rules.check_words(new.source)
    if new.starts_on <= local_day(at):
        raise Refused("wrong_order", "施行日期须在今天之后，没有保存；已经施行的参数不改动。")
    if RecommendingTerms.objects.filter(starts_on=new.starts_on).exists():
        raise Refused("day_taken", "这一天已有参数开始施行，没有保存；请改用另一天。")
    made = RecommendingTerms.objects.create(**vars(new), entered_by_id=by.person_id)
    detail = {"starts_on": str(new.starts_on), "counted": made.get_counted_display()}
    audit.record(
        by=by, verb="recommending.set_recommending_terms", subject=made, at=at, detail=detail
    )
    return made


def _row(one: PastRecommendation, *, source: str) -> Recommendation:
    months = RecommendingTerms.in_force(one.recommended_on).validity_months
    return Recommendation(
        person=one.person,
        org=one.org,
        committee=one.committee,
        way=Recommendation.Way.LEAGUE,
        aim=one.aim,
        applied_on=one.applied_on,
        proposed_on=one.recommended_on,
        recommended_on=one.recommended_on,
        valid_until=months_after(one.recommended_on, months=months),
        source=source,
        state=Recommendation.State.ACCEPTED,
    )
