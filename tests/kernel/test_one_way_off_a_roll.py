"""A member leaves a roll by one way at a time: by a transfer, or out of the League (T-65, T-66)."""

from dataclasses import dataclass
from datetime import date

import pytest

from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import LeagueFile, LeftAs, Membership, Person
from qinghe.lib.verdicts import Refused
from qinghe.systems.rolls import rules as roll_rules
from qinghe.systems.rolls import services as rolls
from qinghe.systems.rolls.models import Expulsion
from qinghe.systems.rolls.tests import makers as roll_makers
from qinghe.systems.transfers import services as transfers
from qinghe.systems.transfers.models import Transfer
from qinghe.systems.transfers.tests import makers
from tests.cast import CLERK, NOW, TODAY

pytestmark = pytest.mark.django_db
NEW = rolls.NewExpulsion(
    conduct="查证属实的违纪事实",
    hearing=Expulsion.Hearing.PRESENT,
    heard_on=date(2022, 6, 18),
    resolved_on=date(2022, 6, 20),
    ballot=roll_rules.Ballot(entitled=10, present=9, agreed=8, opposed=1, abstained=0),
    statement="本人到会说明了经过",
)


FROM_OUTSIDE = {"kind": "in", "outside": "广州市天河区团委", "letter": "天河介字第17号"}


@dataclass(frozen=True)
class Stands:
    """The ground of transfers, whose member has a file."""

    ground: makers.Ground

    @property
    def member(self) -> Membership:
        return self.ground.place

    def expel(self) -> Expulsion:
        return rolls.propose_expulsion(member=self.member, new=NEW, at=NOW, by=self.ground.cast.luo)

    def resign(self):
        return roll_makers.propose(self.member, by=self.ground.cast.luo)


@pytest.fixture
def stands():
    ground = makers.make_ground()
    roll_makers.open_file(ground.place, joined_on=date(2019, 6, 1))
    return Stands(ground)


def refusal(do):
    with pytest.raises(Refused) as refused:
        do()
    return refused.value


WAYS_OUT = ["expel", "resign"]


@pytest.mark.parametrize("way_out", WAYS_OUT)
@pytest.mark.parametrize("begin", [makers.own, makers.sent, makers.asked])
def test_no_side_begins_a_transfer_while_a_way_out_waits(stands, way_out, begin):
    getattr(stands, way_out)()

    said = refusal(lambda: begin(stands.ground))

    assert said.code == "under_way"
    assert "甘小棠有尚未办结的团籍事项，没有办理转接" in said.reason
    assert "开除" not in said.reason  # which way it is stays with those whose work it is
    assert not Transfer.objects.exists()


@pytest.mark.parametrize("way_out", WAYS_OUT)
def test_neither_does_a_class_with_such_a_member(stands, way_out):
    ground = stands.ground
    new = transfers.Mended(kind="work", to_org=ground.cast.enterprise)
    draft = {"memberships": [stands.member], "new": new, "at": NOW, "by": ground.cast.tang}
    transfers.draft_together(**draft)
    getattr(stands, way_out)()  # a draft binds nobody

    outcome = transfers.send_many(
        transfers=list(Transfer.objects.all()), at=NOW, by=ground.cast.tang
    )
    alone = refusal(
        lambda: transfers.send_transfer(
            transfer=Transfer.objects.get(), at=NOW, by=ground.cast.tang
        )
    )
    transfers.withdraw_transfer(
        transfer=Transfer.objects.get(), reason="另行办理", at=NOW, by=ground.cast.tang
    )

    assert outcome.done == 0
    assert "尚未办结的团籍事项" in str(outcome.refused)
    assert alone.code == "under_way"
    assert refusal(lambda: transfers.draft_together(**draft)).code == "under_way"


@pytest.mark.parametrize("way_out", WAYS_OUT)
def test_no_way_out_begins_while_a_transfer_is_under_way(stands, way_out):
    ground = stands.ground
    sent = makers.own(ground)
    waits = refusal(getattr(stands, way_out))
    makers.approve(sent, ground.cast.luo)
    agreed = refusal(getattr(stands, way_out))
    transfers.reject_transfer(transfer=sent, reason="先办结团内事项", at=NOW, by=ground.cast.liang)

    getattr(stands, way_out)()

    assert (waits.code, agreed.code) == ("under_way", "under_way")
    assert "一件正在办理的组织关系转接" in waits.reason
    again = {"transfer": sent, "at": NOW, "by": makers.actor_of(ground.member)}
    assert refusal(lambda: transfers.send_transfer(**again)).code == "under_way"


def test_after_the_decision_against_it_the_member_may_go(stands):
    expulsion = stands.expel()
    rolls.refuse_expulsion(
        expulsion=expulsion, reason="事实还要再查", at=NOW, by=stands.ground.cast.tang
    )

    assert makers.own(stands.ground).state == "out_pending"


def test_who_was_expelled_is_on_no_roll_by_a_transfer_from_outside(stands):
    ground = stands.ground
    expulsion = stands.expel()
    roll_makers.prove(expulsion, by=ground.cast.luo)
    rolls.approve_expulsion(expulsion=expulsion, on=TODAY, at=NOW, by=ground.cast.tang)
    assert refusal(lambda: makers.asked(ground, **FROM_OUTSIDE)).code == "left_league"


def test_nor_is_who_left_while_the_transfer_was_under_way(stands):
    ground = stands.ground
    people.end_membership(membership=stands.member, on=TODAY, at=NOW, by=CLERK)
    asked = makers.asked(ground, **FROM_OUTSIDE)
    file = LeagueFile.objects.get(person=ground.member)
    people.leave_league(file=file, how=LeftAs.RESIGNED, on=TODAY, at=NOW, by=CLERK)

    alone = refusal(lambda: makers.place(asked, ground.workshop, ground.cast.liang))
    together = transfers.place_many(
        transfers=[asked], into=ground.workshop, on=TODAY, at=NOW, by=ground.cast.liang
    )

    assert alone.code == "left_league"
    assert together.refused == {asked.pk: alone.reason}
    person = Person.objects.get(pk=ground.member.pk)
    assert makers.standing(person) == []
