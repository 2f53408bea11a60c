"""The ways out: of age by the branch, all else by the branch and the committee above (T-66)."""

from datetime import date

import pytest
from django.db import IntegrityError

from qinghe.kernel.audit.models import Entry
from qinghe.kernel.notices.models import Notice
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import LeagueFile, LeftAs
from qinghe.lib.verdicts import Refused
from qinghe.systems.rolls import services
from qinghe.systems.rolls.models import Leaving
from tests.cast import CLERK, NOW, TODAY

from .makers import (
    dropped,
    make_filed,
    make_member,
    memberships_of,
    open_file,
    propose,
    prove,
    resigned,
)

pytestmark = pytest.mark.django_db
OLD = date(1994, 7, 1)


def refused(do):
    with pytest.raises(Refused) as refusal:
        do()
    return refusal.value.code


def leave(member, *, by, on=TODAY):
    return services.leave_of_age(members=[member], on=on, at=NOW, by=by)


def approve(leaving, *, by, on=TODAY):
    return services.approve_leaving(leaving=leaving, on=on, at=NOW, by=by)


def test_the_branch_confirms_who_is_28_and_all_is_closed_at_once(cast):
    member = make_filed(org=cast.branch, born=OLD)

    (left,) = leave(member, by=cast.luo, on=date(2022, 7, 1))

    file = LeagueFile.objects.get(person=member.person)
    assert (left.state, left.leaves_on) == ("approved", date(2022, 7, 1))
    assert (file.left_on, file.left_as) == (date(2022, 7, 1), LeftAs.OF_AGE)
    assert memberships_of("K001")[0].ends_on == date(2022, 7, 1)
    assert Notice.objects.filter(person=member.person).count() == 1
    verbs = set(Entry.objects.order_by("-seq").values_list("verb", flat=True)[:3])
    assert verbs == {"people.end_membership", "people.leave_league", "rolls.leave_of_age"}


def test_nobody_leaves_for_their_age_too_early_or_out_of_a_post(cast):
    young = make_filed(org=cast.branch)
    holder = make_filed(org=cast.branch, number="K002", name="季小山", born=OLD)
    post = people.NewPost("团支部副书记", "part_time", date(2021, 9, 1))
    people.appoint(person=holder.person, org=cast.branch, new=post, at=NOW, by=CLERK)
    bare = make_member("K003", "江小河", org=cast.branch, born=OLD)

    found = [refused(lambda who=who: leave(who, by=cast.luo)) for who in (young, holder, bare)]

    assert found == ["not_of_age", "holds_post", "no_file"]


def test_of_many_all_leave_or_nobody(cast):
    old = make_filed(org=cast.branch, born=OLD)
    bare = make_member("K003", "江小河", org=cast.branch, born=OLD)

    with pytest.raises(Refused):
        services.leave_of_age(members=[old, bare], on=TODAY, at=NOW, by=cast.luo)

    assert not Leaving.objects.exists()
    assert memberships_of("K001")[0].ends_on is None


def test_a_wish_goes_up_and_is_granted_by_other_eyes(cast):
    member = make_filed(org=cast.branch)
    asked = prove(propose(member, by=cast.luo), by=cast.luo)

    done = approve(asked, by=cast.tang)

    file = LeagueFile.objects.get(person=member.person)
    assert (done.state, done.decided_by_id) == ("approved", cast.tang.person_id)
    assert (file.left_on, file.left_as) == (TODAY, LeftAs.RESIGNED)
    assert memberships_of("K001")[0].ends_on == TODAY
    told = Notice.objects.filter(title="离团手续已经办结")
    assert set(told.values_list("person", flat=True)) == {
        member.person_id,
        cast.luo.person_id,
    }


def test_who_dropped_out_is_struck_off(cast):
    asked = prove(propose(make_filed(org=cast.branch), by=cast.luo, new=dropped()), by=cast.luo)

    approve(asked, by=cast.tang)

    assert LeagueFile.objects.get().left_as == LeftAs.DROPPED


def test_nothing_is_decided_without_the_paper(cast):
    asked = propose(make_filed(org=cast.branch), by=cast.luo)

    assert refused(lambda: approve(asked, by=cast.tang)) == "evidence_needed"


