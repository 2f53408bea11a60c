"""The pages: each for whom it is for, refused to others, unknown outside of sight."""

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.kernel.orgs.models import Org
from qinghe.lib import periods
from qinghe.systems.founding import queries, services
from qinghe.systems.founding.models import Application, Hundred, Target, Unit
from tests.cast import NOW, make_person
from tests.desk import sign_in

from .makers import credit_code, make_application, make_target, make_unit

pytestmark = pytest.mark.django_db


def url(name, *arguments):
    return reverse(f"founding:{name}", args=arguments)


def text(response):
    return response.content.decode()


def unit_form(cast, **told):
    return {
        "name": "青穗软件有限公司",
        "credit_code": credit_code(5),
        "org": cast.xiangjiaotang.code,
        "kind": "nonpublic_enterprise",
        "is_internet": "on",
        "industry": "internet",
        "way": "leader",
        "employees": "60",
        "youths": "40",
        "members": "5",
        **told,
    }


def test_a_community_enters_a_unit_and_asks_for_its_branch(client, cast):
    sign_in(client, cast.zhou)

    entered = client.post(url("unit_new"), unit_form(cast))
    unit = Unit.objects.get()
    asked = client.post(
        url("application_new", unit.pk),
        {
            "kind": "branch",
            "name": "青穗软件团支部",
            "parent": cast.xiangjiaotang.code,
            "told": "5",
            "evidence": "单位同意",
        },
    )

    assert entered.url == url("unit", unit.pk)
    assert asked.url == url("application", Application.objects.get().pk)
    assert "待街道同意" in text(client.get(asked.url))


def test_what_is_wrong_is_said_beside_what_was_typed(client, cast):
    sign_in(client, cast.zhou)

    bad = client.post(url("unit_new"), unit_form(cast, credit_code="91440307MA5F000100"))
    many = client.post(url("unit_new"), unit_form(cast, members="61"))

    assert (bad.status_code, many.status_code) == (422, 422)
    assert "校验位不符" in text(bad)
    assert "团员数不能多于从业人数" in text(many)
    assert "青穗软件有限公司" in text(many)
    assert not Unit.objects.exists()


def test_too_few_members_are_answered_on_the_form(client, cast, unit):
    sign_in(client, cast.zhou)
    told = {
        "kind": "branch", "name": "团支部", "parent": unit.org.code, "told": "2", "evidence": "同意",
    }  # fmt: skip

    few = client.post(url("application_new", unit.pk), told)
    unknown = client.post(url("application_new", unit.pk), {**told, "listed": "X1，X2"})

    assert (few.status_code, unknown.status_code) == (422, 422)
    assert "联合团支部" in text(few)
    assert "没有这些人员编号：X1、X2" in text(unknown)


def test_the_street_agrees_from_the_inbox_and_the_district_approves(client, cast, unit):
    asked = make_application(cast, unit, secretary=make_person("P020", "姜苗"))
    sign_in(client, cast.wen)

    inbox = text(client.get("/inbox/"))
    client.post(url("agree", asked.pk))
    sign_in(client, cast.lin)
    page = text(client.get(url("approve", asked.pk)))
    client.post(url("approve", asked.pk), {"appoint": "on"})

    founded = Org.objects.get(code__startswith="LX-")
    assert url("application", asked.pk) in inbox
    assert "成立日期为今天" in page
    assert founded.posts.get().title == "书记"
    assert founded.name in text(client.get(url("unit", unit.pk)))
    paper = client.get(url("paper", asked.pk))
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")


def test_a_box_left_empty_approves_without_a_secretary(client, cast, unit):
    asked = make_application(cast, unit, by=cast.wen, secretary=make_person("P020", "姜苗"))
    sign_in(client, cast.lin)

    client.post(url("approve", asked.pk), {})

    assert not Org.objects.get(code__startswith="LX-").posts.exists()


def test_what_is_not_approved_has_no_paper(client, cast, asked):
    sign_in(client, cast.lin)

    assert client.get(url("paper", asked.pk)).status_code == 404


def test_what_is_beside_is_not_there(client, cast, target):
    unit = make_unit(cast)
    asked = make_application(cast, unit)
    sign_in(client, cast.chen)

    beside = [url("unit", unit.pk), url("application", asked.pk), url("target", target.pk)]

    assert [client.get(page).status_code for page in beside] == [404, 404, 404]


