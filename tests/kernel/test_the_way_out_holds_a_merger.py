"""Members are not moved together while the way out of the League of one of them waits (T-65)."""

from datetime import date

import pytest

from qinghe.kernel.people.models import Membership
from qinghe.lib.verdicts import Refused
from qinghe.systems.directory import services as directory
from qinghe.systems.reorganising import services, tasks
from qinghe.systems.reorganising.models import Plan
from qinghe.systems.reorganising.tests.makers import (
    IN_JUNE,
    IN_MAY,
    JUNE,
    approved,
    drafted,
    make_ground,
    standing,
    step,
)
from qinghe.systems.rolls import rules as roll_rules
from qinghe.systems.rolls import services as rolls
from qinghe.systems.rolls.models import Expulsion
from qinghe.systems.rolls.tests import makers as roll_makers
from tests.kept import kept

MERGE = step("merge", "HG-2", "HG-1")


@kept
def ground():
    return make_ground()


def expelling(ground, member):
    """Put a member forward for expulsion, as the branch resolved."""
    new = rolls.NewExpulsion(
        conduct="查证属实的违纪事实",
        hearing=Expulsion.Hearing.PRESENT,
        heard_on=date(2022, 5, 5),
        resolved_on=date(2022, 5, 6),
        ballot=roll_rules.Ballot(entitled=3, present=3, agreed=3, opposed=0, abstained=0),
        statement="本人到会说明了经过",
    )
    place = Membership.objects.get(person=member, ends_on=None)
    roll_makers.open_file(place, joined_on=date(2019, 6, 1))
    return rolls.propose_expulsion(member=place, new=new, at=IN_MAY, by=ground.second_officer)


@pytest.mark.parametrize("moving", [MERGE, step("members", "HG-2", "HG-1", whom="all")])
def test_a_plan_names_them_beforehand_and_is_not_sent(ground, moving):
    expulsion = expelling(ground, ground.members[3])
    plan = drafted(ground, moving)

    seen = services.preview_plan(plan=plan, at=IN_JUNE, by=ground.cast.lin)
    with pytest.raises(Refused) as refused:
        services.submit_plan(plan=plan, at=IN_JUNE, by=ground.cast.lin)

    assert "横岗第二团支部的团员M004有尚未办结的团籍事项" in seen.trouble
    assert "开除" not in seen.trouble  # which way it is stays with those whose work it is
    assert refused.value.code == "unfit"
    rolls.refuse_expulsion(
        expulsion=expulsion, reason="事实还要再查", at=IN_JUNE, by=ground.cast.lin
    )
    assert approved(ground, moving).state == Plan.State.CARRIED_OUT
    assert standing(ground.members[3]) == ["HG-1"]


def test_a_plan_whose_day_finds_one_changes_nothing_and_says_so(ground):
    plan = approved(ground, MERGE, at=IN_MAY)
    expelling(ground, ground.members[4])

    tasks.carry_out(at=IN_JUNE)

    plan.refresh_from_db()
    assert plan.state == Plan.State.REFUSED
    assert "团员M005有尚未办结的团籍事项" in plan.answer
    assert standing(ground.members[4]) == ["HG-2"]


def test_who_is_not_moved_holds_nobody_up(ground):
    expelling(ground, ground.members[0])
    moved = ground.members[1]

    approved(ground, step("members", "HG-1", "HG-2", whom="listed", persons=(moved.pk,)))

    assert standing(moved) == ["HG-2"]


def test_a_merger_by_hand_waits_as_well(ground):
    expelling(ground, ground.members[3])

    with pytest.raises(Refused) as refused:
        directory.merge_org(
            org=ground.second, into=ground.first, on=JUNE, at=IN_JUNE, by=ground.cast.lin
        )

    assert refused.value.code == "under_way"
    assert standing(ground.members[3]) == ["HG-2"]
