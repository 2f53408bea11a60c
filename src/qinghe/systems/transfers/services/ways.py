"""A transfer in hand: whose turn it is, what it needs, where it goes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import rules as org_rules
from qinghe.kernel.people.models import Membership
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.transfers import models, queries, rules
from qinghe.systems.transfers.access import Act

from .telling import Telling

Transfer = models.Transfer
Kind, Side, State = Transfer.Kind, Transfer.Side, Transfer.State


@dataclass(frozen=True)
class Way:
    """A transfer that somebody acts on at a moment; its row is held until the transaction ends."""

    transfer: Transfer
    at: datetime
    by: Actor

    @classmethod
    def held(cls, transfer: Transfer, *, at: datetime, by: Actor) -> Way:
        """Return a transfer read anew once nobody else holds it."""
        return cls(queries.held_rows(by).get(pk=transfer.pk), at, by)

    @property
    def today(self) -> date:
        """Return the local day of the act."""
        return local_day(self.at)

    def require_side(self) -> None:
        """Refuse whoever does not belong to the side that began. Raises Refused: not_allowed."""
        one = self.transfer
        if one.side == Side.MEMBER:
            if self.by.person_id != one.person_id:
                raise Refused("not_allowed", "这件转接由团员本人发起，只能由本人办理；没有改动。")
            return
        act = Act.SEND if one.side == Side.SENDER else Act.RECEIVE
        actors.require(self.by, act, at=one.end_of(one.side))

    def require_desk(self) -> None:
        """Refuse whoever is not at the desk where it lies, or is to be moved by it themself.

        Raises Refused: not_allowed, own_transfer.
        """
        act = queries.desk_act(self.by, self.transfer)
        actors.require(self.by, act, at=self.transfer.desk)
        self.check_not_own()

    def check_not_own(self) -> None:
        """Refuse who would let themself go, or take themself in. Raises Refused: own_transfer."""
        rules.check_not_own(decider_id=self.by.person_id, member_id=self.transfer.person_id)

    def place(self) -> Membership:
        """Return the place on the roll that it ends. Raises Refused: not_on_roll, moved_meanwhile."""
        return self.check_stay(queries.held_place(self.by, self.transfer.person))

    def check_stay(self, stay: Membership | None) -> Membership:
        """Return where they stand, or refuse to move who no longer stands where they were let go.

        Raises Refused: not_on_roll, moved_meanwhile.
        """
        one = self.transfer
        rules.check_on_roll(is_member=stay is not None, name=one.person.name)
        if stay is None:
            raise ValueError("a member who stands nowhere was let pass")
        from_closed = one.from_org is not None and one.from_org.closed_on is not None
        rules.check_still_there(same=stay.org_id == one.from_org_id, from_closed=from_closed)
        return stay

    def check_no_other(self, ways: Mapping[int, str]) -> None:
        """Refuse to move whose place on the roll something else may end. Raises Refused: under_way."""
        person = self.transfer.person
        rules.check_no_other_way(words=ways.get(person.pk, ""), name=person.name)

    def check_route(self) -> None:
        """Refuse a way that its kind does not allow (T-61). Raises what start_transfer raises."""
        one = self.transfer
        rules.check_leads_out(kind=one.kind, outside=one.outside)
        rules.check_letter(kind=one.kind, letter=one.letter)
        rules.check_term(kind=one.kind, term_on=one.term_on)
        if one.kind == Kind.OUT:
            return
        into = one.to_org
        if into is None:
            raise Refused("whereto", "请选择转入的团组织，没有提交。")
        if into.pk == one.from_org_id:
            raise Refused("same_org", f"团员已在{into.name}，没有提交；请另选转入的团组织。")
        org_rules.check_takes_new(closed_on=into.closed_on, name=into.name)
        rules.check_target(
            kind=one.kind,
            org_kind=into.kind,
            level=into.level,
            sector=into.sector,
            name=into.name,
        )

    def check_acceptable(self) -> None:
        """Refuse to take in what is not there to be taken in. Raises Refused: wrong_state, paused."""
        one = self.transfer
        rules.check_move(now=one.state, to=State.PLACED)
        rules.check_not_paused(suspended_on=one.suspended_on)
        if one.kind == Kind.OUT or one.accepted_on is not None:
            raise Refused("wrong_state", "这件转接现在不需要接收，没有改动，请刷新后再看。")

    def put_on(self, state: str, *, days: int | None = None) -> None:
        """Lay it on the desk where it goes next, with days of its own (T-64)."""
        if days is None:
            days = queries.terms_on(self.by, self.today).timeout_days
        one = self.transfer
        one.state = State(state)
        one.desk = one.desk_in(state)
        one.moved_on = self.today
        one.due_on = rules.due_after(day=self.today, days=days)

    def note(self, verb: str, **detail: str) -> None:
        """Write it down in the trail."""
        audit.record(by=self.by, verb=verb, subject=self.transfer, at=self.at, detail=detail)

    def tell(self, title: str, text: str) -> None:
        """Tell the member, and whoever began for them."""
        Telling(self.at, self.by).say([self.transfer], title=title, text=text)
