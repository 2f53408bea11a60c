"""Two rows become one person: proposed by one, decided by another, and nobody gains a right by it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from qinghe.edges.api.models import Token
from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Role
from qinghe.kernel.access.models import Holding
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.people import queries as people_queries
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import LeagueFile, Membership, Person, Post
from qinghe.kernel.people.services import NewContact, NewFile, NewPost
from qinghe.lib.verdicts import Refused
from qinghe.systems.merging import queries, services
from qinghe.systems.merging.models import Merge
from tests.cast import CLERK, NOW, TODAY, actor
from tests.desk import at_once

from .makers import merge, person, propose, twins

pytestmark = pytest.mark.django_db


def refused(do):
    with pytest.raises(Refused) as refusal:
        do()
    return refusal.value.code


def test_what_is_told_about_a_duplicate_is_told_about_the_person(cast):
    kept, duplicate = twins(cast)
    post = people.appoint(
        person=duplicate, org=cast.branch,
        new=NewPost("组织委员", "part_time", TODAY), at=NOW, by=CLERK,
    )  # fmt: skip

    done = merge(kept, duplicate, cast=cast)

    duplicate.refresh_from_db()
    post.refresh_from_db()
    assert (done.state, done.merged_on) == ("done", TODAY)
    assert (duplicate.merged_into, duplicate.merged_on) == (kept, TODAY)
    assert post.person == kept
    assert not Membership.objects.filter(person=duplicate).exists()


def test_a_merged_row_is_in_no_list_and_its_number_leads_on(cast):
    kept, duplicate = twins(cast)

    merge(kept, duplicate, cast=cast)

    assert not Person.objects.filter(pk=duplicate.pk).exists()
    assert people_queries.by_number("K002") == kept
    again = people.NewPerson(number="K002", name="柯小舟")
    assert refused(lambda: people.add_person(new=again, at=NOW, by=CLERK)) == "number_taken"
    known = people.add_many(new=[again], at=NOW, by=CLERK, source={})
    assert known == {"K002": kept.pk}


def test_in_one_branch_the_earlier_entry_goes_on(cast):
    kept = person("K001", org=cast.branch, starts_on=date(2021, 9, 1))
    duplicate = person("K002", org=cast.branch, starts_on=date(2020, 9, 1))

    merge(kept, duplicate, cast=cast)

    stays = Membership.objects.filter(person=kept).order_by("starts_on")
    assert [(one.starts_on, one.ends_on) for one in stays] == [
        (date(2020, 9, 1), None),
        (date(2021, 9, 1), date(2021, 9, 1)),
    ]


def test_of_two_branches_one_is_chosen(cast):
    kept, duplicate = twins(cast, other_org=cast.school)
    asked = propose(kept, duplicate, by=cast.tang)

    code = refused(lambda: services.approve_merge(merge=asked, at=NOW, by=cast.chen))

    assert code == "choice_needed"
    Merge.objects.update(branch=cast.branch)
    services.approve_merge(merge=asked, at=NOW, by=cast.chen)
    assert Membership.objects.get(person=kept, ends_on=None).org == cast.branch


def test_of_two_league_files_one_is_chosen_and_the_other_is_written_down(cast):
    kept, duplicate = twins(cast)
    for one, number in ((kept, "201844000001"), (duplicate, "201844000002")):
        new = NewFile(joined_on=date(2018, 5, 4), number=number)
        people.open_league_file(person=one, new=new, at=NOW, by=CLERK)
    asked = propose(kept, duplicate, by=cast.luo)
    code = refused(lambda: services.approve_merge(merge=asked, at=NOW, by=cast.tang))
    Merge.objects.update(stands={"people.LeagueFile.person": duplicate.pk})

    done = services.approve_merge(merge=asked, at=NOW, by=cast.tang)

    assert code == "choice_needed"
    assert LeagueFile.objects.get().number == "201844000002"
    assert LeagueFile.objects.get().person == kept
    assert "201844000001" in done.dropped


def test_the_same_title_in_the_same_place_is_one_post(cast):
    kept, duplicate = twins(cast)
    for one in (kept, duplicate):
        people.appoint(
            person=one, org=cast.branch, new=NewPost("组织委员", "part_time", TODAY),
            at=NOW, by=CLERK,
        )  # fmt: skip

    merge(kept, duplicate, cast=cast)

    assert Post.objects.filter(person=kept, ends_on=None).count() == 1


def test_account_and_roles_never_pass_and_the_account_is_closed(cast):
    kept, duplicate = twins(cast)
    access.give_role(
        person=duplicate, role=Role.TEAM_LEADER, org=cast.branch, starts_on=TODAY, at=NOW, by=CLERK
    )
    user = access.open_account(person=duplicate, username="twin", at=NOW, by=CLERK)
    token = Token.objects.create(
        user=user, name="导出", begins="abc", digest="d", scopes=[], made_at=NOW,
        expires_at=NOW + timedelta(days=9),
    )  # fmt: skip

    merge(kept, duplicate, cast=cast)

    user.refresh_from_db()
    token.refresh_from_db()
    held = Holding.objects.get(person=duplicate)
    account = access_queries.account_of(duplicate)
    assert not Holding.objects.filter(person=kept).exists()
    assert access_queries.account_of(kept) is None
    assert held.ends_on == TODAY
    assert actor(Person.everybody.get(pk=duplicate.pk)).holdings == ()
    assert not user.is_active
    assert token.revoked_at == NOW
    assert (
        refused(lambda: access.enable_account(account=account, reason="恢复", at=NOW, by=cast.xu))
        == "merged"
    )


def test_a_role_that_the_decider_may_not_end_stops_the_merge(cast):
    kept, duplicate = twins(cast)
    held = Holding.objects.create(
        person=duplicate, role=Role.INSPECTOR, org=cast.branch, starts_on=TODAY
    )
    asked = propose(kept, duplicate, by=cast.luo)

    with pytest.raises(Refused, match="高一（1）团支部的巡查员") as refusal:
        services.approve_merge(merge=asked, at=NOW, by=cast.tang)

    assert refusal.value.code == "roles_left"
    held.refresh_from_db()
    assert held.ends_on is None


def test_whoever_holds_a_role_above_is_beyond_those_below(cast):
    kept, duplicate = twins(cast)
    access.give_role(
        person=duplicate, role=Role.STREET_SECRETARY, org=cast.henggang, starts_on=TODAY, at=NOW,
        by=CLERK,
    )  # fmt: skip

    assert refused(lambda: propose(kept, duplicate, by=cast.tang)) == "not_allowed"


def test_a_phone_that_could_let_somebody_sign_in_does_not_go_over(cast):
    kept, duplicate = twins(cast)
    access.open_account(person=kept, username="kept", at=NOW, by=CLERK)
    new = NewContact(phone="13800000001", id_number="440307200103080015")
    people.keep_contact(person=duplicate, new=new, at=NOW, by=CLERK)

    merge(kept, duplicate, cast=cast)

    contact = people_queries.masked_contact(kept)
    assert contact.phone == ""
    assert contact.id_number
    assert people_queries.masked_contact(duplicate).id_number == ""


def test_who_is_known_to_differ_is_not_merged(cast):
    kept = person("K001", org=cast.branch)
    duplicate = person("K002", org=cast.branch, born=date(2001, 3, 9))
    asked = propose(kept, duplicate, by=cast.luo)

    code = refused(lambda: services.approve_merge(merge=asked, at=NOW, by=cast.tang))

    assert code == "other_person"


def test_nobody_decides_what_they_proposed_nor_about_themself(cast):
    kept, duplicate = twins(cast)
    mine = Person.objects.get(pk=cast.tang.person_id)
    asked = propose(kept, duplicate, by=cast.tang)
    people.admit_member(person=mine, org=cast.branch, starts_on=TODAY, at=NOW, by=CLERK)

    codes = [
        refused(lambda: services.approve_merge(merge=asked, at=NOW, by=cast.tang)),
        refused(lambda: propose(kept, mine, by=cast.tang)),
        refused(lambda: services.approve_merge(merge=asked, at=NOW, by=cast.luo)),
    ]

    assert codes == ["same_eyes", "oneself", "not_allowed"]
    for wrong in ({"decided_by": asked.proposed_by}, {"decided_by": kept}, {"decided_by": None}):
        changed = {"state": "done", "merged_on": TODAY, "decided_at": NOW} | wrong
        with pytest.raises(IntegrityError, match="two_pairs_of_eyes"), transaction.atomic():
            Merge.objects.filter(pk=asked.pk).update(**changed)


def test_who_decides_reaches_both_places(cast):
    kept, duplicate = twins(cast, other_org=cast.huale)

    assert refused(lambda: propose(kept, duplicate, by=cast.luo)) == "not_allowed"
    asked = propose(kept, duplicate, by=cast.lin, branch=cast.branch)
    assert asked.org == cast.henggang
    assert (
        refused(lambda: services.approve_merge(merge=asked, at=NOW, by=cast.tang)) == "not_allowed"
    )
    assert services.approve_merge(merge=asked, at=NOW, by=cast.chen).state == "done"


def test_what_was_merged_into_a_duplicate_follows_it(cast):
    first, second = twins(cast)
    third = person("K003", org=cast.branch)
    merge(second, third, cast=cast)

    merge(first, second, cast=cast)

    third.refresh_from_db()
    assert third.merged_into == first


def test_other_proposals_about_a_merged_row_lapse(cast):
    kept, duplicate = twins(cast)
    third = person("K003", org=cast.branch)
    other = Merge.objects.create(
        kept=duplicate, duplicate=third, org=cast.branch, reason="同名同日生",
        proposed_by_id=cast.luo.person_id, proposed_at=NOW,
    )  # fmt: skip

    merge_row(kept, duplicate, cast)

    other.refresh_from_db()
    assert other.state == "lapsed"


def merge_row(kept, duplicate, cast):
    """Decide a merge that was proposed before others had been."""
    asked = Merge.objects.create(
        kept=kept, duplicate=duplicate, org=cast.branch, reason="当面核对过",
        proposed_by_id=cast.luo.person_id, proposed_at=NOW,
    )  # fmt: skip
    return services.approve_merge(merge=asked, at=NOW, by=cast.tang)


def test_candidates_are_found_told_apart_and_not_shown_again(cast):
    one, other = twins(cast)
    person("K003", org=cast.branch, name="方小舟")
    person("k-001", org=cast.branch, name="柯晓舟", born=date(1999, 1, 1))

    found = queries.candidates(cast.luo, cast.branch)

    assert (found[0].kept_id, found[0].duplicate_id) == (one.pk, other.pk)
    assert [each.alike for each in found] == [
        "姓名和出生日期相同；在同一组织",
        "人员编号只有写法不同；在同一组织",
    ]
    assert found[0].name == "柯**"
    assert queries.candidates(cast.liang, cast.enterprise) == []
    services.tell_apart(one=other, other=one, reason="双胞胎兄弟", at=NOW, by=cast.luo)
    assert len(queries.candidates(cast.luo, cast.branch)) == 1


def test_every_step_leaves_an_entry(cast):
    kept, duplicate = twins(cast)

    merge(kept, duplicate, cast=cast)

    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"merging.propose_merge", "people.merge_persons", "merging.approve_merge"} <= verbs


@pytest.mark.django_db(transaction=True)
def test_of_a_into_b_and_b_into_a_at_once_one_happens(cast):
    one, other = twins(cast)
    asked = [
        Merge.objects.create(
            kept=first, duplicate=second, org=cast.branch, reason="当面核对过",
            proposed_by_id=cast.luo.person_id, proposed_at=NOW,
        )
        for first, second in ((one, other), (other, one))
    ]  # fmt: skip

    codes = at_once(
        *[lambda row=row: services.approve_merge(merge=row, at=NOW, by=cast.tang) for row in asked]
    )

    assert codes[0] == ""
    assert codes[1] in ("wrong_state", "already_merged", "nowhere")
    assert Person.everybody.filter(merged_into__isnull=False).count() == 1
