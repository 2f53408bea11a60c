"""Elections at the end of a term (换届): written, sent up, approved; posts begin and end with it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.bulk import insert_many
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Person, Post
from qinghe.kernel.people.services import NewPost
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused, check_move
from qinghe.systems.cadres import models, queries, rules
from qinghe.systems.cadres.access import Act

Election = models.Election
Elected = models.Elected
Leaving = models.Leaving
State = models.Election.State


@dataclass(frozen=True)
class NewElection:
    """An election as it was held."""

    org: Org
    held_on: date
    entitled: int
    present: int
    votes: int
    years: int
    notes: str = ""
    size_reason: str = ""


@dataclass(frozen=True)
class Chosen:
    """Somebody elected to a post."""

    person: Person
    title: str
    service: str
    votes: int


@transaction.atomic
def record_election(*, new: NewElection, at: datetime, by: Actor) -> Election:
    """Begin to write an election down; all posts held today are taken to end with it.

    Raises Refused: not_allowed, no_election, in_future, not_there, not_after, bad_numbers,
    no_quorum, bad_years, under_way.
    """
    actors.require(by, Act.HOLD_ELECTION, at=new.org)
    _check(new, at=at, by=by)
    if Election.objects.filter(org=new.org, state__in=models.OPEN_ELECTIONS).exists():
        raise Refused("under_way", "这个组织有一次换届正在办理，没有重复登记；请先办完或撤回。")
    made = Election.objects.create(
        org=new.org, recorded_by_id=by.person_id, **_columns(new, at=at, by=by)
    )
    held = queries.posts_at(by, new.org).filter(starts_on__lte=new.held_on)
    Leaving.objects.bulk_create(Leaving(election=made, post=post) for post in held)
    audit.record(by=by, verb="cadres.record_election", subject=made, at=at)
    return made


@transaction.atomic
def change_election(*, election: Election, new: NewElection, at: datetime, by: Actor) -> Election:
    """Correct what is written while it is not sent up. Raises Refused: wrong_state and the same."""
    kept = _draft(election, by=by)
    _check(new, at=at, by=by)
    for name, value in _columns(new, at=at, by=by).items():
        setattr(kept, name, value)
    for one in kept.elected.all():
        _check_votes(kept, votes=one.votes, by=by)
    kept.save()
    kept.leaving.filter(post__starts_on__gt=kept.held_on).delete()
    audit.record(by=by, verb="cadres.change_election", subject=kept, at=at)
    return kept


@transaction.atomic
def choose(*, election: Election, chosen: Chosen, at: datetime, by: Actor) -> Elected:
    """Write down somebody who was elected.

    Raises Refused: not_allowed, wrong_state, words_needed, too_few_votes, bad_numbers, chosen_already.
    """
    kept = _draft(election, by=by)
    title = rules.check_text(chosen.title, what="职务")
    _check_votes(kept, votes=chosen.votes, by=by)
    if kept.elected.filter(person=chosen.person).exists():
        raise Refused("chosen_already", "此人已在当选名单上，没有重复填写；职务有误的请先移除。")
    made = Elected.objects.create(
        election=kept,
        person=chosen.person,
        title=title,
        service=chosen.service,
        votes=chosen.votes,
    )
    audit.record(by=by, verb="cadres.choose", subject=kept, at=at, detail={"title": title})
    return made


@transaction.atomic
def drop_chosen(*, chosen: Elected, at: datetime, by: Actor) -> Election:
    """Take somebody off the list of those elected. Raises Refused: not_allowed, wrong_state."""
    kept = _draft(chosen.election, by=by)
    kept.elected.filter(pk=chosen.pk).delete()
    audit.record(
        by=by, verb="cadres.drop_chosen", subject=kept, at=at, detail={"title": chosen.title}
    )
    return kept


@transaction.atomic
def set_leaving(
    *, election: Election, posts: Collection[Post], at: datetime, by: Actor
) -> Election:
    """Say which posts end with the election. Raises Refused: not_allowed, wrong_state, not_held."""
    kept = _draft(election, by=by)
    here = set(queries.posts_at(by, kept.org).values_list("pk", flat=True))
    if not {post.pk for post in posts} <= here:
        raise Refused(
            "not_held", "所选职务有的已经离任或者不属于这个组织，没有保存，请刷新后再选。"
        )
    kept.leaving.all().delete()
    Leaving.objects.bulk_create(Leaving(election=kept, post=post) for post in posts)
    detail = {"posts": len(posts)}
    audit.record(by=by, verb="cadres.set_leaving", subject=kept, at=at, detail=detail)
    return kept


@transaction.atomic
def submit_election(*, election: Election, at: datetime, by: Actor) -> Election:
    """Send the result up. Raises Refused: not_allowed, wrong_state, nobody_elected, size_question."""
    kept = _draft(election, by=by)
    if not kept.elected.exists():
        raise Refused("nobody_elected", "还没有填写当选人，没有报送。")
    size = queries.size_after(by, kept)
    rules.check_size(kind=kept.org.kind, size=size, reason=kept.size_reason)
    kept.reason = ""
    _move(kept, to=State.WAITING, at=at)
    audit.record(by=by, verb="cadres.submit_election", subject=kept, at=at, detail={"size": size})
    return kept


@transaction.atomic
def return_election(*, election: Election, reason: str, at: datetime, by: Actor) -> Election:
    """Send the result back, to be corrected. Raises Refused: not_allowed, wrong_state, words_needed."""
    kept = _locked(election)
    _require_above(kept, by=by)
    kept.reason = rules.check_text(reason, what="退回原因")
    check_move(rules.ELECTION_MOVES, now=kept.state, to=State.DRAFT, what="这次换届")
    _move(kept, to=State.DRAFT, at=at)
    detail = {"reason": kept.reason}
    audit.record(by=by, verb="cadres.return_election", subject=kept, at=at, detail=detail)
    return kept


@transaction.atomic
def withdraw_election(*, election: Election, reason: str, at: datetime, by: Actor) -> Election:
    """Take an election back that was not approved; what was written is kept.

    Raises Refused: not_allowed, wrong_state, words_needed.
    """
    kept = _locked(election)
    actors.require(by, Act.HOLD_ELECTION, at=kept.org)
    kept.reason = rules.check_text(reason, what="撤回原因")
    _move(kept, to=State.WITHDRAWN, at=at)
    detail = {"reason": kept.reason}
    audit.record(by=by, verb="cadres.withdraw_election", subject=kept, at=at, detail=detail)
    return kept


@transaction.atomic
def approve_election(*, election: Election, at: datetime, by: Actor) -> Election:
    """Approve a result: the old tenure ends, posts end and begin on the day of the election.

    Who is elected again to the same post keeps it as it is. Raises Refused: not_allowed, own_record,
    wrong_state, not_after and those of the kernel's appoint and end_post.
    """
    kept = _locked(election)
    _require_above(kept, by=by)
    rules.check_other_hand(recorded_by=kept.recorded_by_id, decides=by.person_id)
    before = Election.objects.select_for_update().filter(
        org=kept.org, state=State.APPROVED, ended_on__isnull=True
    )
    rules.check_after(
        day=kept.held_on,
        opened_on=kept.org.opened_on,
        closed_on=kept.org.closed_on,
        last=max((one.held_on for one in before), default=None),
    )
    before.update(ended_on=kept.held_on)
    kept.decided_by_id, kept.approved_on = by.person_id, local_day(at)
    _move(kept, to=State.APPROVED, at=at)
    _fill_posts(kept, at=at, by=by)
    detail = {"term_ends_on": kept.term_ends_on.isoformat()}
    audit.record(by=by, verb="cadres.approve_election", subject=kept, at=at, detail=detail)
    return kept


@transaction.atomic
def record_many(
    *, ready: Sequence[NewElection], at: datetime, by: Actor, source: Mapping[str, object]
) -> int:
    """Take over a chunk of elections that were approved on paper, each the latest of its organisation.

    The posts stand in the directory already and stay as they are.
    """
    for org in {new.org.pk: new.org for new in ready}.values():
        if org.parent is None:
            raise Refused("not_allowed", "最上级组织的换届不在这里登记，没有导入。")
        actors.require(by, Act.APPROVE_ELECTION, at=org.parent)
    current = queries.current_of(by, [new.org.pk for new in ready])
    ended = [one for new in ready if (one := current.get(new.org.pk))]
    day_of = {new.org.pk: new.held_on for new in ready}
    for one in ended:
        one.ended_on = day_of[one.org_id]
    Election.objects.bulk_update(ended, ["ended_on"], batch_size=200)
    terms = queries.terms_of_days(by, set(day_of.values()))
    columns = [_columns(new, at=at, by=by, terms=terms[new.held_on]) for new in ready]
    made = insert_many(
        Election,
        fields=("org_id", *columns[0]),
        rows=[(new.org.pk, *row.values()) for new, row in zip(ready, columns, strict=True)],
        same={
            "recorded_by_id": by.person_id,
            "decided_by_id": by.person_id,
            "approved_on": local_day(at),
            "state": State.APPROVED,
        },
    )
    audit.record_many(
        by=by, verb="cadres.record_many", model=Election, ids=made, at=at, detail=source
    )
    return len(made)


def _check(new: NewElection, *, at: datetime, by: Actor) -> None:
    rules.check_election(
        new,
        last=queries.last_day_at(by, new.org),
        today=local_day(at),
        terms=queries.terms_on(by, new.held_on),
    )


def _check_votes(kept: Election, *, votes: int, by: Actor) -> None:
    percent = queries.terms_on(by, kept.held_on).votes_percent
    rules.check_votes(votes=votes, present=kept.present, percent=percent, ballots=kept.votes)


def _columns(
    new: NewElection, *, at: datetime, by: Actor, terms: models.CadreTerms | None = None
) -> dict[str, object]:
    terms = terms or queries.terms_on(by, new.held_on)
    ends_on = rules.term_end(day=new.held_on, years=new.years)
    return {
        "held_on": new.held_on,
        "entitled": new.entitled,
        "present": new.present,
        "votes": new.votes,
        "years": new.years,
        "term_ends_on": ends_on,
        "warn_on": rules.warn_day(ends_on=ends_on, months=terms.warn_months),
        "notes": new.notes.strip(),
        "size_reason": new.size_reason.strip(),
        "moved_on": local_day(at),
    }


def _fill_posts(kept: Election, *, at: datetime, by: Actor) -> None:
    chosen = list(kept.elected.select_related("person"))
    again = {(one.person_id, one.title, one.service) for one in chosen}
    held: dict[tuple[int, str, str], Post] = {}
    ending = {one.post_id for one in kept.leaving.all()}
    for post in queries.posts_at(by, kept.org):
        key = (post.person_id, post.title, post.service)
        if key in again:
            held[key] = post
        elif post.pk in ending:
            people.end_post(post=post, on=kept.held_on, at=at, by=by)
    for one in chosen:
        one.post = held.get((one.person_id, one.title, one.service)) or people.appoint(
            person=one.person,
            org=kept.org,
            new=NewPost(one.title, one.service, kept.held_on),
            at=at,
            by=by,
        )
        one.save(update_fields=["post"])


def _locked(election: Election) -> Election:
    held = Election.objects.select_for_update(of=("self",)).select_related("org__parent")
    return held.get(pk=election.pk)


def _draft(election: Election, *, by: Actor) -> Election:
    kept = _locked(election)
    actors.require(by, Act.HOLD_ELECTION, at=kept.org)
    if kept.state != State.DRAFT:
        raise Refused(
            "wrong_state", "已经报送或办结的换届不能修改，没有改动；需要改的请先撤回或请上级退回。"
        )
    return kept


def _require_above(kept: Election, *, by: Actor) -> None:
    above = kept.org.parent
    if above is None:
        raise Refused("not_allowed", "没有上级组织可以批复，没有改动。")
    actors.require(by, Act.APPROVE_ELECTION, at=above)


def _move(kept: Election, *, to: str, at: datetime) -> None:
    check_move(rules.ELECTION_MOVES, now=kept.state, to=to, what="这次换届")
    kept.state, kept.moved_on = to, local_day(at)
    kept.save()
