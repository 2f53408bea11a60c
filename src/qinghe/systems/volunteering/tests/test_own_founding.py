"""A volunteer founds a team from the phone: those named say yes first (S100, ADR 0074)."""

from datetime import timedelta

import pytest

from qinghe.kernel.notices.models import Notice
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import queries, services
from qinghe.systems.volunteering.models import HeadChange, Team, TeamMember
from tests.cast import actor

from .makers import sign_in
from .team_makers import MARCH, url

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
AFTER_NOTICE = MARCH + 8 * DAY


def of(volunteer):
    return actor(volunteer.person)


def code_of(do):
    with pytest.raises(Refused) as caught:
        do()
    return caught.value.code


def proposed(cast, crowd, **changed):
    given = {"name": "禾苗服务队", "org": cast.hongmian, "founders": tuple(crowd[1:])} | changed
    return services.propose_team(new=services.OwnTeam(**given), at=MARCH, by=of(crowd[0]))


def agree(team, *volunteers):
    for one in volunteers:
        services.accept_invitation(member=team.members.get(volunteer=one), at=MARCH, by=of(one))


def test_review_begins_when_enough_have_said_yes(cast, crowd):
    team = proposed(cast, crowd)
    assert not queries.teams_waiting_for(cast.chen).exists()
    early = lambda: services.approve_team(team=team, at=MARCH, by=cast.chen)  # noqa: E731
    assert code_of(early) == "too_few_founders"
    assert Notice.objects.filter(title="邀请您发起志愿队伍").count() == 4

    agree(team, *crowd[1:])

    assert queries.teams_waiting_for(cast.chen).get() == team
    services.approve_team(team=team, at=MARCH, by=cast.chen)
    services.stand_team(team=team, at=AFTER_NOTICE, by=cast.chen)
    team.refresh_from_db()
    assert team.state == "approved"
    assert team.members.filter(state="member").count() == 5
    assert team.posts.get().volunteer == crowd[0]


def test_whom_the_applicant_would_have_lead_is_asked(cast, crowd):
    team = proposed(cast, crowd, head=crowd[1])
    assert HeadChange.objects.get().volunteer == crowd[1]
    agree(team, crowd[2], crowd[3], crowd[4])
    assert not queries.teams_waiting_for(cast.chen).exists()

    services.decline_invitation(
        member=team.members.get(volunteer=crowd[1]), at=MARCH, by=of(crowd[1])
    )

    assert HeadChange.objects.get().volunteer == crowd[0]
    assert code_of(lambda: services.approve_team(team=team, at=MARCH, by=cast.chen)) == (
        "too_few_founders"
    )


def test_another_is_asked_for_one_who_declines(cast, crowd, ming):
    team = proposed(cast, crowd)
    agree(team, *crowd[1:4])
    services.decline_invitation(
        member=team.members.get(volunteer=crowd[4]), at=MARCH, by=of(crowd[4])
    )
    others = lambda: services.invite_founder(  # noqa: E731
        team=team, volunteer=ming, at=MARCH, by=of(crowd[1])
    )
    assert code_of(others) == "not_own"

    services.invite_founder(team=team, volunteer=ming, at=MARCH, by=of(crowd[0]))
    agree(team, ming)

    assert queries.teams_waiting_for(cast.chen).get() == team


def test_what_is_refused_tells_all_who_were_named(cast, crowd):
    team = proposed(cast, crowd)

    services.refuse_team(team=team, reason="与已有队伍重复", at=MARCH, by=cast.chen)

    assert set(TeamMember.objects.values_list("state", "words")) == {("refused", "与已有队伍重复")}
    proposed(cast, crowd)  # and may be mended and applied for again
    assert Team.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"founders": ()}, "too_few_founders"),
        ({"kind": "compound"}, "compound_needed"),
        ({"org": "xiangjiaotang"}, "not_near"),
    ],
)
def test_applications_refused(cast, crowd, changed, code):
    if "org" in changed:
        changed = {"org": cast.xiangjiaotang}

    assert code_of(lambda: proposed(cast, crowd, **changed)) == code
    assert not Team.objects.exists()


def test_one_application_at_a_time_and_it_is_taken_back(cast, crowd):
    team = proposed(cast, crowd)
    assert code_of(lambda: proposed(cast, crowd)) == "one_at_a_time"

    services.take_back_team(team=team, at=MARCH, by=of(crowd[0]))

    assert not TeamMember.objects.exclude(state="refused").exists()
    assert proposed(cast, crowd).code != team.code


def test_the_phone_s_form_keeps_what_was_typed_and_shows_how_far_it_is(client, cast, crowd):
    sign_in(client, of(crowd[0]))
    typed = {
        "name": "禾苗服务队",
        "kind": "group",
        "org": cast.hongmian.pk,
        "scope": "环境清洁",
        "founders": "ZY101，ZY999",
    }
    wrong = client.post(url("own_team_new"), typed)
    assert wrong.status_code == 422
    assert "ZY999" in wrong.content.decode()
    assert "环境清洁" in wrong.content.decode()
    unknown = client.post(url("own_team_new"), typed | {"founders": "ZY101", "head": "ZY998"})
    assert "没有用这个编号的已注册志愿者" in unknown.content.decode()
    few = client.post(url("own_team_new"), typed | {"founders": "ZY101"})
    assert "至少5名" in few.content.decode()

    typed["founders"] = "\n".join(one.number for one in crowd[1:])
    made = client.post(url("own_team_new"), typed, follow=True)

    team = Team.objects.get()
    assert made.redirect_chain[-1][0] == url("own_team", team.pk)
    assert "已同意 1 名，须满 5 名" in made.content.decode()
    sign_in(client, of(crowd[1]))
    assert client.get(url("own_team", team.pk)).status_code == 404
    assert "邀请您一同发起" in client.get(url("own_teams")).content.decode()
    client.post(url("own_team_accept", team.members.get(volunteer=crowd[1]).pk))
    assert team.members.get(volunteer=crowd[1]).state == "founding"


def test_who_is_no_volunteer_finds_no_form(client, cast):
    sign_in(client, cast.he)

    assert client.get(url("own_team_new")).status_code == 403
