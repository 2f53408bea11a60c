"""Teams from the application to the end: founding, notice, people, heads (S100, V-23)."""

from datetime import date, timedelta

import pytest

from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Role
from qinghe.kernel.access.models import Holding
from qinghe.kernel.notices.models import Notice
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import facts, queries, services
from qinghe.systems.volunteering.models import HeadChange, Team, TeamMember, TeamPost
from tests.cast import actor

from .team_makers import MARCH, make_team, new_team

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
AFTER_NOTICE = MARCH + 8 * DAY


@pytest.fixture
def applied(cast, crowd, secretary):
    new = new_team(cast.hongmian, crowd)
    return services.found_team(new=new, at=MARCH, by=secretary)


def code_of(do):
    with pytest.raises(Refused) as caught:
        do()
    return caught.value.code


def of(volunteer):
    return actor(volunteer.person)


# ── Founding ─────────────────────────────────────────────────────────────────────────────────────


def test_a_team_goes_through_review_and_notice_before_it_stands(cast, applied):
    noticed = services.approve_team(team=applied, at=MARCH, by=cast.chen)
    assert (noticed.state, noticed.notice_until) == ("noticed", date(2026, 3, 9))
    assert noticed.approved_on is None

    early = lambda: services.stand_team(  # noqa: E731
        team=noticed, at=MARCH + 7 * DAY, by=cast.chen
    )
    assert code_of(early) == "on_notice"

    stands = services.stand_team(team=noticed, at=AFTER_NOTICE, by=cast.chen)
    assert (stands.state, stands.approved_on) == ("approved", date(2026, 3, 10))
    assert stands.members.filter(state="member", joined_on=date(2026, 3, 10)).count() == 5
    assert stands.posts.get().post == "head"
    assert stands.standings.get().starts_on == date(2026, 3, 10)


def test_founders_are_told_what_was_decided(cast, crowd, applied):
    services.approve_team(team=applied, at=MARCH, by=cast.chen)
    services.stand_team(team=applied, at=AFTER_NOTICE, by=cast.chen)
    services.close_team(team=applied, reason="人员变动", at=AFTER_NOTICE + DAY, by=cast.chen)

    told = Notice.objects.filter(person=crowd[1].person).order_by("at")
    titles = ["队伍成立申请已通过审核", "志愿队伍已准予成立", "志愿队伍已注销"]
    assert [one.title for one in told] == titles
    assert "2026-03-09" in told[0].text
    assert "人员变动" in told[2].text
    assert Notice.objects.count() == 3 * len(crowd)


def test_founders_are_told_that_nothing_was_founded(cast, crowd, applied):
    services.refuse_team(team=applied, reason="服务范围不明", at=MARCH, by=cast.chen)

    assert Notice.objects.filter(title="志愿队伍未获准成立").count() == len(crowd)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"founders": ()}, "too_few_founders"),
        ({"head": None}, "too_few_founders"),
        ({"kind": "compound"}, "compound_needed"),
    ],
)
def test_applications_refused(cast, crowd, changed, code):
    new = new_team(cast.hongmian, crowd, **changed)

    assert code_of(lambda: services.found_team(new=new, at=MARCH, by=cast.chen)) == code
    assert not Team.objects.exists()


def test_a_compound_team_stands_under_a_community(cast, crowd):
    new = new_team(cast.henggang, crowd, kind="compound", compound="禾苑")

    founding = lambda: services.found_team(new=new, at=MARCH, by=cast.chen)  # noqa: E731

    assert code_of(founding) == "not_in_community"


def test_who_left_the_roll_founds_nothing(cast, crowd):
    crowd[2].state = "refused"

    founding = lambda: services.found_team(  # noqa: E731
        new=new_team(cast.hongmian, crowd), at=MARCH, by=cast.chen
    )

    assert code_of(founding) == "not_registered"


def test_the_host_itself_reviews_nothing_and_neither_does_the_head(cast, crowd, secretary, applied):
    def approving(by):
        return lambda: services.approve_team(team=applied, at=MARCH, by=by)

    assert code_of(approving(secretary)) == "not_allowed"

    head = crowd[0].person
    access.give_role(
        person=head,
        role=Role.STREET_SECRETARY,
        org=cast.henggang,
        starts_on=date(2020, 1, 1),
        at=MARCH,
        by="x",
    )
    assert code_of(approving(actor(head))) == "own_team"


