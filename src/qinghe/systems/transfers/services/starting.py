"""Beginning a transfer, mending it, sending it on its way."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import queries as persons
from qinghe.kernel.people import rules as people_rules
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.transfers import models, queries, rules
from qinghe.systems.transfers.access import Act

from .ways import Kind, Side, State, Transfer, Way

MENDABLE = ("kind", "to_org", "outside", "letter", "term_on", "note")


@dataclass(frozen=True)
class Mended:
    """What can be written anew before a transfer is sent."""

    kind: str
    to_org: Org | None = None
    outside: str = ""
    letter: str = ""
    term_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class NewTransfer(Mended):
    """A transfer to begin: of whom, and by which side."""

    person: Person | None = None
    newcomer: people.NewPerson | None = None  # who comes from outside and is not on the books
    side: str = Side.SENDER


@transaction.atomic
def start_transfer(
    *, new: NewTransfer, as_draft: bool = False, at: datetime, by: Actor
) -> Transfer:
    """Begin a transfer for the side that one belongs to, and send it, unless it is a draft (T-60).

    Raises Refused: not_allowed, own_transfer, not_on_roll, already_member, left_league, already_open, wrong_side, whereto,
    no_league, not_a_school, not_local, letter_needed, term_needed, same_org, org_closed, bad_number,
    number_taken, in_future, abroad, under_way.
    """
    today = local_day(at)
    person = _person(new, at=at, by=by)
    place = queries.held_place(by, person)
    made = Transfer(
        person=person,
        from_org=None if new.kind == Kind.IN or place is None else place.org,
        side=new.side,
        started_by_id=by.person_id,
        started_on=today,
        moved_on=today,
    )
    way = Way(made, at, by)
    _write(made, new)
    rules.check_side(side=made.side, kind=made.kind)
    _check_roll(made, is_member=place is not None)
    if made.kind != Kind.OUT and made.to_org is None:
        raise Refused("whereto", "请选择转入的团组织，没有提交。")
    way.require_side()
    is_open = Transfer.objects.filter(person=person, state__in=models.OPEN).exists()
    rules.check_none_open(is_open=is_open, name=person.name)
    rules.check_not_abroad(is_abroad=queries.is_abroad(by, person), name=person.name)
    way.check_no_other(queries.other_ways(by, [person.pk]))
    _check(way)
    made.desk = made.desk_in(State.DRAFT)
    if not as_draft:
        _send(way)
    made.save()
    way.note("transfers.start", **_said(made))
    if not as_draft:
        _tell_sent(way)
    return made


@transaction.atomic
def change_transfer(*, transfer: Transfer, new: Mended, at: datetime, by: Actor) -> Transfer:
    """Mend a draft, or what was returned. Raises Refused: wrong_state and what start_transfer raises."""
    way = Way.held(transfer, at=at, by=by)
    kept = way.transfer
    way.require_side()
    rules.check_mendable(state=kept.state)
    if (new.kind == Kind.IN) != (kept.kind == Kind.IN):
        raise Refused("wrong_side", "从区外转入的和区内的不能互改，没有改动；请撤回后重新发起。")
    _write(kept, new)
    rules.check_side(side=kept.side, kind=kept.kind)
    _check(way)
    way.require_side()  # at the end that is written now, too
    kept.desk = kept.desk_in(kept.state)
    kept.save()
    way.note("transfers.change", **_said(kept))
    return kept


@transaction.atomic
def send_transfer(*, transfer: Transfer, at: datetime, by: Actor) -> Transfer:
    """Send a draft, or again what was returned and mended.

    Raises Refused: not_allowed, own_transfer, wrong_state, moved_meanwhile and what start_transfer raises.
    """
    way = Way.held(transfer, at=at, by=by)
    kept = way.transfer
    way.require_side()
    rules.check_mendable(state=kept.state)
    if kept.kind == Kind.IN:
        _check_roll(kept, is_member=queries.held_place(by, kept.person) is not None)
    else:
        way.place()
    way.check_no_other(queries.other_ways(by, [kept.person_id]))
    _check(way)
    _send(way)
    kept.save()
    way.note("transfers.send", **_said(kept))
    _tell_sent(way)
    return kept


@transaction.atomic
def mend_and_send(*, transfer: Transfer, new: Mended, at: datetime, by: Actor) -> Transfer:
    """Mend what was returned and send it again, both or neither; raises what the two raise."""
    mended = change_transfer(transfer=transfer, new=new, at=at, by=by)
    return send_transfer(transfer=mended, at=at, by=by)


def _person(new: NewTransfer, *, at: datetime, by: Actor) -> Person:
    if new.person is not None:
        return new.person
    if new.newcomer is None or new.kind != Kind.IN or new.to_org is None:
        raise Refused("not_on_roll", "没有找到这位团员，没有提交。")
    actors.require(by, Act.RECEIVE, at=new.to_org)
    return people.add_person(new=new.newcomer, at=at, by=by)


def _write(transfer: Transfer, new: Mended) -> None:
    for name in MENDABLE:
        value = getattr(new, name)
        setattr(transfer, name, value.strip() if isinstance(value, str) else value)
    if transfer.kind not in rules.BOUND:
        transfer.outside = ""
    if transfer.kind == Kind.OUT:
        transfer.to_org = None


def _check_roll(transfer: Transfer, *, is_member: bool) -> None:
    if transfer.kind != Kind.IN:
        rules.check_on_roll(is_member=is_member, name=transfer.person.name)
    elif is_member:
        raise Refused(
            "already_member", f"{transfer.person.name}已在本区团员名册上，请按区内转接办理。"
        )
    else:
        left_on = persons.left_on([transfer.person.pk]).get(transfer.person.pk)
        people_rules.check_in_league(left_on=left_on, name=transfer.person.name)


def _check(way: Way) -> None:
    way.check_route()
    if way.transfer.to_org:
        orgs.check_takes_new(org=way.transfer.to_org)


def _send(way: Way) -> None:
    """Lay it on the first desk; whoever began has agreed by that, and what came before is void.

    Who goes themself begins as the member: for a side another agrees. Raises Refused: own_transfer.
    """
    one = way.transfer
    if one.side != Side.MEMBER:
        way.check_not_own()
    has_let_go = one.side == Side.SENDER or one.kind == Kind.IN
    one.let_go_on = way.today if has_let_go else None
    one.accepted_on = way.today if one.side == Side.RECEIVER else None
    one.reason = ""
    one.sent_on = way.today
    way.put_on(rules.first_stop(side=one.side, kind=one.kind))


def _said(transfer: Transfer) -> dict[str, str]:
    return {
        "kind": transfer.get_kind_display(),
        "from": transfer.origin,
        "to": transfer.target,
        "state": transfer.get_state_display(),
    }


def _tell_sent(way: Way) -> None:
    one = way.transfer
    way.tell(
        "组织关系转接已发起",
        f"您的组织关系从{one.origin}转往{one.target}，现在{one.get_state_display()}。",
    )
