"""Who may be given which role: seats, S-50, days, deputies, handing over, and the trail of it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from qinghe.kernel.access import actors, queries, rules, services
from qinghe.kernel.access.actors import ADMINISTRATORS, Role
from qinghe.kernel.access.models import Holding, Invitation
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.people.models import Person
from qinghe.lib.verdicts import Refused
from tests import cast as house
from tests.cast import CLERK, NOW, TODAY

TOMORROW = TODAY + timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def wide():
    return house.make_wider_cast()


def person_of(actor):
    return Person.objects.get(pk=actor.person_id)


def give(person, role, org, **more):
    given = {"starts_on": TODAY, "at": NOW, "by": CLERK, **more}
    return services.give_role(person=person, role=role, org=org, **given)


def refused(expected, act, /, *args, **more):
    with pytest.raises(Refused) as caught:
        act(*args, **more)
    return caught.value.code == expected


def held_by(person, day=TODAY):
    return {held.role for held in queries.actor_of_person(person.pk, person.name, day).holdings}


@pytest.mark.parametrize("second", sorted(set(Role)))
@pytest.mark.parametrize("first", sorted(ADMINISTRATORS))
def test_an_administrator_holds_that_one_role_and_no_other(first, second):
    """S-50."""
    others = [] if first == second else [first]

    if first == second:
        rules.check_roles_together(role=second, others=others, name="某人")
    else:
        for role, beside in ((first, second), (second, first)):
            assert refused(
                "roles_apart", rules.check_roles_together, role=role, others=[beside], name="某人"
            )


def test_the_services_refuse_what_s_50_keeps_apart(wide):
    administrator, secretary = person_of(wide.xu), person_of(wide.tang)

    assert refused("roles_apart", give, administrator, Role.TEAM_LEADER, wide.huale)
    assert refused("roles_apart", give, administrator, Role.SECADMIN, wide.longgang)
    assert refused("roles_apart", give, secretary, Role.AUDITOR, wide.longgang)
    assert queries.conflicts(TODAY) == []


def test_who_was_an_administrator_may_hold_another_role_later(wide):
    holding = Holding.objects.get(person_id=wide.xu.person_id)
    services.end_role(holding=holding, on=TODAY, reason="调岗", at=NOW, by=CLERK)

    give(person_of(wide.xu), Role.TEAM_LEADER, wide.huale)

    assert held_by(person_of(wide.xu)) == {Role.TEAM_LEADER}


def test_the_database_takes_no_second_open_administrators_role(wide):
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.create(
            person_id=wide.xu.person_id, role=Role.AUDITOR, org=wide.longgang, starts_on=TODAY
        )


def test_a_conflict_written_past_the_services_is_found(wide):
    Holding.objects.create(
        person_id=wide.an.person_id, role=Role.VOLUNTEER, org=wide.huale, starts_on=TODAY
    )

    assert queries.conflicts(TODAY) == [wide.an.person_id]


def test_nobody_gives_a_role_to_themself(wide):
    """Bar 17: neither given, nor extended, nor handed over to oneself."""
    chen = person_of(wide.chen)
    own = Holding.objects.get(person=chen)
    others = Holding.objects.get(person_id=wide.tang.person_id)
    handed = {"reason": "换届", "on": TODAY, "at": NOW}

    assert refused("oneself", give, chen, Role.TEAM_LEADER, wide.huale, by=wide.chen)
    assert refused(
        "oneself", services.extend_role, holding=own, ends_on=TOMORROW, at=NOW, by=wide.chen
    )
    assert refused("oneself", services.hand_over, holding=others, to=chen, by=wide.chen, **handed)


@pytest.mark.parametrize(
    ("role", "at", "fits"),
    [
        (Role.STREET_SECRETARY, "henggang", True),
        (Role.STREET_SECRETARY, "hongmian", False),
        (Role.COMMUNITY_SECRETARY, "hongmian", True),
        (Role.COMMUNITY_SECRETARY, "henggang", False),
        (Role.SCHOOL_SECRETARY, "school", True),
        (Role.SCHOOL_SECRETARY, "enterprise", False),
        (Role.ENTERPRISE_SECRETARY, "enterprise", True),
        (Role.ENTERPRISE_SECRETARY, "school", False),
        (Role.BRANCH_SECRETARY, "branch", True),
        (Role.BRANCH_SECRETARY, "hongmian", False),
        (Role.DISTRICT_OFFICER, "longgang", True),
        (Role.DISTRICT_OFFICER, "bantian", False),
        (Role.AUDITOR, "longgang", True),
        (Role.AUDITOR, "henggang", False),
        (Role.VOLUNTEER, "branch", True),
    ],
)
def test_a_role_is_held_only_where_there_is_such_a_post(wide, role, at, fits):
    org = getattr(wide, at)

    assert rules.fits(role=role, org=org) is fits
    if not fits:
        assert refused("wrong_seat", give, wide.xiaoming, role, org)


def test_every_role_has_its_seats():
    assert set(rules.SEATS) == set(Role)


@pytest.mark.parametrize(
    ("by", "role", "at", "may"),
    [
        ("lin", Role.STREET_SECRETARY, "henggang", True),
        ("lin", Role.DISTRICT_OFFICER, "longgang", False),
        ("lin", Role.SYSADMIN, "longgang", False),
        ("chen", Role.COMMUNITY_SECRETARY, "hongmian", True),
        ("chen", Role.COMMUNITY_SECRETARY, "xiangjiaotang", False),
        ("chen", Role.STREET_SECRETARY, "henggang", False),
        ("tang", Role.BRANCH_SECRETARY, "branch", True),
        ("tang", Role.TEAM_LEADER, "hongmian", False),
        ("luo", Role.TEAM_LEADER, "branch", False),
        ("an", Role.DISTRICT_OFFICER, "longgang", True),
        ("an", Role.AUDITOR, "longgang", True),
        ("an", Role.SYSADMIN, "longgang", False),
        ("an", Role.SECADMIN, "longgang", False),
        ("xu", Role.VOLUNTEER, "hongmian", False),
        ("auditor", Role.VOLUNTEER, "hongmian", False),
    ],
)
def test_who_appoints_whom(wide, by, role, at, may):
    assert rules.may_appoint(by=getattr(wide, by), role=role, org=getattr(wide, at)) is may


def test_only_officers_have_a_department(wide):
    officer = give(wide.xiaoming, Role.DISTRICT_OFFICER, wide.longgang, department="schools")

    assert officer.get_department_display() == "学校部"
    assert refused(
        "no_department", give, wide.xiaoming, Role.TEAM_LEADER, wide.huale, department="office"
    )


def test_a_role_with_an_end_holds_up_to_that_day_and_may_be_given_again_from_it(wide):
    given = (wide.xiaoming, Role.TEAM_LEADER, wide.huale)
    give(*given, ends_on=TOMORROW)

    assert held_by(wide.xiaoming) == {Role.TEAM_LEADER}
    assert held_by(wide.xiaoming, TOMORROW) == set()
    assert refused("already_held", give, *given)
    give(*given, starts_on=TOMORROW)
    assert held_by(wide.xiaoming, TOMORROW) == {Role.TEAM_LEADER}


def test_a_role_ended_today_holds_no_more_today(wide):
    """Bar 23."""
    holding = give(wide.xiaoming, Role.TEAM_LEADER, wide.huale)

    services.end_role(holding=holding, on=TODAY, reason="离任", at=NOW, by=wide.chen)

    assert held_by(wide.xiaoming) == set()
    assert refused(
        "already_ended",
        services.end_role,
        holding=holding,
        on=TODAY,
        reason="再次",
        at=NOW,
        by=wide.chen,
    )


def test_a_deputy_has_an_end_and_acts_beside_the_holder(wide):
    post = Holding.objects.get(person_id=wide.tang.person_id)
    acting = (wide.xiaoming, Role.SCHOOL_SECRETARY, wide.school)

    assert refused("deputy_without_end", give, *acting, deputy_for=post)
    assert refused(
        "another_post",
        give,
        wide.xiaoming,
        Role.TEAM_LEADER,
        wide.school,
        deputy_for=post,
        ends_on=TOMORROW,
    )
    give(*acting, deputy_for=post, ends_on=TOMORROW)

    assert held_by(wide.xiaoming) == {Role.SCHOOL_SECRETARY}
    assert held_by(person_of(wide.tang)) == {Role.SCHOOL_SECRETARY}


def test_a_post_is_handed_over_with_its_deputies_ended_and_its_invitations(wide):
    post = Holding.objects.get(person_id=wide.tang.person_id)
    deputy = give(wide.xiaoming, Role(post.role), wide.school, deputy_for=post, ends_on=TOMORROW)
    invited = house.make_person("P050", "新来")
    services.invite(
        person=invited, role=Role.BRANCH_SECRETARY, org=wide.branch, at=NOW, by=wide.tang
    )
    successor = house.make_person("P051", "宋接")

    services.hand_over(holding=post, to=successor, on=TODAY, reason="换届", at=NOW, by=wide.chen)

    assert held_by(person_of(wide.tang)) == set()
    assert held_by(successor) == {Role.SCHOOL_SECRETARY}
    deputy.refresh_from_db()
    assert deputy.ends_on == TODAY
    assert Invitation.objects.get(person=invited).made_by == successor


def test_a_hand_over_that_is_refused_changes_nothing(wide):
    post = Holding.objects.get(person_id=wide.tang.person_id)

    assert refused(
        "roles_apart",
        services.hand_over,
        holding=post,
        to=person_of(wide.an),
        on=TODAY,
        reason="换届",
        at=NOW,
        by=wide.chen,
    )

    post.refresh_from_db()
    assert post.ends_on is None


def test_each_change_is_in_the_trail_with_before_and_after(wide):
    holding = give(wide.xiaoming, Role.TEAM_LEADER, wide.huale, by=wide.chen)
    services.extend_role(holding=holding, ends_on=date(2022, 12, 31), at=NOW, by=wide.chen)
    services.end_role(holding=holding, on=TODAY, reason="离任", at=NOW, by=wide.chen)

    told = [
        (entry.verb, entry.by, entry.detail.get("before"), entry.detail.get("after"))
        for entry in Entry.objects.filter(
            subject_kind="access.Holding", first_id=holding.pk
        ).order_by("pk")
    ]
    by = str(wide.chen)
    assert told == [
        ("access.give_role", by, "无", "2022-07-03起"),
        ("access.extend_role", by, "2022-07-03起", "2022-07-03至2022-12-31"),
        ("access.end_role", by, "2022-07-03至2022-12-31", "2022-07-03至2022-07-03"),
    ]


def test_roles_at_an_organisation_that_closes_end_with_it(wide):
    services.end_roles_of(org=wide.branch, on=TODAY, at=NOW, by=CLERK)

    assert held_by(person_of(wide.luo)) == set()


def test_a_path_without_its_end_is_no_place_to_hold_a_role_at():
    with pytest.raises(ValueError, match="4403071"):
        actors.Held(Role.STREET_SECRETARY, "/440307")
