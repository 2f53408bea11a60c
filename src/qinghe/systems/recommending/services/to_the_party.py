"""Recommending a member to the Party: one function is one step, and no step can be left out (T-31)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.kinds import BRANCHES, COMMITTEES, OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import LeagueFile, Membership, Person, Post
from qinghe.lib.periods import check_not_future, local_day, months_after
from qinghe.lib.verdicts import Refused
from qinghe.systems.recommending import rules
from qinghe.systems.recommending.access import Act
from qinghe.systems.recommending.models import (
    PartyResult,
    PartyStage,
    Recommendation,
    RecommendingTerms,
)

State = Recommendation.State
OPEN = (State.PROPOSED, State.AGREED, State.VOTED, State.RECOMMENDED)
REVIEWING = COMMITTEES | {OrgKind.STREET, OrgKind.DISTRICT}


@dataclass(frozen=True)
class NewRecommendation:
    """Whom a branch committee proposes, as what, and since when their application lies there."""

    person: Person
    org: Org
    aim: str
    applied_on: date
    proposed_on: date


@dataclass(frozen=True)
class Vote:
    """How the branch's meeting voted."""

    voted_on: date
    entitled: int
    present: int
    votes: int
    is_secret: bool


@transaction.atomic
def propose_to_party(*, new: NewRecommendation, at: datetime, by: Actor) -> Recommendation:
    """Propose somebody as the branch committee resolved, or as the Party organisation asks (T-33).

    Raises Refused: not_allowed, org_closed, not_a_branch, wrong_aim, in_future, birth_unknown,
    too_old, not_a_member, in_the_party, member_too_short, application_too_new, under_way.
    """
    actors.require(by, Act.PROPOSE, at=new.org)
    orgs.check_takes_new(org=new.org)
    if new.org.kind not in BRANCHES | {OrgKind.GENERAL_BRANCH}:
        raise Refused("not_a_branch", f"{new.org.name}不是团支部，没有登记；请选本人所在的团支部。")
    if new.aim == PartyStage.PROBATIONARY:
        raise Refused("wrong_aim", "团组织推荐为积极分子或发展对象，没有登记；请另选。")
    check_not_future(day=new.proposed_on, today=local_day(at), what="提名")
    Person.objects.select_for_update().get(pk=new.person.pk)
    way = _check_person(new)
    made = Recommendation.objects.create(
        person=new.person,
        org=new.org,
        committee=_committee(new.org),
        way=way.value,
        aim=new.aim,
        applied_on=new.applied_on,
        proposed_on=new.proposed_on,
    )
    detail = {"aim": str(made.get_aim_display())}
    audit.record(by=by, verb="recommending.propose_to_party", subject=made, at=at, detail=detail)
    return made


@transaction.atomic
def agree_to_proposal(
    *, recommendation: Recommendation, on: date, words: str, at: datetime, by: Actor
) -> Recommendation:
    """Let the branch's meeting vote on it, as the committee above (T-31).

    Raises Refused: not_allowed, oneself, wrong_state, in_future, wrong_order.
    """
    kept = _step(recommendation, to=State.AGREED, on=on, at=at)
    actors.require(by, Act.REVIEW, at=kept.committee)
    rules.check_not_oneself(decider_id=by.person_id, person_id=kept.person_id)
    rules.check_after(day=on, before=kept.proposed_on, what="团委同意日期")
    kept.agreed_on, kept.words = on, words.strip()
    return _kept(kept, verb="recommending.agree_to_proposal", at=at, by=by)


