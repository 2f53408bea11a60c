"""What each actor sees, in how many queries."""

from datetime import date

from qinghe.kernel.orgs import services as orgs
from qinghe.systems.directory import queries
from qinghe.systems.directory.access import Act
from tests.cast import CLERK, NOW

from .makers import ON, branch_secretary, make_branch, make_cadre, make_member


def test_everyone_sees_as_far_as_the_role_reaches(cast):
    branch = make_branch("B1", cast.hongmian)
    keeper = branch_secretary("P090", branch)

    assert set(queries.orgs_seen_by(cast.chen)) == {
        cast.henggang,
        cast.hongmian,
        cast.huale,
        branch,
    }
    assert set(queries.orgs_seen_by(keeper)) == {branch}
    assert queries.orgs_seen_by(cast.lin).count() == 7
    assert not queries.orgs_seen_by(cast.auditor).exists()
    assert not queries.orgs_seen_by(cast.he).exists()


def test_members_and_cadres_elsewhere_are_out_of_sight(cast):
    membership = make_member(cast.xiaoming, make_branch("B1", cast.hongmian))
    post = make_cadre(cast.xiaohong, make_branch("B2", cast.xiangjiaotang))

    assert list(queries.members_seen_by(cast.chen)) == [membership]
    assert not queries.cadres_seen_by(cast.chen).exists()
    assert list(queries.cadres_seen_by(cast.zhou)) == [post]
    assert queries.member_lines(cast.zhou, [membership.pk]) == []
    assert queries.cadre_lines(cast.chen, [post.pk]) == []
    assert queries.org_lines(cast.chen, [cast.bantian.pk]) == []


def test_orgs_come_with_their_counts_in_one_query(cast, django_assert_num_queries):
    branch = make_branch("B1", cast.hongmian)
    make_branch("B2", cast.hongmian)
    make_member(cast.xiaoming, branch)
    make_member(cast.xiaohong, branch, ends_on=date(2022, 5, 1))
    make_cadre(cast.xiaoming, branch)

    with django_assert_num_queries(1):
        rows = {
            org.code: (org.below, org.members, org.cadres, org.parent.name)
            for org in queries.orgs_listed_for(cast.chen)
        }

    assert rows["B1"] == (0, 1, 1, "红棉社区")
    assert rows[cast.hongmian.code][:3] == (2, 0, 0)


def test_open_children_come_before_closed_ones(cast):
    for code in ("B1", "B2", "B3"):
        made = make_branch(code, cast.hongmian)
        if code == "B1":
            orgs.close_org(org=made, on=ON, at=NOW, by=CLERK)

    children = queries.children_of(cast.chen, cast.hongmian)

    assert [(org.code, org.state) for org in children] == [
        ("B2", "open"),
        ("B3", "open"),
        ("B1", "closed"),
    ]


def test_what_a_change_touches_counts_persons_once(cast):
    one, other = make_branch("B1", cast.hongmian), make_branch("B2", cast.hongmian)
    make_member(cast.xiaoming, one)
    for org in (one, other):
        make_cadre(cast.xiaohong, org)

    touched = queries.touched_by(cast.chen, cast.hongmian)

    assert (touched.orgs, touched.members, touched.cadres) == (3, 1, 1)


def test_places_tell_where_an_org_stood(cast):
    branch = make_branch("B1", cast.hongmian)
    orgs.move_org(org=branch, parent=cast.huale, on=ON, at=NOW, by=CLERK)

    places = queries.places_of(cast.chen, branch)

    assert [(place.parent, place.ends_on) for place in places] == [
        (cast.huale, None),
        (cast.hongmian, ON),
    ]
    assert not queries.places_of(cast.zhou, branch).exists()


def test_lists_learn_about_places_and_people_in_few_queries(cast, django_assert_num_queries):
    branch = make_branch("B1", cast.hongmian)
    make_member(cast.xiaoming, branch)
    make_cadre(cast.xiaoming, branch)

    with django_assert_num_queries(1):
        places = queries.places_for(cast.chen, Act.KEEP_ROLL, ["B1", cast.bantian.code, "none"])
    with django_assert_num_queries(4):
        known = queries.people_for(cast.chen, [cast.xiaoming.number, cast.xiaohong.number, "none"])

    assert {code: place.allowed for code, place in places.items()} == {
        "B1": True,
        cast.bantian.code: False,
    }
    assert known[cast.xiaoming.number].is_member
    assert known[cast.xiaoming.number].posts == {(branch.pk, "书记")}
    assert not known[cast.xiaohong.number].is_member
    assert queries.people_for(cast.he, [cast.xiaoming.number]) == {}


def test_lines_behind_a_figure_are_masked_and_lead_to_the_record(cast, django_assert_num_queries):
    membership = make_member(cast.xiaoming, make_branch("B1", cast.hongmian))

    with django_assert_num_queries(1):
        (line,) = queries.member_lines(cast.chen, [membership.pk])

    assert line.title == "明**"
    assert line.url == f"/directory/members/{membership.pk}/"


def test_about_a_person_says_only_what_the_reader_may_see(cast):
    make_member(cast.xiaoming, make_branch("B1", cast.hongmian))
    make_cadre(cast.xiaoming, make_branch("B2", cast.xiangjiaotang))

    assert len(queries.about_person(cast.lin, cast.xiaoming)) == 2
    assert len(queries.about_person(cast.zhou, cast.xiaoming)) == 1
    assert queries.about_person(cast.he, cast.xiaoming) == []