def test_who_has_no_part_in_it_is_refused(client, cast, unit):
    sign_in(client, cast.he)  # leads a team

    for name in ("board", "units", "applications", "hundreds", "terms", "unit_new"):
        assert client.get(url(name)).status_code == 403
    assert client.get(url("unit", unit.pk)).status_code == 404


def test_a_community_sets_nothing(client, cast, target):
    sign_in(client, cast.zhou)

    for name in ("hand_down", "terms_new", "hundred_new"):
        assert client.get(url(name)).status_code == 403


def test_a_street_does_not_approve_on_the_page(client, cast, unit):
    asked = make_application(cast, unit, by=cast.wen)
    sign_in(client, cast.wen)

    page = text(client.get(url("application", asked.pk)))

    assert url("approve", asked.pk) not in page
    assert client.post(url("approve", asked.pk), {}).status_code == 403


@pytest.mark.parametrize(
    ("name", "told", "state"),
    [
        ("send_back", {"reason": "请附意见"}, "sent_back"),
        ("refuse", {"reason": "条件不足"}, "refused"),
        ("withdraw", {"reason": "暂缓"}, "withdrawn"),
    ],
)
def test_decisions_are_made_on_the_page_with_their_reason(client, cast, asked, name, told, state):
    sign_in(client, cast.wen)

    without = client.post(url(name, asked.pk), {"reason": ""})
    client.post(url(name, asked.pk), told)

    asked.refresh_from_db()
    assert without.status_code == 422
    assert (asked.state, asked.reason) == (state, told["reason"])


def test_what_was_sent_back_is_mended_on_the_page(client, cast, asked):
    services.send_back(application=asked, reason="人数请核对", at=NOW, by=cast.wen)
    sign_in(client, cast.zhou)

    page = text(client.get(url("application_again", asked.pk)))
    client.post(
        url("application_again", asked.pk),
        {
            "kind": "branch", "name": asked.name, "parent": asked.parent.code, "told": "6",
            "evidence": "已核对",
        },
    )  # fmt: skip

    asked.refresh_from_db()
    assert "退回原因：人数请核对" in page
    assert (asked.state, asked.members) == ("submitted", 6)


def test_a_unit_is_visited_laid_aside_and_taken_up(client, cast, unit):
    sign_in(client, cast.zhou)
    today = timezone.localdate()

    client.post(url("visit_new", unit.pk), {"day": today, "met": "人事负责人", "words": "有意"})
    client.post(url("lay_aside", unit.pk), {"reason": "没有团员", "look_again_on": "2099-01-01"})
    page = text(client.get(url("unit", unit.pk)))
    client.post(url("take_up_again", unit.pk))
    client.post(url("assign", unit.pk), {"officer": cast.wen.person_id})
    client.post(url("note_gone", unit.pk), {"reason": "已注销"})

    unit.refresh_from_db()
    assert "人事负责人" in page
    assert "2099-01-01" in page
    assert (unit.state, unit.officer_id) == ("gone", cast.wen.person_id)


def test_the_roll_is_narrowed_to_what_is_due_and_to_ones_own(client, cast):
    due, mine, other = (make_unit(cast, number=number + 1) for number in range(3))
    day = timezone.localdate()
    Unit.objects.filter(pk=due.pk).update(next_on=day)
    Unit.objects.filter(pk=mine.pk).update(officer=cast.zhou.person_id)
    Unit.objects.filter(pk=other.pk).update(state="gone", reason="注销", ended_on=day)
    sign_in(client, cast.zhou)

    def shown(which):
        page = text(client.get(url("units"), {"of": which}))
        return {one.pk for one in (due, mine, other) if url("unit", one.pk) in page}

    assert shown("blank") == {due.pk, mine.pk}
    assert shown("due") == {due.pk}
    assert shown("mine") == {mine.pk}


def test_a_target_is_shared_and_corrected_on_the_page(client, cast):
    sign_in(client, cast.lin)
    day = timezone.localdate()
    told = {"year": day.year, "number": "10", "source": "龙团5号", "handed_on": day}

    client.post(url("hand_down"), told)
    target = Target.objects.get()
    half = client.post(
        url("share", target.pk),
        {"way": "hand", "reason": "议定", f"to_{cast.henggang.pk}": "4"},
    )
    client.post(url("share", target.pk), {"way": "equal", "reason": "平均"})
    street = Target.objects.get(org=cast.henggang)
    client.post(url("adjust", street.pk), {"number": "1", "reason": "空白点少"})
    page = text(client.get(url("target", target.pk)))

    assert half.status_code == 422
    assert "没有的填0" in text(half)
    assert "还差2家没有分解" in page
    assert "空白点少" in text(client.get(url("target", street.pk)))