@transaction.atomic
def hold_vote(
    *, recommendation: Recommendation, vote: Vote, at: datetime, by: Actor
) -> Recommendation:
    """Write down how the branch's meeting voted; what was not carried ends here (T-31).

    Raises Refused: not_allowed, wrong_state, in_future, wrong_order, not_secret, bad_votes,
    no_quorum.
    """
    rules.check_vote(
        entitled=vote.entitled, present=vote.present, votes=vote.votes, is_secret=vote.is_secret
    )
    carried = rules.is_carried(entitled=vote.entitled, votes=vote.votes)
    to = State.VOTED if carried else State.FAILED
    kept = _step(recommendation, to=to, on=vote.voted_on, at=at)
    actors.require(by, Act.PROPOSE, at=kept.org)
    rules.check_after(day=vote.voted_on, before=kept.agreed_on, what="支部大会日期")
    kept.voted_on, kept.entitled = vote.voted_on, vote.entitled
    kept.present, kept.votes = vote.present, vote.votes
    kept.ended_on = None if carried else vote.voted_on
    detail = {"votes": f"{vote.votes}/{vote.present}/{vote.entitled}"}
    return _kept(kept, verb="recommending.hold_vote", at=at, by=by, detail=detail)


@transaction.atomic
def recommend(
    *, recommendation: Recommendation, on: date, words: str, at: datetime, by: Actor
) -> Recommendation:
    """Recommend somebody to the Party organisation as the committee decided, within the cap (T-32).

    Raises Refused: not_allowed, wrong_state, in_future, wrong_order, over_cap.
    """
    kept = _step(recommendation, to=State.RECOMMENDED, on=on, at=at)
    actors.require(by, Act.REVIEW, at=kept.committee)
    rules.check_after(day=on, before=kept.voted_on or kept.proposed_on, what="团委推荐日期")
    terms = RecommendingTerms.in_force(on)
    _check_cap(kept, on=on, percent=terms.cap_percent)
    kept.recommended_on, kept.words = on, words.strip()
    kept.valid_until = months_after(on, months=terms.validity_months)
    return _kept(kept, verb="recommending.recommend", at=at, by=by)


@transaction.atomic
def accept_by_party(
    *, recommendation: Recommendation, on: date, at: datetime, by: Actor
) -> Recommendation:
    """Write down that the Party organisation took somebody as what they were recommended for.

    Raises Refused: not_allowed, wrong_state, in_future, wrong_order, lapsed.
    """
    kept = _step(recommendation, to=State.ACCEPTED, on=on, at=at)
    actors.require(by, Act.REVIEW, at=kept.committee)
    rules.check_after(day=on, before=kept.recommended_on, what="党组织接收日期")
    if kept.valid_until:
        rules.check_valid(until=kept.valid_until, day=on)
    PartyResult.objects.create(recommendation=kept, stage=kept.aim, on=on)
    detail = {"on": str(on), "aim": kept.get_aim_display()}
    return _kept(kept, verb="recommending.accept_by_party", at=at, by=by, detail=detail)


@transaction.atomic
def become_probationary(
    *, recommendation: Recommendation, on: date, at: datetime, by: Actor
) -> Recommendation:
    """Write down that somebody became a probationary Party member; their League file says so too.

    Raises Refused: not_allowed, wrong_state, in_future, wrong_order, party_before_league.
    """
    kept = _step(recommendation, to=State.PROBATIONARY, on=on, at=at)
    actors.require(by, Act.REVIEW, at=kept.committee)
    before = kept.results.values_list("on", flat=True).last()
    rules.check_after(day=on, before=before, what="接收为预备党员日期")
    PartyResult.objects.create(recommendation=kept, stage=PartyStage.PROBATIONARY, on=on)
    file = LeagueFile.objects.filter(person=kept.person).first()
    if file is not None:
        new = people.NewFile(joined_on=file.joined_on, number=file.number, party_on=on)
        people.change_league_file(file=file, new=new, at=at, by=by)
    detail = {"on": str(on)}
    return _kept(kept, verb="recommending.become_probationary", at=at, by=by, detail=detail)