def test_an_objection_holds_the_founding_up_until_it_is_answered(cast, applied):
    noticed = services.approve_team(team=applied, at=MARCH, by=cast.chen)
    held = services.object_to_team(
        team=noticed, words="小区没有这支队伍。", at=MARCH + DAY, by=cast.he
    )
    again = lambda: services.object_to_team(  # noqa: E731
        team=noticed, words="再说一次。", at=MARCH + DAY, by=cast.he
    )
    assert code_of(again) == "objected"
    standing = lambda: services.stand_team(  # noqa: E731
        team=noticed, at=AFTER_NOTICE, by=cast.chen
    )
    assert code_of(standing) == "objected"

    services.answer_team_objection(
        objection=held,
        verdict=queries.TeamObjection.State.DISMISSED,
        answer="已现场核实。",
        at=AFTER_NOTICE,
        by=cast.chen,
    )

    assert standing().state == "approved"


def test_after_the_notice_nobody_objects(cast, applied):
    noticed = services.approve_team(team=applied, at=MARCH, by=cast.chen)

    late = lambda: services.object_to_team(  # noqa: E731
        team=noticed, words="晚了。", at=AFTER_NOTICE, by=cast.he
    )

    assert code_of(late) == "wrong_state"


def test_an_application_is_withdrawn_or_refused_with_its_people(cast, secretary, applied):
    services.withdraw_team(team=applied, at=MARCH, by=secretary)

    assert not TeamMember.objects.exclude(state="refused").exists()
    assert HeadChange.objects.get().state == "refused"
    refusing = lambda: services.refuse_team(  # noqa: E731
        team=applied, reason="重复", at=MARCH, by=cast.chen
    )
    assert code_of(refusing) == "wrong_state"


def test_a_head_with_an_account_is_given_the_role_by_who_may_appoint(cast, crowd, applied):
    access.open_account(person=crowd[0].person, username="head", at=MARCH, by="x")
    services.approve_team(team=applied, at=MARCH, by=cast.chen)

    services.stand_team(team=applied, at=AFTER_NOTICE, by=cast.chen)

    given = Holding.objects.get(person=crowd[0].person)
    assert (given.role, given.org) == ("team_leader", cast.hongmian)


def test_the_district_founds_but_appoints_no_leader(cast, crowd, applied):
    access.open_account(person=crowd[0].person, username="head", at=MARCH, by="x")
    services.approve_team(team=applied, at=MARCH, by=cast.lin)

    services.stand_team(team=applied, at=AFTER_NOTICE, by=cast.lin)

    assert not Holding.objects.filter(person=crowd[0].person).exists()
    assert TeamPost.objects.get().volunteer == crowd[0]


# ── Members ──────────────────────────────────────────────────────────────────────────────────────


def test_a_volunteer_asks_and_is_let_in_and_leaves_with_history(cast, ming, crowd):
    team = make_team(cast.hongmian, crowd)
    own = actor(cast.xiaoming)
    asked = services.ask_to_join(team=team, words="", at=MARCH, by=own)
    again = lambda: services.ask_to_join(team=team, words="", at=MARCH, by=own)  # noqa: E731
    assert code_of(again) == "in_team"

    services.let_in(member=asked, at=MARCH + DAY, by=cast.he)
    left = services.leave_team(member=asked, at=MARCH + 9 * DAY, by=own)
    services.ask_to_join(team=team, words="", at=MARCH + 10 * DAY, by=own)

    assert (left.joined_on, left.left_on) == (date(2026, 3, 3), date(2026, 3, 11))
    assert set(ming.team_memberships.values_list("state", flat=True)) == {"asked", "left"}


def test_a_volunteer_is_in_several_teams_with_one_main_organisation(cast, ming, crowd):
    """V-23."""
    for n in range(2):
        team = make_team(cast.hongmian, crowd[n * 2 : n * 2 + 2], code=f"TD{n}")
        asked = services.ask_to_join(team=team, words="", at=MARCH, by=actor(cast.xiaoming))
        services.let_in(member=asked, at=MARCH, by=cast.he)

    assert ming.team_memberships.filter(state="member").count() == 2


