"""The end of a transfer: a member is placed in a branch, or another district sends its receipt."""

from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import services as people
from qinghe.lib.verdicts import Refused
from qinghe.systems.transfers import queries, rules
from qinghe.systems.transfers.access import Act

from .ways import Kind, State, Transfer, Way


@transaction.atomic
def place_transfer(*, transfer: Transfer, into: Org, on: date, at: datetime, by: Actor) -> Transfer:
    """Place a member in a branch of the receiving committee (T-60); that also takes them in.

    Their old place on the roll ends on the day the new one begins (T-65). Raises Refused:
    not_allowed, wrong_state, paused, not_below, not_a_branch, wrong_day, not_on_roll,
    moved_meanwhile, same_org, ends_before_start, org_closed, already_member, too_young.
    """
    way = Way.held(transfer, at=at, by=by)
    kept = way.transfer
    way.require_desk()
    rules.check_move(now=kept.state, to=State.PLACED)
    if kept.kind == Kind.OUT:
        raise Refused("wrong_state", "转出本区的以区外回执办结，没有改动；请登记回执。")
    rules.check_not_paused(suspended_on=kept.suspended_on)
    receiver = kept.end_of(kept.Side.RECEIVER)
    actors.require(by, Act.RECEIVE, at=receiver)
    under = orgs.now_of(receiver)  # merged meanwhile: its branches are there
    if not into.path.startswith(under.path):
        raise Refused("not_below", f"{into.name}不在{under.name}之下，没有编入；请另选团支部。")
    rules.check_takes_placement(org_kind=into.kind, name=into.name)
    rules.check_in_time_order(on=on, since=kept.started_on, today=way.today)
    _move(way, into=into, on=on)
    kept.accepted_on = kept.accepted_on or way.today
    kept.placed_in = into
    kept.close(State.PLACED, on=on)
    kept.save()
    way.note("transfers.place", into=into.name, on=str(on))
    way.tell(
        "组织关系转接已办结",
        f"已编入{into.name}，团籍自{on.isoformat()}起在新的团支部。",
    )
    return kept


@transaction.atomic
def record_receipt(
    *, transfer: Transfer, receipt: str, on: date, at: datetime, by: Actor
) -> Transfer:
    """Write down the receipt of another district: only now does the member leave the roll (T-63).

    Raises Refused: not_allowed, wrong_state, paused, receipt_needed, wrong_day, not_on_roll,
    moved_meanwhile, ends_before_start.
    """
    way = Way.held(transfer, at=at, by=by)
    kept = way.transfer
    way.require_desk()
    rules.check_move(now=kept.state, to=State.PLACED)
    if kept.kind != Kind.OUT:
        raise Refused("wrong_state", "区内转接由转入方编入团支部，不登记回执；没有改动。")
    rules.check_not_paused(suspended_on=kept.suspended_on)
    if not receipt.strip():
        raise Refused("receipt_needed", "请填写区外组织的回执编号，没有保存；团籍没有变动。")
    rules.check_in_time_order(on=on, since=kept.started_on, today=way.today)
    people.end_membership(membership=way.place(), on=on, at=at, by=by)
    kept.receipt = receipt.strip()
    kept.accepted_on = on
    kept.close(State.PLACED, on=on)
    kept.save()
    way.note("transfers.record_receipt", receipt=kept.receipt, on=str(on))
    way.tell(
        "组织关系转接已办结",
        f"{kept.outside}已接收，本区团籍于{on.isoformat()}终止。",
    )
    return kept


def _move(way: Way, *, into: Org, on: date) -> None:
    person, at, by = way.transfer.person, way.at, way.by
    if way.transfer.kind == Kind.IN:
        queries.held_place(by, person)
        people.admit_member(person=person, org=into, starts_on=on, at=at, by=by)
        return
    people.transfer_member(membership=way.place(), into=into, on=on, at=at, by=by)
