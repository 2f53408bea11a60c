"""Who comes in, what they may choose, and what the frame shows them."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from qinghe.edges import system
from qinghe.edges.system import MenuItem, System
from qinghe.edges.web import context, menu, search
from qinghe.kernel.access.models import Account
from qinghe.kernel.people.models import Membership
from tests import cast
from tests.web.conftest import MENU, client_of


def text(answer):
    return answer.content.decode()


def test_a_stranger_is_led_to_sign_in_and_back(db):
    answer = Client().get("/orgs/?name=横岗")

    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/?next=%2Forgs%2F%3Fname%3D")


def test_a_part_asked_for_by_a_stranger_reloads_the_whole_page(db):
    answer = Client().get("/orgs/", headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/accounts/login/")


def test_signing_in_with_a_password_leads_to_the_first_page_of_the_menu(people):
    user = User.objects.create_user("lin", password="a long passphrase")
    Account.objects.create(user=user, person_id=people.lin.person_id)
    client = Client()

    answer = client.post("/accounts/login/", {"login": "lin", "password": "a long passphrase"})

    assert answer.url == "/"
    assert client.get("/").url == "/board/"


def test_a_wrong_password_is_told_in_chinese_and_the_name_is_kept(db):
    answer = Client().post("/accounts/login/", {"login": "lin", "password": "wrong"})

    assert "账号、手机号或密码不正确" in text(answer)
    assert 'value="lin"' in text(answer)


def test_signing_out_takes_a_post(lin):
    assert lin.get("/accounts/logout/").status_code == 405
    assert lin.post("/accounts/logout/").status_code == 302
    assert lin.get("/orgs/").status_code == 302


def test_who_holds_no_role_today_is_told_so(people):
    user = User.objects.create_user("nobody")
    Account.objects.create(user=user, person=people.xiaoming)
    client = Client()
    client.force_login(user)

    answer = client.get("/orgs/")

    assert answer.status_code == 403
    assert "没有任何生效的职务" in text(answer)


def test_the_menu_shows_only_what_the_actor_may_do(lin, chen):
    for_lin, for_chen = text(lin.get("/orgs/")), text(chen.get("/orgs/"))

    assert ">授权</a>" in for_lin
    assert ">授权</a>" not in for_chen
    assert ">组织</a>" in for_chen
    assert (
        for_lin.index(">概况</a>")
        < for_lin.index("<summary>管理</summary>")
        < for_lin.index(">授权</a>")
    )


def test_the_page_one_is_on_is_marked_in_the_menu(lin):
    assert 'class="q-here" aria-current="page">组织</a>' in text(lin.get("/orgs/440307/"))


@pytest.fixture
def long_menu(monkeypatch):
    """Give two systems more lines than a screen has."""
    lines = [MenuItem(f"第{number}页", "orgs", "web.see") for number in range(menu.FEW)]
    installed = [
        System(slug="web", label="组织", urls="", menu=MENU),
        System(slug="service", label="志愿服务", urls="", menu=tuple(lines)),
    ]
    monkeypatch.setattr(system, "INSTALLED", installed)


def open_groups(client, path="/inbox/"):
    return re.findall(r'data-group="(\w+)"\s+open', text(client.get(path)))


def test_a_short_menu_stands_open(lin):
    assert open_groups(lin) == ["house"]


def test_of_a_long_menu_the_group_of_the_open_page_stands_open(lin, long_menu):
    assert open_groups(lin) == []
    assert open_groups(lin, "/orgs/440307/") == ["web", "service"]  # both lead there, here


def test_a_menu_comes_as_its_reader_left_it_but_never_hides_the_open_page(lin, long_menu):
    lin.cookies[menu.FOLDS] = "-web.house.what-ever"

    assert open_groups(lin) == ["house"]
    assert open_groups(lin, "/orgs/440307/") == ["web", "service", "house"]


def test_the_work_of_the_league_stands_together_in_the_order_of_its_groups(people, monkeypatch):
    def offers(slug, *groups):
        lines = tuple(MenuItem(f"{slug}页", "orgs", "web.see", group) for group in groups)
        return System(slug=slug, label=slug, urls="", menu=lines)

    cadres, members = system.LeagueWork.CADRES, system.LeagueWork.MEMBERS
    installed = [
        offers("web", "业务"),
        offers("a", cadres),
        offers("b", "业务"),
        offers("c", members),
    ]
    monkeypatch.setattr(system, "INSTALLED", installed)

    found = [(group.heading, group.key) for group in menu.groups_for(people.lin)]

    assert found == [
        ("", ""),
        ("web", "web"),
        ("团务·团员", "league_members"),
        ("团务·干部", "league_cadres"),
        ("b", "b"),
    ]


def test_the_choice_in_the_address_is_remembered(lin):
    lin.get("/orgs/?org=440307017&period=2021Q4")

    answer = lin.get("/orgs/")

    assert answer.wsgi_request.scope.org.name == "横岗街道"
    assert answer.wsgi_request.scope.period.label == "2021年第四季度"


def test_without_a_choice_the_scope_is_the_highest_organisation_in_sight(chen):
    assert chen.get("/orgs/").wsgi_request.scope.org.name == "横岗街道"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("org=440307013", "没有找到这个组织"),
        ("org=x", "没有找到这个组织"),
        ("period=2022H3", "无法识别该期间"),
    ],
)
def test_an_unknown_choice_is_one_sentence_and_changes_nothing(chen, query, sentence):
    answer = chen.get(f"/orgs/?{query}")

    assert answer.status_code == 404
    assert sentence in text(answer)
    assert chen.get("/orgs/").wsgi_request.scope.org.name == "横岗街道"


def test_who_may_act_at_one_organisation_sees_only_that_one(he):
    assert he.get("/choose/org/?pick=社区").content.decode().count("<li>") == 1


def test_the_org_switcher_leads_up_and_down(lin):
    answer = text(lin.get("/choose/org/?org=440307017"))

    assert 'href="?org=440307">龙岗区' in answer
    assert 'href="?org=440307017901">红棉社区' in answer
    assert "坂田街道" not in answer


def test_the_period_switcher_offers_years_halves_quarters_and_months(lin):
    answer = text(lin.get("/choose/period/"))

    for name in ("2021", "2021H1", "2022Q2", "2022M06"):
        assert f'"?period={name}"' in answer
    assert "period=2020" not in answer


def test_search_finds_organisations_in_sight_only(chen):
    assert "红棉社区" in text(chen.get("/search/?q=红棉"))
    assert "您的工作范围内没有这样的组织" in text(chen.get("/search/?q=坂田"))


def test_search_finds_people_only_with_the_act_and_masks_them(people, monkeypatch):
    Membership.objects.create(person=people.xiaoming, org=people.hongmian, starts_on=cast.LONG_AGO)
    chen, zhou = client_of(people.chen), client_of(people.zhou)

    assert 'aria-label="人员"' not in text(chen.get("/search/?q=明小"))
    monkeypatch.setattr(search, "PEOPLE_ACT", "web.see")

    assert "明**" in text(chen.get("/search/?q=明小"))
    assert "P004" in text(chen.get("/search/?q=P004"))
    assert "明**" not in text(zhou.get("/search/?q=明小"))


def test_a_demo_says_that_its_people_are_invented(lin, monkeypatch):
    assert "演示数据" not in text(lin.get("/orgs/"))

    monkeypatch.setattr(context, "DEMO", lambda: True)

    assert "演示数据，人员均为虚构" in text(lin.get("/orgs/"))


def test_health_tells_the_engine_and_how_fresh_the_facts_are(db):
    told = Client().get("/healthz").json()

    assert told["database"] == "ok"
    assert told["facts_as_of"] is None


@pytest.mark.parametrize(
    ("code", "status"), [("not_allowed", 403), ("unknown_org", 404), ("session_over", 409)]
)
def test_a_refusal_that_no_form_took_is_a_page_with_its_reason(lin, code, status):
    answer = lin.get(f"/refuse/{code}/")

    assert answer.status_code == status
    assert "这个场次已结束" in text(answer)
    assert "主菜单" in text(answer)


def test_a_refusal_leads_back_to_where_one_came_from_and_to_the_inbox(lin):
    answer = lin.get("/refuse/session_over/", headers={"Referer": "http://testserver/orgs/?page=2"})

    assert 'href="/orgs/?page=2">返回上一页</a>' in text(answer)
    assert 'href="/inbox/">回到我的待办</a>' in text(answer)


@pytest.mark.parametrize(
    "came_from",
    [
        "",
        "https://elsewhere.example/orgs/",
        "http://testserver//elsewhere.example/",
        "http://testserver/nowhere/",
        "javascript:x",
    ],
)
def test_nothing_leads_back_to_another_house_or_to_the_missing_page_itself(lin, came_from):
    answer = lin.get("/nowhere/", headers={"Referer": came_from})

    assert "返回上一页" not in text(answer)
    assert "回到我的待办" in text(answer)


def test_a_refusal_of_a_part_is_an_alert_and_not_a_page(lin):
    answer = lin.get("/refuse/session_over/", headers={"HX-Request": "true"})

    assert "这个场次已结束" in text(answer)
    assert "<html" not in text(answer)


def test_a_missing_page_keeps_the_frame(lin):
    answer = lin.get("/nowhere/")

    assert answer.status_code == 404
    assert "没有找到" in text(answer)
    assert "主菜单" in text(answer)


def test_a_fault_shows_a_sentence_and_never_its_trace(lin):
    lin.raise_request_exception = False

    answer = lin.get("/broken/")

    assert answer.status_code == 500
    assert "系统出错" in text(answer)
    assert "secret" not in text(answer)


def test_a_form_without_its_token_is_told_that_the_page_grew_old(people):
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/accounts/login/", {"login": "lin", "password": "x"})

    assert answer.status_code == 403
    assert "页面已过期" in text(answer)


@pytest.mark.parametrize("path", ["/orgs/?org=%00", "/search/?q=a%00b", "/orgs/%00/"])
def test_a_null_character_is_refused_before_it_reaches_the_database(lin, path):
    assert lin.get(path).status_code == 400


def test_who_signs_in_is_not_led_to_another_host(people):
    User.objects.create_user("lin", password="a long passphrase")

    answer = Client().post(
        "/accounts/login/",
        {"login": "lin", "password": "a long passphrase", "next": "https://elsewhere.cn/"},
    )

    assert answer.url == "/"