def test_who_is_invited_decides(cast, ming, crowd):
    team = make_team(cast.hongmian, crowd)
    invited = services.invite_member(team=team, volunteer=ming, at=MARCH, by=cast.he)

    letting = lambda: services.let_in(member=invited, at=MARCH, by=cast.he)  # noqa: E731
    assert code_of(letting) == "wrong_state"
    taking = lambda: services.accept_invitation(  # noqa: E731
        member=invited, at=MARCH, by=of(crowd[1])
    )
    assert code_of(taking) == "not_own"

    joined = services.accept_invitation(member=invited, at=MARCH, by=actor(cast.xiaoming))
    assert joined.state == "member"


def test_a_stranger_keeps_no_members(cast, ming, crowd):
    team = make_team(cast.hongmian, crowd)

    inviting = lambda: services.invite_member(  # noqa: E731
        team=team, volunteer=ming, at=MARCH, by=cast.zhou
    )

    assert code_of(inviting) == "not_allowed"


def test_a_head_leaves_only_after_another_came(cast, crowd):
    team = make_team(cast.hongmian, crowd)
    member = team.members.get(volunteer=crowd[0])

    leaving = lambda: services.leave_team(member=member, at=MARCH, by=of(crowd[0]))  # noqa: E731

    assert code_of(leaving) == "leads_it"


def test_who_leaves_the_roll_leaves_the_teams_and_the_post(cast, crowd):
    team = make_team(cast.hongmian, crowd)

    services.withdraw_volunteer(volunteer=crowd[0], reason="搬离", at=MARCH, by=cast.chen)

    assert team.members.get(volunteer=crowd[0]).state == "left"
    headless = next(check for check in facts.CHECKS if check.code == "VOL-C291")
    assert list(headless.records()) == [team]


def test_a_team_has_three_deputies_at_most(cast, crowd):
    team = make_team(cast.hongmian, crowd)
    members = list(team.members.exclude(volunteer=crowd[0]))
    for member in members[:3]:
        services.appoint_deputy(member=member, at=MARCH, by=cast.he)

    fourth = lambda: services.appoint_deputy(member=members[3], at=MARCH, by=cast.he)  # noqa: E731
    assert code_of(fourth) == "too_many_deputies"

    services.dismiss_deputy(member=members[0], at=MARCH, by=cast.he)
    assert fourth().post == "deputy"


# ── Heads ────────────────────────────────────────────────────────────────────────────────────────


def test_another_head_is_asked_for_and_agreed_to_by_the_host(cast, crowd, secretary):
    team = make_team(cast.hongmian, crowd)
    for one in crowd[:2]:
        access.open_account(person=one.person, username=one.number, at=MARCH, by="x")
    access.give_role(
        person=crowd[0].person,
        role=Role.TEAM_LEADER,
        org=cast.hongmian,
        starts_on=date(2024, 5, 6),
        at=MARCH,
        by=secretary,
    )
    member = team.members.get(volunteer=crowd[1])
    asked = services.ask_for_head(member=member, reason="届满", at=MARCH, by=cast.he)

    services.approve_head(change=asked, at=MARCH + DAY, by=secretary)

    posts = {post.volunteer: (post.starts_on, post.ends_on) for post in team.posts.all()}
    assert posts[crowd[0]] == (date(2024, 5, 6), date(2026, 3, 3))
    assert posts[crowd[1]] == (date(2026, 3, 3), None)
    ended, begun = (Holding.objects.get(person=one.person) for one in crowd[:2])
    assert (ended.ends_on, begun.ends_on) == (date(2026, 3, 3), None)
    assert begun.role == "team_leader"


def test_nobody_agrees_to_what_they_asked_for(cast, crowd):
    team = make_team(cast.hongmian, crowd)
    member = team.members.get(volunteer=crowd[1])
    asked = services.ask_for_head(member=member, reason="届满", at=MARCH, by=cast.chen)

    agreeing = lambda: services.approve_head(change=asked, at=MARCH, by=cast.chen)  # noqa: E731

    assert code_of(agreeing) == "own_team"
    assert code_of(
        lambda: services.ask_for_head(member=member, reason="再", at=MARCH, by=cast.he)
    ) == ("change_open")


def test_a_team_that_closes_takes_its_people_with_it(cast, crowd):
    team = make_team(cast.hongmian, crowd)

    services.close_team(team=team, reason="合并", at=MARCH, by=cast.chen)

    assert not team.members.filter(state="member").exists()
    assert not team.posts.filter(ends_on__isnull=True).exists()
    assert team.standings.get().ends_on == date(2026, 3, 2)
