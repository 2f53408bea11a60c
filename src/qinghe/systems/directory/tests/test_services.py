"""What is done in the directory, by whom, and when it is refused."""

from datetime import date

import pytest

from qinghe.kernel.audit.models import Entry
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.orgs.services import NewOrg
from qinghe.kernel.people.models import Membership, Person, Post
from qinghe.kernel.people.services import NewPerson, NewPost
from qinghe.lib.verdicts import Refused
from qinghe.systems.directory import services
from tests.cast import NOW, make_org

from .makers import ON, branch_secretary, leave, make_branch, make_cadre, make_member

LATER = date(2022, 5, 1)
CORRECTED = {"name": "新名", "sector": "", "new_org_kind": "", "industry": ""}
SOURCE = {"file": "f" * 64, "sheet": "directory.members", "lines": [2, 3]}


def refused(call, **arguments):
    with pytest.raises(Refused) as caught:
        call(**arguments, at=NOW)
    return caught.value.code


def new_org(parent_code, code="N1"):
    return NewOrg(
        code=code,
        name="青苗团支部",
        kind="branch",
        level="unit",
        opened_on=ON,
        parent_code=parent_code,
    )


def new_person(number="M1", name="禾苗"):
    return NewPerson(number=number, name=name, birth_date=date(2004, 1, 1))


def secretary():
    return NewPost(title="书记", service="full_time", starts_on=ON)


def verbs():
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def test_a_street_secretary_opens_below_and_leaves_one_line(cast):
    before = len(verbs())

    org = services.open_org(new=new_org(cast.hongmian.code), at=NOW, by=cast.chen)

    assert org.path.startswith(cast.hongmian.path)
    assert verbs()[before:] == ["orgs.open_org"]


def test_opening_is_refused_out_of_reach_without_parent_and_under_a_stranger(cast):
    def opened(parent_code, by):
        return refused(services.open_org, new=new_org(parent_code), by=by)

    assert opened(cast.bantian.code, cast.chen) == "not_allowed"
    assert opened(cast.xiangjiaotang.code, cast.zhou) == "not_allowed"
    assert opened("nowhere", cast.lin) == "unknown_parent"
    assert opened("", cast.lin) == "parent_needed"
    assert not Org.objects.filter(code="N1").exists()


def test_correcting_needs_the_act_at_the_org(cast):
    assert refused(services.change_org, org=cast.bantian, **CORRECTED, by=cast.chen) == (
        "not_allowed"
    )
    assert refused(services.change_org, org=cast.huale, **CORRECTED, by=cast.auditor) == (
        "not_allowed"
    )

    services.change_org(org=cast.huale, **CORRECTED, at=NOW, by=cast.chen)

    assert Org.objects.get(pk=cast.huale.pk).name == "新名"


def test_a_move_or_merger_needs_the_act_on_both_sides(cast):
    branch = make_branch("B1", cast.huale)
    other = make_branch("B2", cast.xiangjiaotang)
    outward = {"org": branch, "parent": cast.xiangjiaotang, "on": ON}
    inward = {"org": other, "parent": cast.huale, "on": ON}

    assert refused(services.move_org, **outward, by=cast.chen) == "not_allowed"
    assert refused(services.move_org, **inward, by=cast.chen) == "not_allowed"
    assert refused(services.merge_org, org=branch, into=other, on=ON, by=cast.chen) == "not_allowed"
    assert refused(services.merge_org, org=other, into=branch, on=ON, by=cast.chen) == "not_allowed"
    assert services.move_org(**outward, at=NOW, by=cast.lin).parent == cast.xiangjiaotang


def test_a_merger_hands_over_the_roll_and_ends_the_posts(cast):
    one, other = make_branch("B1", cast.huale), make_branch("B2", cast.hongmian)
    make_member(cast.xiaoming, one)
    make_cadre(cast.xiaohong, one)

    services.merge_org(org=one, into=other, on=LATER, at=NOW, by=cast.chen)

    assert Membership.objects.get(ends_on__isnull=True).org == other
    assert Membership.objects.get(org=one).ends_on == LATER
    assert Post.objects.get().ends_on == LATER
    assert Org.objects.get(pk=one.pk).successor == other


def test_a_merger_that_is_refused_half_way_leaves_everything_as_it_was(cast):
    one, other = make_branch("B1", cast.huale), make_branch("B2", cast.hongmian)
    make_member(cast.xiaoming, one, starts_on=LATER)
    before = verbs()

    assert refused(services.merge_org, org=one, into=other, on=ON, by=cast.chen) == "too_early"
    assert Org.objects.get(pk=one.pk).closed_on is None
    assert verbs() == before


def test_a_branch_does_not_merge_into_a_community(cast):
    one = make_branch("B1", cast.huale)

    merge = {"org": one, "into": cast.hongmian, "on": ON}

    assert refused(services.merge_org, **merge, by=cast.chen) == "wrong_successor"


def test_an_org_with_members_does_not_close_and_posts_end_with_it(cast):
    one = make_branch("B1", cast.huale)
    membership = make_member(cast.xiaoming, one)
    make_cadre(cast.xiaohong, one)

    assert refused(services.close_org, org=one, on=LATER, by=cast.chen) == "has_members"
    assert refused(services.close_org, org=one, on=LATER, by=cast.zhou) == "not_allowed"

    services.end_membership(membership=membership, on=LATER, at=NOW, by=cast.chen)
    services.close_org(org=one, on=LATER, at=NOW, by=cast.chen)

    assert Org.objects.get(pk=one.pk).closed_on == LATER
    assert Post.objects.get().ends_on == LATER


