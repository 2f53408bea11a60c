"""The end of a transfer: a member is placed in a branch, or another district sends its receipt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs import rules as org_rules
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import queries as persons
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Membership
from qinghe.lib.verdicts import Refused
from qinghe.systems.transfers import queries, rules
from qinghe.systems.transfers.access import Act

from .ways import Kind, Side, State, Transfer, Way

SETTLED = "组织关系转接已办结"


@dataclass(frozen=True)
class Placing:
    """A branch where members are placed on a day, with what is asked once for all of them.

    `under` tells who goes on for each receiving committee: one that was merged meanwhile has its
    branches there. `left` tells who of those from outside had left the League, `others` whose place
    on the roll something else may end.
    """

    into: Org
    on: date
    under: Mapping[int, Org]
    left: Mapping[int, date]
    others: Mapping[int, str]

    @classmethod
    def of(cls, transfers: Iterable[Transfer], *, into: Org, on: date, by: Actor) -> Placing:
        """Return it for some transfers; the branch is read anew."""
        found = list(transfers)
        receivers = {one.to_org.pk: one.to_org for one in found if one.to_org is not None}
        return cls(
            into=Org.objects.get(pk=into.pk),
            on=on,
            under={pk: orgs.now_of(org) for pk, org in receivers.items()},
            left=persons.left_on(one.person_id for one in found if one.kind == Kind.IN),
            others=queries.other_ways(by, [one.person_id for one in found]),
        )

    def check(self, way: Way, *, stay: Membership | None) -> None:
        """Refuse whom the branch cannot take that day. Raises what place_transfer raises."""
        one, into = way.transfer, self.into
        way.require_desk()
        rules.check_move(now=one.state, to=State.PLACED)
        if one.kind == Kind.OUT:
            raise Refused("wrong_state", "转出本区的以区外回执办结，没有改动；请登记回执。")
        rules.check_not_paused(suspended_on=one.suspended_on)
        receiver = one.end_of(Side.RECEIVER)
        actors.require(way.by, Act.RECEIVE, at=receiver)
        under = self.under[receiver.pk]
        if not into.path.startswith(under.path):
            raise Refused("not_below", f"{into.name}不在{under.name}之下，没有编入；请另选团支部。")
        rules.check_takes_placement(org_kind=into.kind, name=into.name)
        rules.check_in_time_order(on=self.on, since=one.started_on, today=way.today)
        self._check_roll(way, stay=stay)
        org_rules.check_takes_new(closed_on=into.closed_on, name=into.name)

    def close(self, way: Way) -> None:
        """Write the end of the way into a transfer; who is placed has been taken in, too."""
        one = way.transfer
        one.accepted_on = one.accepted_on or way.today
        one.placed_in = self.into
        one.close(State.PLACED, on=self.on)

    @property
    def words(self) -> str:
        """Return what a member is told."""
        return f"已编入{self.into.name}，团籍自{self.on.isoformat()}起在新的团支部。"

    @property
    def detail(self) -> dict[str, str]:
        """Return what the trail says of it."""
        return {"into": self.into.name, "on": str(self.on)}

    def _check_roll(self, way: Way, *, stay: Membership | None) -> None:
        person = way.transfer.person
        if way.transfer.kind != Kind.IN:
            leaving = way.check_stay(stay)
            way.check_no_other(self.others)
            people.check_transfer(leaving=leaving, into=self.into, on=self.on, today=way.today)
            return
        people.check_admission(
            person=person,
            is_member=stay is not None,
            left_on=self.left.get(person.pk),
            starts_on=self.on,
            today=way.today,
        )


@transaction.atomic
def place_transfer(*, transfer: Transfer, into: Org, on: date, at: datetime, by: Actor) -> Transfer:
    """Place a member in a branch of the receiving committee (T-60); that also takes them in.

    Their old place on the roll ends on the day the new one begins (T-65). Raises Refused:
    not_allowed, wrong_state, paused, not_below, not_a_branch, wrong_day, not_on_roll,
    moved_meanwhile, under_way, same_org, ends_before_start, org_closed, already_member, left_league, too_young.
    """
    way = Way.held(transfer, at=at, by=by)
    kept = way.transfer
    stay = queries.held_place(by, kept.person)
    placing = Placing.of([kept], into=into, on=on, by=by)
    placing.check(way, stay=stay)
    if stay is None:
        people.admit_member(person=kept.person, org=placing.into, starts_on=on, at=at, by=by)
    else:
        people.transfer_member(membership=stay, into=placing.into, on=on, at=at, by=by)
    placing.close(way)
    kept.save()
    way.note("transfers.place", **placing.detail)
    way.tell(SETTLED, placing.words)
    return kept


@transaction.atomic
def record_receipt(
    *, transfer: Transfer, receipt: str, on: date, at: datetime, by: Actor
) -> Transfer:
    """Write down the receipt of another district: only now does the member leave the roll (T-63).

    Raises Refused: not_allowed, own_transfer, wrong_state, paused, receipt_needed, wrong_day, not_on_roll,
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
        SETTLED,
        f"{kept.outside}已接收，本区团籍于{on.isoformat()}终止。",
    )
    return kept
