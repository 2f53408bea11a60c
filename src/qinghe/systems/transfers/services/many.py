"""Many at once: a class that leaves school, a committee that takes in whoever has come (T-60).

Each has one entry of the trail for the chunk and a fixed number of questions, however many go.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.audit.services import NOTHING
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Membership, Person
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.transfers import models, queries, rules
from qinghe.systems.transfers.access import Act

from .placing import SETTLED, Placing
from .starting import Mended
from .telling import Telling
from .ways import Side, State, Transfer, Way

MOST_AT_ONCE = 500
SENT = ["state", "desk", "moved_on", "due_on", "let_go_on", "accepted_on", "reason", "sent_on"]
ENDED = ["state", "closed_on", "suspended_on", "pause", "accepted_on", "placed_in"]


class ReadyDraft(NamedTuple):
    """A member who is to leave, checked before: where from and where to."""

    person_id: int
    from_org_id: int
    to_org_id: int
    kind: str
    term_on: date | None
    note: str


@dataclass(frozen=True)
class Outcome:
    """What became of many: how many are done, and why the others are not, by key."""

    done: int
    refused: Mapping[int, str]


@transaction.atomic
def draft_many(
    *, ready: Sequence[ReadyDraft], at: datetime, by: Actor, source: Mapping[str, object]
) -> int:
    """Write down where members are to go, as drafts of the sending side.

    Raises Refused: not_allowed, already_open, abroad, under_way. What was checked before is looked at again, for
    somebody may have begun a transfer meanwhile.
    """
    ids = [row.person_id for row in ready]
    list(Person.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    _require_everywhere(by, {row.from_org_id for row in ready})
    open_ones = Transfer.objects.filter(person__in=ids, state__in=models.OPEN)
    taken = open_ones.select_related("person").first()
    rules.check_none_open(is_open=taken is not None, name=taken.person.name if taken else "")
    staying = models.AbroadStay.objects.filter(person__in=ids, returned_on__isnull=True)
    away = staying.select_related("person").first()
    rules.check_not_abroad(is_abroad=away is not None, name=away.person.name if away else "")
    others = queries.other_ways(by, ids)
    bound = Person.objects.filter(pk__in=list(others)[:1]).first()
    if bound is not None:
        rules.check_no_other_way(words=others[bound.pk], name=bound.name)
    today = local_day(at)
    made = Transfer.objects.bulk_create(
        Transfer(
            **row._asdict(),
            side=Side.SENDER,
            started_by_id=by.person_id,
            started_on=today,
            moved_on=today,
            desk_id=row.from_org_id,
        )
        for row in ready
    )
    audit.record_many(
        by=by,
        verb="transfers.draft_many",
        model=Transfer,
        ids=[one.pk for one in made],
        at=at,
        detail=source,
    )
    return len(made)


@transaction.atomic
def draft_together(
    *, memberships: Sequence[Membership], new: Mended, at: datetime, by: Actor
) -> int:
    """Write down for some members of a branch that they all go to one place.

    Raises Refused: not_allowed, already_open, too_many, whereto, same_org, org_closed, no_league,
    not_a_school, not_local, term_needed.
    """
    _check_not_too_many(memberships)
    for one in memberships:
        Way(_draft_of(one, new), at, by).check_route()
    if new.to_org is None:
        raise Refused("whereto", "请选择转入的团组织，没有保存。")
    ready = [
        ReadyDraft(one.person_id, one.org_id, new.to_org.pk, new.kind, new.term_on, new.note)
        for one in memberships
    ]
    return draft_many(ready=ready, at=at, by=by, source={"to": new.to_org.name})


@transaction.atomic
def send_many(*, transfers: Sequence[Transfer], at: datetime, by: Actor) -> Outcome:
    """Send drafts and mended ones of the sending side; each that cannot go, or is one's own, stays.

    Raises Refused: not_allowed, too_many.
    """
    kept = _held(transfers, by=by)
    _require_everywhere(by, {one.from_org_id for one in kept})
    stays = _stays(kept)
    others = queries.other_ways(by, stays)
    today = local_day(at)
    days = queries.terms_on(by, today).timeout_days
    going, refused = [], {}
    for one in kept:
        way = Way(one, at, by)
        try:
            way.check_not_own()
            way.check_no_other(others)
            _check_goes(way, stay=stays.get(one.person_id))
        except Refused as refusal:
            refused[one.pk] = refusal.reason
            continue
        one.let_go_on, one.accepted_on, one.reason, one.sent_on = today, None, "", today
        way.put_on(State.IN_PENDING, days=days)
        going.append(one)
    _write(going, SENT)
    _note(going, "transfers.send_many", at=at, by=by)
    _tell(going, text="学校已提交您的组织关系转接，由转入方接收并编入团支部。", at=at, by=by)
    return Outcome(len(going), refused)


@transaction.atomic
def accept_many(*, transfers: Sequence[Transfer], at: datetime, by: Actor) -> Outcome:
    """Take in those that were looked at one by one and ticked; they wait to be placed.

    One's own stays, and says why. Raises Refused: not_allowed, too_many.
    """
    kept = _held(transfers, by=by)
    today = local_day(at)
    days = queries.terms_on(by, today).timeout_days
    taken, refused = [], {}
    for one in kept:
        actors.require(by, Act.RECEIVE, at=one.end_of(Side.RECEIVER))
        way = Way(one, at, by)
        try:
            way.check_not_own()
            way.check_acceptable()
        except Refused as refusal:
            refused[one.pk] = refusal.reason
            continue
        one.accepted_on = today
        way.put_on(State.IN_PENDING, days=days)
        taken.append(one)
    _write(taken, SENT)
    _note(taken, "transfers.accept_many", at=at, by=by)
    _tell(taken, text="转入方已接收您的组织关系，待编入团支部。", at=at, by=by)
    return Outcome(len(taken), refused)


@transaction.atomic
def place_many(
    *, transfers: Sequence[Transfer], into: Org, on: date, at: datetime, by: Actor
) -> Outcome:
    """Place those that were ticked in one branch, each looked at as if alone; who cannot be stays.

    Raises Refused: too_many.
    """
    kept = _held(transfers, by=by)
    stays = _stays(kept)
    placing = Placing.of(kept, into=into, on=on, by=by)
    placed, refused = [], {}
    for one in kept:
        way = Way(one, at, by)
        try:
            placing.check(way, stay=stays.get(one.person_id))
        except Refused as refusal:
            refused[one.pk] = refusal.reason
            continue
        placing.close(way)
        placed.append(one)
    if placed:
        _enter({one.person_id: stays.get(one.person_id) for one in placed}, placing, at=at, by=by)
    _write(placed, ENDED)
    _note(placed, "transfers.place_many", at=at, by=by, detail=placing.detail)
    _tell(placed, title=SETTLED, text=placing.words, at=at, by=by)
    return Outcome(len(placed), refused)


def _enter(
    stays: Mapping[int, Membership | None], placing: Placing, *, at: datetime, by: Actor
) -> None:
    """Enter persons on a roll: from where each stands, or from outside the district."""
    into, on = placing.into, placing.on
    leaving = [stay for stay in stays.values() if stay is not None]
    coming = [people.Admission(pk, into.pk, on) for pk, stay in stays.items() if stay is None]
    people.transfer_many(memberships=leaving, into=into, on=on, at=at, by=by)
    people.admit_many(new=coming, at=at, by=by, source={"org": into.code})


def _check_goes(way: Way, *, stay: Membership | None) -> None:
    """Refuse to send what is not the sender's, or no longer holds. Raises what send_transfer does."""
    one = way.transfer
    rules.check_mendable(state=one.state)
    if one.side != Side.SENDER:
        raise Refused("wrong_side", "不是转出方发起的，不能成批提交。")
    way.check_stay(stay)
    way.check_route()