def test_a_new_person_is_entered_with_the_membership_and_a_known_one_is_not_doubled(cast):
    branch = make_branch("B1", cast.xiangjiaotang)
    given = {"org": branch, "starts_on": ON, "at": NOW, "by": cast.zhou}

    services.admit_member(person=new_person(), **given)
    services.admit_member(person=new_person(cast.xiaoming.number, "明小麦"), **given)

    assert Person.objects.filter(number__in=["M1", cast.xiaoming.number]).count() == 2
    assert Membership.objects.count() == 2
    assert verbs()[-3:] == ["people.add_person", "people.admit_member", "people.admit_member"]


def test_a_member_is_refused(cast):
    branch = make_branch("B1", cast.xiangjiaotang)

    def admit(person=None, org=branch, by=cast.zhou):
        wanted = {"person": person or new_person(), "org": org, "starts_on": ON}
        return refused(services.admit_member, **wanted, by=by)

    assert admit(by=cast.chen) == "not_allowed"
    assert admit(by=cast.auditor) == "not_allowed"
    assert admit(org=cast.xiangjiaotang) == "not_league"
    assert admit(person=new_person(cast.xiaoming.number, "别人")) == "other_person"
    assert admit(person=NewPerson("M2", "小苗", "", date(2012, 1, 1))) == "too_young"
    assert not Membership.objects.exists()
    assert not Person.objects.filter(number__in=["M1", "M2"]).exists()


def test_who_left_the_league_comes_back_on_no_roll_by_a_plain_entry(cast):  # T-66
    branch = make_branch("B1", cast.xiangjiaotang)
    leave(cast.xiaoming)
    known = new_person(cast.xiaoming.number, "明小麦")
    wanted = {"person": known, "org": branch, "starts_on": ON}

    assert refused(services.admit_member, **wanted, by=cast.zhou) == "left_league"
    assert not Membership.objects.exists()


def test_a_branch_secretary_keeps_the_own_roll_but_appoints_nobody(cast):
    branch = make_branch("B1", cast.hongmian)
    beside = make_branch("B2", cast.hongmian)
    keeper = branch_secretary("P090", branch)
    mine = {"person": new_person(), "org": branch}

    services.admit_member(**mine, starts_on=ON, at=NOW, by=keeper)

    other = {"person": new_person("M2"), "org": beside, "starts_on": ON}
    assert refused(services.admit_member, **other, by=keeper) == "not_allowed"
    assert refused(services.appoint_cadre, **mine, post=secretary(), by=keeper) == "not_allowed"


def test_posts_begin_and_end_where_the_actor_may_appoint(cast):
    branch = make_branch("B1", cast.xiangjiaotang)
    given = {"person": new_person(), "org": branch, "post": secretary()}
    area = {**given, "org": cast.xiangjiaotang}

    assert refused(services.appoint_cadre, **given, by=cast.chen) == "not_allowed"
    assert refused(services.appoint_cadre, **area, by=cast.zhou) == "not_league"
    post = services.appoint_cadre(**given, at=NOW, by=cast.zhou)
    assert refused(services.appoint_cadre, **given, by=cast.zhou) == "already_appointed"
    assert refused(services.end_post, post=post, on=LATER, by=cast.chen) == "not_allowed"
    assert services.end_post(post=post, on=LATER, at=NOW, by=cast.zhou).ends_on == LATER


def test_leaving_a_roll_needs_the_act_there(cast):
    membership = make_member(cast.xiaoming, make_branch("B1", cast.xiangjiaotang))

    leave = {"membership": membership, "on": LATER}

    assert refused(services.end_membership, **leave, by=cast.chen) == "not_allowed"
    assert services.end_membership(**leave, at=NOW, by=cast.zhou).ends_on == LATER


def test_a_chunk_is_refused_whole_when_one_row_is_out_of_reach(cast):
    mine, other = make_branch("B1", cast.hongmian), make_branch("B2", cast.xiangjiaotang)
    rows = [
        services.NewMember(person=new_person(f"M{number}"), org=org, starts_on=ON)
        for number, org in enumerate([mine, other])
    ]
    posts = [services.NewCadre(person=row.person, org=row.org, post=secretary()) for row in rows]

    for call, new in [(services.admit_members, rows), (services.appoint_cadres, posts)]:
        assert refused(call, new=new, by=cast.chen, source=SOURCE) == "not_allowed"
    orgs = [new_org(cast.hongmian.code), new_org(cast.bantian.code, "N2")]
    assert refused(services.open_orgs, new=orgs, by=cast.chen, source=SOURCE) == "not_allowed"
    assert refused(services.open_orgs, new=[new_org("")], by=cast.lin, source=SOURCE) == (
        "parent_needed"
    )
    assert not Person.objects.filter(number__startswith="M").exists()
    assert Org.objects.filter(code__startswith="N").count() == 0


def test_a_chunk_writes_all_with_one_line_a_model(cast):
    committee = make_org("C1", "团委", kind="league_committee", level="unit", parent=cast.huale)
    rows = [
        services.NewMember(person=new_person(f"M{number}"), org=committee, starts_on=ON)
        for number in range(3)
    ]
    before = len(verbs())

    made = services.admit_members(new=rows, at=NOW, by=cast.chen, source=SOURCE)

    assert len(made) == 3
    assert verbs()[before:] == ["people.add_many", "people.admit_many"]
