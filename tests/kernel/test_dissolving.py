"""What ceases to be: who may take it over, what is handed on, what the systems have open there."""

from datetime import date

import pytest

from qinghe.edges import system
from qinghe.edges.system import Concern
from qinghe.kernel.access import services as access
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs import rules as org_rules
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import rules as people_rules
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Post
from qinghe.kernel.people.services import NewPost
from qinghe.lib.verdicts import Refused
from qinghe.systems.rolls.models import Leaving
from tests.cast import CLERK, NOW, make_org, make_person, make_wider_cast
from tests.kept import kept

ON = date(2022, 6, 15)


def refused(check, **given):
    try:
        check(**given)
    except Refused as refusal:
        return refusal.code
    return None


@kept
def cast():
    return make_wider_cast()


def branch(code, cast):
    return make_org(code, f"{code}团支部", kind="branch", level="unit", parent=cast.school)


def test_only_an_empty_roll_lets_an_org_close():
    assert refused(people_rules.check_nobody_left, members=0, name="青禾团支部") is None
    assert refused(people_rules.check_nobody_left, members=1, name="青禾团支部") == "has_members"


@pytest.mark.parametrize(
    ("kind", "into", "fits"),
    [
        ("branch", "league_committee", True),
        ("community", "community", True),
        ("branch", "community", False),
        ("community", "street", False),
        ("volunteer_federation", "branch", False),
    ],
)
def test_a_successor_is_of_the_same_nature(kind, into, fits):
    found = refused(org_rules.check_successor, kind=kind, into_kind=into)

    assert found == (None if fits else "wrong_successor")


def test_the_affairs_of_what_was_merged_twice_are_those_of_the_last(cast):
    first, second, third = (branch(code, cast) for code in ("X1", "X2", "X3"))
    for org, into in ((first, second), (second, third)):
        access.dissolve_into(org=org, into=into, on=ON, at=NOW, by=CLERK)

    assert orgs.now_of(Org.objects.get(pk=first.pk)) == third
    assert orgs.now_of(third) == third
    taken = Org.objects.filter(pk__in=orgs.taken_over(Org.objects.filter(pk=third.pk)))
    assert set(taken) == {first, second}
    assert not Org.objects.filter(pk__in=orgs.taken_over(Org.objects.filter(pk__in=[])))


def test_posts_go_on_but_no_title_is_held_twice(cast):
    one, other, person = branch("X1", cast), branch("X2", cast), make_person("M001", "甘小棠")
    for org, title in ((one, "书记"), (one, "委员"), (other, "委员")):
        post = NewPost(title=title, service="part_time", starts_on=date(2021, 9, 1))
        people.appoint(person=person, org=org, new=post, at=NOW, by=CLERK)

    people.move_posts(org=one, into=other, on=ON, at=NOW, by=CLERK)

    held = Post.objects.filter(ends_on=None).order_by("title")
    assert [(post.org, post.title) for post in held] == [(other, "书记"), (other, "委员")]


def test_the_systems_tell_what_is_open_at_an_organisation(cast):
    Leaving.objects.create(
        person=make_person("M001", "甘小棠"), org=cast.branch, kind="resigned", asked_on=ON,
        resolved_on=ON, proposed_by=make_person("M002", "甘小梅"), proposed_at=NOW,
    )  # fmt: skip

    told = system.concerned_by(Org.objects.filter(pk__in=[cast.branch.pk, cast.school.pk]))

    assert told == [Concern(cast.branch.pk, "待审批的离团事项", 1)]