def test_the_branch_does_not_decide_nor_who_proposed(cast):
    asked = prove(propose(make_filed(org=cast.branch), by=cast.tang), by=cast.tang)

    assert refused(lambda: approve(asked, by=cast.luo)) == "not_allowed"
    assert refused(lambda: approve(asked, by=cast.tang)) == "same_eyes"
    assert approve(asked, by=cast.chen).state == "approved"


def test_a_school_does_not_decide_about_its_own_roll(cast):
    asked = prove(propose(make_filed(org=cast.school), by=cast.lin), by=cast.lin)

    assert refused(lambda: approve(asked, by=cast.tang)) == "not_allowed"


def test_a_refusal_leaves_the_member_on_the_roll_and_says_why(cast):
    asked = propose(make_filed(org=cast.branch), by=cast.luo)

    services.refuse_leaving(leaving=asked, reason="请再与本人谈一次", at=NOW, by=cast.tang)
    again = propose(asked.person.memberships.get(), by=cast.luo)
    services.withdraw_leaving(leaving=again, reason="本人收回申请", at=NOW, by=cast.luo)

    assert memberships_of("K001")[0].ends_on is None
    assert sorted(Leaving.objects.values_list("state", flat=True)) == ["refused", "withdrawn"]
    assert refused(lambda: approve(again, by=cast.tang)) == "wrong_state"


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (resigned(asked_on=None), "request_needed"),
        (resigned(asked_on=date(2022, 6, 21)), "wrong_order"),
        (resigned(resolved_on=date(2022, 7, 4)), "in_future"),
        (resigned(reason="走"), "reason_needed"),
        (dropped(ground=""), "ground_needed"),
        (dropped(since=date(2021, 12, 21)), "too_early"),
    ],
)
def test_proposals_refused(cast, new, code):
    member = make_filed(org=cast.branch)

    assert refused(lambda: propose(member, by=cast.luo, new=new)) == code


def test_one_leaving_at_a_time_and_only_from_ones_own_roll(cast):
    member = make_filed(org=cast.branch)
    asked = prove(propose(member, by=cast.luo), by=cast.luo)

    assert refused(lambda: propose(member, by=cast.luo)) == "already_leaving"
    assert refused(lambda: propose(member, by=cast.zhou)) == "not_allowed"
    people.end_membership(membership=member, on=TODAY, at=NOW, by=CLERK)
    assert refused(lambda: approve(asked, by=cast.tang)) == "not_on_the_roll"
    assert refused(lambda: propose(member, by=cast.luo)) == "not_on_the_roll"


def test_the_day_is_not_before_the_meeting_nor_ahead(cast):
    asked = prove(propose(make_filed(org=cast.branch), by=cast.luo), by=cast.luo)

    for on, code in ((date(2022, 6, 19), "wrong_order"), (date(2022, 7, 4), "in_future")):
        assert refused(lambda on=on: approve(asked, by=cast.tang, on=on)) == code


def test_the_database_wants_two_pairs_of_eyes(cast):
    asked = propose(make_filed(org=cast.branch), by=cast.luo)

    with pytest.raises(IntegrityError):
        Leaving.objects.filter(pk=asked.pk).update(
            state="refused", decided_by=cast.luo.person_id, decided_at=NOW
        )


def test_who_keeps_the_roll_opens_and_corrects_the_file(cast):
    member = make_member(org=cast.branch)
    new = people.NewFile(date(2018, 5, 4), "")

    services.open_file(member=member, new=new, at=NOW, by=cast.luo)
    filled = people.NewFile(date(2018, 5, 4), "201844000001", date(2021, 6, 1))
    file = services.change_file(member=member, new=filled, at=NOW, by=cast.luo)

    assert (file.number, file.party_on) == ("201844000001", date(2021, 6, 1))
    wrong = people.NewFile(date(2018, 5, 4), "201844000002")
    again = {"member": member, "new": wrong, "at": NOW}
    assert refused(lambda: services.change_file(**again, by=cast.luo)) == "number_stands"
    assert refused(lambda: services.change_file(**again, by=cast.zhou)) == "not_allowed"


def test_a_file_is_kept_where_the_member_stands(cast):
    member = make_member(org=cast.branch)
    open_file(member)
    people.end_membership(membership=member, on=TODAY, at=NOW, by=CLERK)
    new = people.NewFile(date(2016, 5, 4))

    code = refused(lambda: services.change_file(member=member, new=new, at=NOW, by=cast.luo))

    assert code == "not_on_the_roll"