@transaction.atomic
def turn_down(
    *, recommendation: Recommendation, reason: str, on: date, at: datetime, by: Actor
) -> Recommendation:
    """End it with a reason: the committee does not agree, or the Party organisation does not take.

    Raises Refused: not_allowed, wrong_state, reason_needed, in_future.
    """
    rules.check_words(reason)
    by_party = recommendation.state == State.RECOMMENDED
    kept = _step(recommendation, to=State.DECLINED if by_party else State.REFUSED, on=on, at=at)
    actors.require(by, Act.REVIEW, at=kept.committee)
    kept.ended_on, kept.words = on, reason.strip()
    detail = {"reason": kept.words}
    return _kept(kept, verb="recommending.turn_down", at=at, by=by, detail=detail)


@transaction.atomic
def withdraw_proposal(
    *, recommendation: Recommendation, reason: str, at: datetime, by: Actor
) -> Recommendation:
    """Take a proposal back before it goes to the Party organisation.

    Raises Refused: not_allowed, wrong_state, reason_needed.
    """
    rules.check_words(reason)
    kept = _step(recommendation, to=State.WITHDRAWN, on=local_day(at), at=at)
    actors.require(by, Act.PROPOSE, at=kept.org)
    kept.ended_on, kept.words = local_day(at), reason.strip()
    detail = {"reason": kept.words}
    return _kept(kept, verb="recommending.withdraw_proposal", at=at, by=by, detail=detail)


def _check_person(new: NewRecommendation) -> rules.Way:
    """Return by which way somebody may be recommended, or refuse (T-31, T-33)."""
    person, day = new.person, new.proposed_on
    is_cadre = Post.objects.filter(person=person, ends_on__isnull=True).exists()
    way = rules.way_for(birth=person.birth_date, day=day, is_cadre=is_cadre)
    terms = RecommendingTerms.in_force(day)
    file = LeagueFile.objects.filter(person=person).first()
    if file is not None and file.party_on:
        raise Refused("in_the_party", f"{person.name}已于{file.party_on}入党，没有登记。")
    if way is rules.Way.LEAGUE:
        on_roll = Membership.objects.filter(person=person, org=new.org, ends_on__isnull=True)
        if file is None or file.left_on or not on_roll.exists():
            raise Refused(
                "not_a_member", f"{person.name}不在{new.org.name}的团员名册上，没有登记；请核对。"
            )
        rules.check_long_a_member(joined_on=file.joined_on, months=terms.league_months, day=day)
    rules.check_application(applied_on=new.applied_on, months=terms.application_months, day=day)
    if Recommendation.objects.filter(person=person, state__in=OPEN).exists():
        raise Refused("under_way", f"{person.name}已有一份推荐正在办理，没有重复登记。")
    return way


def _committee(branch: Org) -> Org:
    """Return which committee decides for a branch: the nearest above, or its street or district."""
    org = branch
    while org.parent is not None:
        org = org.parent
        if org.kind in REVIEWING:
            break
    return org


def _check_cap(kept: Recommendation, *, on: date, percent: int) -> None:
    if not percent:
        return
    already = Recommendation.objects.filter(
        org=kept.org, recommended_on__year=on.year, way=Recommendation.Way.LEAGUE
    ).count()
    members = Membership.objects.filter(org=kept.org, ends_on__isnull=True).count()
    rules.check_cap(already=already, members=members, percent=percent)


def _step(recommendation: Recommendation, *, to: State, on: date, at: datetime) -> Recommendation:
    """Return a recommendation with its next state, locked and still to be saved."""
    found = Recommendation.objects.select_for_update(of=("self",))
    kept = found.select_related("org", "committee", "person").get(pk=recommendation.pk)
    rules.check_move(now=kept.state, to=to, way=kept.way)
    check_not_future(day=on, today=local_day(at), what="办理")
    kept.state = to
    return kept


def _kept(
    kept: Recommendation,
    *,
    verb: str,
    at: datetime,
    by: Actor,
    detail: dict[str, str] | None = None,
) -> Recommendation:
    kept.save()
    audit.record(by=by, verb=verb, subject=kept, at=at, detail=detail or {})
    return kept
