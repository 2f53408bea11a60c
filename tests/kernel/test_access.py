"""Who may do what where: reach, days, and accounts."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Exists

from qinghe.kernel.access import actors, queries, services
from qinghe.kernel.access.actors import Actor, Grant, Held, Reach, Role
from qinghe.kernel.access.models import Holding
from qinghe.kernel.orgs.models import Org
from qinghe.lib.verdicts import Refused
from tests.cast import CLERK, LONG_AGO, NOW, TODAY, make_org

SEE = "gardens.see"
WATER = "gardens.water"


@pytest.fixture(autouse=True)
def grants(monkeypatch):
    wanted = [
        Grant(Role.STREET_SECRETARY, SEE, Reach.BELOW),
        Grant(Role.BRANCH_SECRETARY, SEE, Reach.OWN),
        Grant(Role.BRANCH_SECRETARY, WATER, Reach.OWN),
    ]
    monkeypatch.setattr(actors, "GRANTS", wanted)


def holding(role, *orgs):
    return Actor(person_id=1, name="某人", holdings=tuple(Held(role, org.path) for org in orgs))


def test_reach_below_covers_the_org_and_all_under_it(cast):
    actor = holding(Role.STREET_SECRETARY, cast.henggang)

    assert set(actors.orgs_where(actor, SEE)) == {cast.henggang, cast.hongmian, cast.huale}
    assert not actors.may(actor, SEE, at=cast.bantian)
    assert not actors.may(actor, SEE, at=cast.longgang)


def test_own_reach_stops_at_the_org(cast):
    actor = holding(Role.BRANCH_SECRETARY, cast.henggang, cast.xiangjiaotang)

    assert set(actors.orgs_where(actor, SEE)) == {cast.henggang, cast.xiangjiaotang}
    assert not actors.may(actor, SEE, at=cast.hongmian)


def test_the_list_and_the_single_question_always_agree(cast):
    places = [cast.longgang, cast.henggang, cast.bantian, cast.hongmian, cast.huale]
    for role in Role:
        for at in places:
            actor = holding(role, at)
            for act in (SEE, WATER):
                listed = set(actors.orgs_where(actor, act))
                assert listed == {org for org in places if actors.may(actor, act, at=org)} | (
                    listed & {cast.xiangjiaotang}
                )


@pytest.mark.parametrize(
    ("role", "above"),
    [
        (Role.BRANCH_SECRETARY, {"longgang", "henggang", "hongmian"}),
        (Role.STREET_SECRETARY, {"longgang", "henggang", "hongmian"}),
        (Role.AUDITOR, set()),
    ],
)
def test_what_an_org_opens_to_all_below_is_open_to_who_may_somewhere_below(cast, role, above):
    actor = holding(role, cast.hongmian)

    opens = Org.objects.filter(Exists(actors.reached(actor, SEE, under="path")))

    assert set(opens) == {getattr(cast, name) for name in above}


def test_a_code_that_begins_like_another_is_not_below_it(cast):
    one = make_org("B1", "一支部", kind="branch", level="unit", parent=cast.hongmian)
    longer = make_org("B12", "十二支部", kind="branch", level="unit", parent=cast.hongmian)

    actor = holding(Role.STREET_SECRETARY, one)

    assert set(actors.orgs_where(actor, SEE)) == {one}
    assert not actors.may(actor, SEE, at=longer)


def test_who_may_not_is_told_so_and_who_may_is_not(cast):
    actor = holding(Role.STREET_SECRETARY, cast.henggang)

    actors.require(actor, SEE, at=cast.hongmian)
    with pytest.raises(Refused) as caught:
        actors.require(actor, WATER, at=cast.hongmian)

    assert caught.value.code == "not_allowed"
    assert actors.may_anywhere(actor, SEE)
    assert not actors.may_anywhere(actor, WATER)


def test_a_role_holds_from_its_first_day_up_to_the_day_it_ends(cast):
    Holding.objects.create(
        person=cast.xiaoming,
        role=Role.BRANCH_SECRETARY,
        org=cast.huale,
        starts_on=date(2022, 1, 1),
        ends_on=date(2022, 6, 30),
    )

    def held(day):
        return queries.actor_of_person(cast.xiaoming.pk, "明小麦", day).holdings

    assert held(date(2021, 12, 31)) == ()
    assert held(date(2022, 1, 1)) == (Held(Role.BRANCH_SECRETARY, cast.huale.path),)
    assert held(date(2022, 6, 29)) != ()
    assert held(date(2022, 6, 30)) == ()


def test_nobody_and_an_account_without_a_person_may_nothing(cast):
    stray = User.objects.create_user(username="stray")

    for user in (AnonymousUser(), stray):
        assert queries.actor_of(user, TODAY).holdings == ()


def test_an_account_leads_to_its_person_and_is_opened_once(cast):
    user = services.open_account(person=cast.xiaoming, username="xiaoming", at=NOW, by=CLERK)

    assert queries.actor_of(user, TODAY).person_id == cast.xiaoming.pk
    assert not user.has_usable_password()
    with pytest.raises(Refused) as caught:
        services.open_account(person=cast.xiaohong, username="xiaoming", at=NOW, by=CLERK)
    assert caught.value.code == "name_taken"


def test_a_role_is_given_once(cast):
    given = {"person": cast.xiaoming, "role": Role.TEAM_LEADER, "org": cast.huale}
    services.give_role(**given, starts_on=LONG_AGO, at=NOW, by=CLERK)

    with pytest.raises(Refused) as caught:
        services.give_role(**given, starts_on=LONG_AGO, at=NOW, by=CLERK)

    assert caught.value.code == "already_held"
