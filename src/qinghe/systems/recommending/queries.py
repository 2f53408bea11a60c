"""Recommendations in an actor's sight, and what waits for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from qinghe.edges.inbox import Item
from qinghe.edges.system import Line
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import BRANCHES, OrgKind, Sector
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import queries as people
from qinghe.kernel.people.models import Person
from qinghe.lib import identifiers
from qinghe.systems.recommending.access import Act
from qinghe.systems.recommending.models import (
    PartyResult,
    PartyStage,
    PioneerNomination,
    Recommendation,
    RecommendingTerms,
)

PartyState = Recommendation.State
PartyWay = Recommendation.Way
PioneerState = PioneerNomination.State
FOR_THE_COMMITTEE = (PartyState.PROPOSED, PartyState.VOTED, PartyState.RECOMMENDED)


@dataclass(frozen=True)
class Step:
    """One step of the way: what it is called, when it was done, and what came of it."""

    label: str
    on: date | None
    words: str = ""


def recommendations_seen_by(actor: Actor) -> QuerySet[Recommendation]:
    """Return the recommendations of branches in sight, and those that a committee in sight decides."""
    either = actors.within_reach(actor, Act.SEE) | actors.within_reach(
        actor, Act.SEE, path="committee__path"
    )
    return Recommendation.objects.filter(either).select_related("person", "org", "committee")


def recommendations_waiting_for(actor: Actor) -> QuerySet[Recommendation]:
    """Return what the actor's committee has to agree to, decide, or hear the Party about."""
    mine = actors.within_reach(actor, Act.REVIEW, path="committee__path")
    return Recommendation.objects.filter(mine, state__in=FOR_THE_COMMITTEE).select_related(
        "org", "committee"
    )


def recommendation_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show them as lines of the inbox; nobody is named there."""
    return [
        Item(
            pk=one.pk,
            title=f"{one.org.name}{one}：{one.get_state_display()}",
            org=one.org.name,
            url=reverse("recommending:recommendation", args=[one.pk]),
        )
        for one in recommendations_waiting_for(actor).filter(pk__in=ids)
    ]


def track_of(actor: Actor, found: Recommendation) -> list[Step]:
    """Return the steps of a recommendation in order, those to come without a day (T-31, T-33)."""
    results = {result.stage: result.on for result in found.results.all()}
    vote = ""
    if found.votes is not None:
        vote = f"应到{found.entitled}人，实到{found.present}人，赞成{found.votes}票"
    by_branch = [
        Step("团委同意", found.agreed_on),
        Step("支部大会表决", found.voted_on, vote),
    ]
    asked = found.way == PartyWay.CONSULT
    until = f"有效期至{found.valid_until}" if found.valid_until else ""
    proposed = Step("党组织征求意见" if asked else "支委会提名", found.proposed_on)
    steps = [
        *([] if found.source else [proposed]),  # a past ledger does not tell what led to it
        *([] if asked or found.source else by_branch),
        Step("团委向党组织推荐", found.recommended_on, until),
        Step(f"党组织接收为{found.get_aim_display()}", results.get(found.aim)),
        Step("接收为预备党员", results.get(PartyStage.PROBATIONARY)),
    ]
    if found.ended_on:
        steps = [step for step in steps if step.on]
        steps.append(Step(found.get_state_display(), found.ended_on, found.words))
    return steps


def branches_for_proposals(actor: Actor) -> QuerySet[Org]:
    """Return the open branches for which this actor may propose."""
    kinds = [*BRANCHES, OrgKind.GENERAL_BRANCH]
    mine = actors.orgs_where(actor, Act.PROPOSE)
    return mine.filter(closed_on__isnull=True, kind__in=kinds)


def person_to_propose(actor: Actor, number: str) -> Person | None:
    """Return who has a number, for those who may propose anywhere; on which roll is asked later."""
    if not actors.may_anywhere(actor, Act.PROPOSE):
        return None
    return people.by_number(number.strip())


def terms_seen_by(actor: Actor) -> QuerySet[RecommendingTerms]:
    """Return all terms, the newest first, for whoever sees recommendations anywhere."""
    seen = actors.may_anywhere(actor, Act.SEE)
    return RecommendingTerms.objects.all() if seen else RecommendingTerms.objects.none()


def terms_of(actor: Actor, day: date) -> RecommendingTerms:
    """Return the terms in force on a day."""
    return RecommendingTerms.in_force(day)


def pioneers_seen_by(actor: Actor) -> QuerySet[PioneerNomination]:
    """Return the nominations of pioneers in schools in sight."""
    found = PioneerNomination.objects.filter(actors.within_reach(actor, Act.SEE))
    return found.select_related("org")


def schools_to_nominate(actor: Actor) -> QuerySet[Org]:
    """Return the schools for which this actor may nominate pioneers."""
    mine = actors.orgs_where(actor, Act.NOMINATE)
    return mine.filter(closed_on__isnull=True, sector=Sector.SCHOOL)


def may_read_pioneer(actor: Actor, found: PioneerNomination) -> bool:
    """Test if the actor keeps the roll of this child's school (S-04)."""
    return actors.may(actor, levels.Act.SEE_CHILD, at=found.org)


def pioneer_name(actor: Actor, found: PioneerNomination) -> str:
    """Return a child's name to those of their school, and a surname to all others (S-04)."""
    if may_read_pioneer(actor, found):
        return found.name
    return identifiers.mask_child_name(found.name)


def result_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return the Party's results behind a figure as lines, as far as the actor may see them."""
    seen = recommendations_seen_by(actor).values("pk")
    found = PartyResult.objects.filter(Q(recommendation__in=seen), pk__in=ids)
    return [
        Line(
            pk=one.pk,
            title=f"{one.recommendation.org.name}：{one.get_stage_display()}",
            cells=(("接收日期", one.on.isoformat()),),
            url=reverse("recommending:recommendation", args=[one.recommendation_id]),
        )
        for one in found.select_related("recommendation__org").order_by("pk")
    ]


def pioneer_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return nominations behind a figure as lines: nobody is named."""
    return [
        Line(
            pk=one.pk,
            title=f"{one.org.name}：{one}",
            cells=(("接收日期", one.taken_up_on.isoformat() if one.taken_up_on else "—"),),
            url=reverse("recommending:pioneer", args=[one.pk]),
        )
        for one in pioneers_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]
