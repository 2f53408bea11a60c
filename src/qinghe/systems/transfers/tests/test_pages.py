"""The pages: each for whom it is for, refused to others, unknown outside of sight."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.kernel.people.models import Person
from qinghe.systems.transfers import services
from qinghe.systems.transfers.models import Transfer, TransferTerms
from tests.cast import TODAY, make_person
from tests.desk import build_facts, sign_in

from .makers import actor_of, approve, asked, join, own, sent, standing

pytestmark = pytest.mark.django_db


def url(name, *arguments):
    return reverse(f"transfers:{name}", args=arguments)


def text(response):
    return response.content.decode()


def test_a_school_sends_a_member_on_the_pages(client, ground):
    sign_in(client, ground.cast.tang)

    answer = client.post(
        url("send_new"),
        {"number": "M001", "kind": "work", "to_org": "星河科技团委", "note": "入职"},
    )

    one = Transfer.objects.get()
    assert (answer.status_code, answer.url) == (302, url("transfer", one.pk))
    assert (one.state, one.side, one.note) == ("in_pending", "sender", "入职")
    page = text(client.get(answer.url))
    assert "甘小棠" in page
    assert "待转入方办理" in page
    assert "发起转接" in page


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"number": "M404"}, "没有找到这位团员"),
        ({"number": "P006"}, "没有找到这位团员"),
        ({"to_org": "没有这个组织"}, "没有找到这个组织"),
        ({"kind": "study", "to_org": "横岗中学团委"}, "请填写开学日期"),
        ({"kind": "out", "to_org": ""}, "请写明区外团组织"),
    ],
)
def test_bad_input_is_answered_and_nothing_is_lost(client, ground, said, words):
    sign_in(client, ground.cast.tang)
    typed = {"number": "M001", "kind": "work", "to_org": "XHKJ", "note": "已签合同"}

    answer = client.post(url("send_new"), {**typed, **said})

    assert answer.status_code == 422
    assert words in text(answer)
    assert "已签合同" in text(answer)
    assert not Transfer.objects.exists()


def test_a_receiver_asks_by_number_and_name_and_places(client, ground):
    sign_in(client, ground.cast.liang)
    wrong = {"number": "M001", "name": "别人", "kind": "work", "to_org": "XHKJ"}
    assert "没有这个编号和姓名的团员" in text(client.post(url("receive_new"), wrong))
    client.post(url("receive_new"), {**wrong, "name": "甘小棠"})
    one = approve(Transfer.objects.get(), ground.cast.tang)
    page = text(client.get(url("transfer", one.pk)))
    assert url("transfer_place", one.pk) in page

    client.post(
        url("transfer_place", one.pk),
        {"into": ground.workshop.pk, "on": timezone.localdate().isoformat()},
    )

    assert standing(ground.member) == [ground.workshop]


def test_somebody_from_outside_is_entered_on_the_page(client, ground):
    sign_in(client, ground.cast.liang)
    typed = {
        "number": "M077", "name": "外小来", "kind": "in", "to_org": "XHKJ",
        "outside": "广州市天河区团委", "letter": "介3",
    }  # fmt: skip
    assert "请填写出生日期" in text(client.post(url("receive_new"), typed))
    client.post(url("receive_new"), {**typed, "birth_date": "2001-02-03"})

    one = Transfer.objects.get()
    assert (one.state, one.person.number, one.person.name) == ("in_pending", "M077", "外小来")


def test_letting_go_returning_pausing_and_going_on(client, ground):
    one = own(ground)
    sign_in(client, ground.cast.luo)
    client.post(url("transfer_suspend", one.pk), {"reason": "核对学籍"})
    one.refresh_from_db()
    assert one.pause == "核对学籍"
    assert "暂停办理" in text(client.get(url("transfer", one.pk)))
    client.post(url("transfer_resume", one.pk))
    client.post(url("transfer_approve", one.pk))
    one.refresh_from_db()
    assert one.state == "in_pending"

    client.logout()
    sign_in(client, ground.cast.liang)
    answer = client.post(url("transfer_reject", one.pk), {"reason": ""})
    assert answer.status_code == 422
    client.post(url("transfer_reject", one.pk), {"reason": "本单位无此人"})
    one.refresh_from_db()
    assert (one.state, one.reason) == ("rejected", "本单位无此人")


def test_a_returned_one_is_mended_and_sent_again_on_the_pages(client, ground):
    one = sent(ground, as_draft=True)
    sign_in(client, ground.cast.tang)
    assert "甘小棠" in text(client.get(url("transfer", one.pk)))
    client.post(url("transfer_change", one.pk), {"kind": "home", "to_org": "红棉社区"})
    client.post(url("transfer_send", one.pk))
    one.refresh_from_db()
    assert (one.kind, one.to_org, one.state) == ("home", ground.cast.hongmian, "in_pending")
    client.post(url("transfer_withdraw", one.pk), {"reason": "办错了"})
    one.refresh_from_db()
    assert one.state == "withdrawn"


def test_a_receipt_ends_it(client, ground):
    one = sent(ground, kind="out", to_org=None, outside="广州市天河区团委")
    sign_in(client, ground.cast.tang)
    assert "待区外回执" in text(client.get(url("transfer", one.pk)))
    today = timezone.localdate().isoformat()
    client.post(url("transfer_receipt", one.pk), {"receipt": "回9", "on": today})

    assert standing(ground.member) == []


def test_a_member_starts_mends_and_withdraws_on_the_phone(client, ground):
    me = actor_of(ground.member)
    sign_in(client, me)
    assert "高一（1）团支部" in text(client.get(url("own")))
    assert client.get(url("own_new")).status_code == 200
    empty = client.post(url("own_new"), {"kind": "work", "to_org": ""})
    assert empty.status_code == 422
    client.post(url("own_new"), {"kind": "work", "to_org": "星河科技团委"})
    one = Transfer.objects.get()
    assert (one.state, one.side) == ("out_pending", "member")
    assert "待转出方同意" in text(client.get(url("own")))
    assert "已有一件没有办结" in text(
        client.post(url("own_new"), {"kind": "work", "to_org": "星河科技团委"})
    )
    services.reject_transfer(
        transfer=one, reason="请转社区", at=timezone.now(), by=ground.cast.tang
    )
    assert "请转社区" in text(client.get(url("own_change", one.pk)))
    client.post(url("own_change", one.pk), {"kind": "home", "to_org": "红棉社区"})
    one.refresh_from_db()
    assert (one.state, one.to_org) == ("out_pending", ground.cast.hongmian)
    client.post(url("own_withdraw", one.pk))
    one.refresh_from_db()
    assert one.state == "withdrawn"


def test_ones_own_pages_show_nobody_elses(client, ground):
    one = own(ground)
    sign_in(client, ground.cast.he)

    assert client.post(url("own_withdraw", one.pk)).status_code == 404
    assert client.get(url("own_change", one.pk)).status_code == 404
    assert "不在本区的团员名册上" in text(client.get(url("own")))
    assert client.post(url("own_new"), {"kind": "work", "to_org": "XHKJ"}).status_code == 200
    assert Transfer.objects.count() == 1


def test_out_of_sight_is_not_there_and_no_part_of_ones_work_is_refused(client, ground):
    one = sent(ground)
    sign_in(client, ground.cast.zhou)
    assert client.get(url("transfer", one.pk)).status_code == 404
    assert client.post(url("transfer_approve", one.pk)).status_code == 404
    client.logout()
    sign_in(client, ground.cast.auditor)
    assert client.get(url("transfers")).status_code == 403
    assert client.get(url("transfer", one.pk)).status_code == 404
    assert client.post(url("transfer_approve", one.pk)).status_code == 404
    assert client.get(url("transfer_change", one.pk)).status_code == 404
    assert client.get(url("send_new")).status_code == 403
    client.logout()
    sign_in(client, ground.cast.luo)
    assert client.get(url("transfer", one.pk)).status_code == 200
    assert client.post(url("transfer_approve", one.pk)).status_code == 403
    assert client.get(url("receive_new")).status_code == 403
    assert client.get(url("terms_new")).status_code == 403
    client.logout()
    sign_in(client, ground.cast.liang)
    assert client.get(url("transfer", one.pk)).status_code == 200
    assert client.get(url("transfer_change", one.pk)).status_code == 403
    client.logout()
    sign_in(client, ground.cast.he)
    assert client.get(url("transfers")).status_code == 403
    assert client.get(url("terms")).status_code == 403


def test_the_list_is_narrowed_to_what_is_mine_sent_or_coming(client, ground):
    sent(ground)
    other = make_person("M003", "程小路")
    join(other, ground.workshop)
    asked_for = asked(ground, person=other, to_org=ground.second)
    approve(asked_for, ground.cast.liang)
    sign_in(client, ground.cast.tang)
    assert text(client.get(url("transfers"))).count("M00") == 1
    assert "M001" not in text(client.get(url("transfers"), {"part": "mine"}))
    assert "M001" in text(client.get(url("transfers"), {"part": "sent"}))
    assert "M001" in text(client.get(url("transfers"), {"q": "甘小"}))
    client.logout()
    sign_in(client, ground.cast.liang)
    assert text(client.get(url("transfers"), {"part": "mine"})).count("M00") == 2
    assert "M001" in text(client.get(url("transfers"), {"part": "coming", "kind": "work"}))
    assert "M001" not in text(client.get(url("transfers"), {"state": "placed"}))


def test_a_box_proposes_any_organisation_that_takes_members(client, ground):
    sign_in(client, actor_of(ground.member))

    assert "星河科技团委" in text(client.get(url("targets"), {"pick": "星河"}))
    assert "option" not in text(client.get(url("targets")))
    client.logout()
    assert client.get(url("targets"), {"pick": "星河"}).status_code == 302


def test_the_board_shows_age_lateness_and_flow(client, ground):
    one = sent(ground)
    Transfer.objects.filter(pk=one.pk).update(due_on=TODAY, sent_on=TODAY)
    build_facts()
    sign_in(client, ground.cast.lin)

    page = text(client.get(url("board")))

    assert "超过30日" in page
    assert "星河科技团委" in page
    assert "转出、转入" in page


def test_the_district_sets_limits_on_the_page(client, ground):
    sign_in(client, ground.cast.lin)
    typed = {
        "title": "新期限", "starts_on": (timezone.localdate() + timedelta(days=1)).isoformat(),
        "timeout_days": "15", "study_days": "30", "abroad_years": "5", "source": "会议",
        "reason": "暑期较多",
    }  # fmt: skip
    client.post(url("terms_new"), typed)

    made = TransferTerms.objects.get(title="新期限")
    assert (made.timeout_days, made.lapses) == (15, False)
    assert "新期限" in text(client.get(url("terms")))
    assert client.post(url("terms_new"), typed).status_code == 422


def test_a_page_of_many_costs_no_query_a_row(client, ground, django_assert_max_num_queries):
    for number in range(12):
        person = make_person(f"M1{number:02}", f"多小{number}")
        join(person, ground.cast.branch)
        sent(ground, person=person)
    sign_in(client, ground.cast.liang)
    client.get(url("transfers"))
    with django_assert_max_num_queries(24):
        assert "M111" in text(client.get(url("transfers")))
    assert Person.objects.filter(number__startswith="M1").count() == 12


def test_a_stay_abroad_is_written_down_and_ended_on_the_pages(client, ground):
    sign_in(client, ground.cast.tang)
    today = timezone.localdate()
    typed = {
        "number": "M001", "place": "新加坡国立大学", "starts_on": today.isoformat(),
        "until": (today + timedelta(days=700)).isoformat(),
    }  # fmt: skip
    assert client.post(url("stay_new"), {**typed, "number": "P006"}).status_code == 422
    made = client.post(url("stay_new"), typed)
    assert "新加坡国立大学" in text(client.get(made.url))
    assert "M001" in text(client.get(url("stays")))
    client.post(f"{made.url}end/", {"on": today.isoformat()})
    assert "已返回" in text(client.get(made.url))
    client.logout()
    sign_in(client, ground.cast.zhou)
    assert client.get(made.url).status_code == 404
