"""The pages of teams: each for whom it is for, in the words of those who use them."""

import pytest
from django.utils import timezone

from qinghe.systems.volunteering import services
from qinghe.systems.volunteering.models import Team, TeamMember
from tests.cast import actor

from .makers import sign_in
from .team_makers import make_crowd, make_team, url

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def test_a_secretary_applies_by_the_form_and_the_street_approves_in_the_inbox(
    client, cast, crowd, secretary
):
    sign_in(client, secretary)
    typed = {
        "code": "TD8",
        "name": "禾苑服务队",
        "kind": "compound",
        "compound": "禾苑",
        "org": cast.hongmian.code,
        "scope": "环境清洁",
        "head": crowd[0].number,
        "founders": "\n".join(one.number for one in crowd[1:]),
    }
    wrong = client.post(url("team_new"), typed | {"founders": "ZY101，ZY999"})
    assert wrong.status_code == 422
    assert "ZY999" in text(wrong)
    assert client.post(url("team_new"), typed).status_code == 302
    made = Team.objects.get()

    sign_in(client, cast.chen)
    assert "禾苑服务队" in text(client.get("/inbox/"))
    client.post(url("team_approve", made.pk))
    made.refresh_from_db()

    client.logout()
    assert made.state == "noticed"
    assert "禾苑" in text(client.get(url("team_notice")))


def test_a_volunteer_finds_a_team_asks_and_takes_it_back(client, cast, ming, crowd):
    make_team(cast.hongmian, crowd)
    make_team(cast.xiangjiaotang, code="TD2", name="别处的队")
    sign_in(client, actor(cast.xiaoming))

    page = text(client.get(url("own_teams")))
    assert "红棉服务队" in page
    assert "别处的队" not in page
    client.post(url("own_team_ask", Team.objects.get(code="TD1").pk))
    asked = TeamMember.objects.get(volunteer=ming)
    assert asked.state == "asked"
    client.post(url("own_team_decline", asked.pk))

    asked.refresh_from_db()
    assert asked.state == "refused"


def test_nobody_leaves_for_another(client, cast, ming, crowd):
    team = make_team(cast.hongmian, crowd)
    sign_in(client, actor(cast.xiaoming))

    answer = client.post(url("own_team_leave", team.members.first().pk))

    assert answer.status_code == 404


def test_the_pages_of_a_team_take_few_queries_however_many_are_in_it(
    client, cast, crowd, django_assert_max_num_queries
):
    team = make_team(cast.hongmian, [*crowd, *make_crowd(cast.hongmian, count=9, start=300)])
    sign_in(client, cast.chen)
    client.get(url("teams"))

    with django_assert_max_num_queries(40):
        page = text(client.get(url("team", team.pk)))
    with django_assert_max_num_queries(22):
        client.get(url("team_members", team.pk))

    assert "负责人" in page


def test_a_member_s_page_offers_what_may_be_done(client, cast, ming, crowd):
    team = make_team(cast.hongmian, crowd)
    asked = services.ask_to_join(team=team, words="", at=timezone.now(), by=actor(cast.xiaoming))
    sign_in(client, cast.he)

    assert "同意入队" in text(client.get(url("member", asked.pk)))
    refused = client.post(url("member_turn_away", asked.pk), {"reason": "人已满"})

    asked.refresh_from_db()
    assert refused.status_code == 302
    assert (asked.state, asked.words) == ("refused", "人已满")