def _held(transfers: Sequence[Transfer], *, by: Actor) -> list[Transfer]:
    _check_not_too_many(transfers)
    rows = queries.held_rows(by).filter(pk__in=[one.pk for one in transfers])
    return list(rows.order_by("pk"))


def _check_not_too_many(some: Sequence[object]) -> None:
    if len(some) > MOST_AT_ONCE:
        raise Refused("too_many", f"一次最多办理{MOST_AT_ONCE}人，没有改动；请分几次办理。")


def _draft_of(one: Membership, new: Mended) -> Transfer:
    return Transfer(
        person=one.person,
        from_org=one.org,
        to_org=new.to_org,
        kind=new.kind,
        term_on=new.term_on,
    )


def _stays(kept: Sequence[Transfer]) -> dict[int, Membership]:
    """Return where each stands on the roll, by person; the rows of the persons are held first."""
    ids = [one.person_id for one in kept]
    list(Person.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    held = Membership.objects.filter(person__in=ids, ends_on__isnull=True)
    return {one.person_id: one for one in held}


def _require_everywhere(by: Actor, org_ids: set[int | None]) -> None:
    for org in Org.objects.filter(pk__in=[pk for pk in org_ids if pk]):
        actors.require(by, Act.SEND, at=org)


def _write(changed: Sequence[Transfer], fields: Sequence[str]) -> None:
    Transfer.objects.bulk_update(changed, fields, batch_size=100)


def _note(
    changed: Sequence[Transfer],
    verb: str,
    *,
    at: datetime,
    by: Actor,
    detail: Mapping[str, object] = NOTHING,
) -> None:
    ids = [one.pk for one in changed]
    audit.record_many(by=by, verb=verb, model=Transfer, ids=ids, at=at, detail=detail)


def _tell(
    changed: Sequence[Transfer],
    *,
    text: str,
    at: datetime,
    by: Actor,
    title: str = "组织关系转接有进展",
) -> None:
    if changed:
        Telling(at, by).say(changed, title=title, text=text)