def test_the_board_shows_every_street_in_few_questions(
    client, cast, target, django_assert_max_num_queries
):
    services.share_equally(target=target, reason="平均", at=NOW, by=cast.lin)
    for number in range(6):
        make_unit(cast, number=number + 1)
    sign_in(client, cast.lin)
    client.get(url("board"))

    with django_assert_max_num_queries(20):
        page = text(client.get(url("board") + "?period=2022H1"))

    assert "横岗街道" in page
    assert "滞后" in page
    assert "6" in page


def test_lists_ask_the_database_as_often_for_many_as_for_few(
    client, cast, django_assert_max_num_queries
):
    sign_in(client, cast.lin)
    for number in range(12):
        make_application(cast, make_unit(cast, number=number + 1))

    for name in ("units", "applications"):
        client.get(url(name))
        with django_assert_max_num_queries(18):
            assert client.get(url(name)).status_code == 200


def test_aims_are_named_told_and_dropped(client, cast):
    sign_in(client, cast.lin)
    today = timezone.localdate()

    client.post(url("hundred_new"), {"year": today.year, "name": "甲项", "code": ""})
    aim = Hundred.objects.get()
    told = {"org": cast.henggang.code, "day": today, "percent": "100", "basis": "名单"}
    client.post(url("hundred_tell", aim.pk), told)
    client.post(url("hundred_tell", aim.pk), {**told, "org": cast.bantian.code, "percent": "97.5"})
    page = text(client.get(url("hundreds")))

    assert aim.note == "内容以本地文件为准"
    assert "97.50%" in page
    assert page.count("未达标") == 1
    client.post(url("hundred_drop", aim.pk), {"reason": "文件没有"})
    assert "97.50%" not in text(client.get(url("hundreds")))
    assert "97.50" in text(client.get(url("hundred", aim.pk)))


def test_an_aim_may_be_read_from_a_figure(cast):
    aim = services.set_hundred(
        new=services.NewHundred(2022, "完成率", "FND-01"), at=NOW, by=cast.lin
    )
    half = periods.half_year(2022, 1)

    known = queries.percents_of(cast.lin, [aim], orgs=[cast.henggang], period=half)

    assert known[aim.pk][0].value is None  # no figures were made yet


def test_terms_are_shown_and_set(client, cast):
    sign_in(client, cast.lin)
    numbers = {
        "street_days": "3", "district_days": "7", "pace_from": "1", "pace_to": "11",
        "green_percent": "100", "yellow_percent": "70",
    }  # fmt: skip

    first = text(client.get(url("terms")))
    client.post(
        url("terms_new"),
        {
            "title": "新参数",
            "starts_on": "2099-01-01",
            "source": "纪要",
            "reason": "加快",
            **numbers,
        },
    )

    assert "平台初始参数" in first
    assert "新参数" in text(client.get(url("terms")))


def test_a_program_lists_units_and_asks(client, cast, unit):
    sign_in(client, cast.zhou)
    root = "/api/v1/founding"
    body = {
        "credit_code": unit.credit_code,
        "kind": "branch",
        "name": "禾光团支部",
        "parent": unit.org.code,
        "members": 4,
        "evidence": "单位同意",
    }

    listed = client.get(f"{root}/units").json()["items"]
    unknown = client.post(
        f"{root}/applications", {**body, "listed": ["X1"]}, content_type="application/json"
    )
    made = client.post(f"{root}/applications", body, content_type="application/json")
    beside = client.post(
        f"{root}/applications",
        {**body, "credit_code": credit_code(99)},
        content_type="application/json",
    )

    assert [one["credit_code"] for one in listed] == [unit.credit_code]
    assert unknown.status_code == 409
    assert (made.status_code, made.json()["state"]) == (200, "submitted")
    assert beside.status_code == 404
    assert len(client.get(f"{root}/applications").json()["items"]) == 1


def test_a_target_of_another_year_is_no_obstacle(cast):
    make_target(cast, year=2021, number=340)

    assert queries.target_at(cast.lin, cast.longgang, 2021).number == 340
    assert queries.target_at(cast.lin, cast.longgang, 2022) is None
