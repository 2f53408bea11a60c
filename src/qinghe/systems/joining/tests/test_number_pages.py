"""The pages of development numbers: for whom, refused to whom, and what wrong input is told."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.kernel.notices.models import Notice
from qinghe.systems.joining import services
from qinghe.systems.joining.models import Batch, Number, NumberRequest, Quota
from qinghe.systems.joining.services import Ask
from tests.cast import make_wider_cast
from tests.desk import sign_in
from tests.kept import kept

from .number_makers import enter, hand, pupil

pytestmark = pytest.mark.django_db


@kept
def cast():
    return make_wider_cast()


@pytest.fixture
def this_year(cast):
    """Ten of this year at the district, six of them at the school."""
    now = timezone.now()
    kept = services.Kept(timezone.localdate().year, "school")
    enter(cast, first=int(f"{kept.year}00000001"), at=now)
    hand(cast, cast.school, 6, kept=kept, at=now)
    return cast


def url(name, *arguments):
    return reverse(f"joining:{name}", args=arguments)


def text(response):
    return response.content.decode()


def test_a_range_is_entered_and_handed_down_on_the_pages(client, cast):
    sign_in(client, cast.lin)
    year = timezone.localdate().year

    client.post(
        url("number_batch_new"),
        {
            "sector": "school", "first": f"{year}00000001", "last": f"{year}00000020",
            "source": "团市委通知", "received_on": f"{year}-01-01",
        },
    )  # fmt: skip
    answer = client.post(
        url("number_hand"),
        {
            "sector": "school", f"org_{cast.henggang.pk}": "5", f"org_{cast.bantian.pk}": "3",
            "further_a": "HGZX", "amount_a": "4",
        },
    )  # fmt: skip

    assert Batch.objects.get().size == 20
    assert answer.status_code == 302
    board = text(client.get(answer.url))
    assert "横岗中学团委" in board
    assert dict(Quota.objects.values_list("org__name", "amount")) == {
        "龙岗区": 20, "横岗街道": 5, "坂田街道": 3, "横岗中学团委": 4,
    }  # fmt: skip


def test_wrong_input_stays_on_the_form_with_a_sentence(client, this_year):
    sign_in(client, this_year.lin)

    wrong = client.post(
        url("number_batch_new"),
        {
            "sector": "school", "first": "2022", "last": "202200000002", "source": "通知",
            "received_on": "2022-01-01",
        },
    )  # fmt: skip
    many = client.post(
        url("number_hand"), {"sector": "school", f"org_{this_year.henggang.pk}": "5"}
    )
    alone = client.post(url("number_hand"), {"sector": "school", "further_a": "HGZX"})
    nobody = client.post(url("number_hand"), {"sector": "school"})

    assert [each.status_code for each in (wrong, many, alone, nobody)] == [422] * 4
    assert "不是12位数字" in text(wrong)
    assert "龙岗区只剩4个未使用的编号" in text(many)
    assert 'value="5"' in text(many)
    assert "组织和数量要一起填写" in text(alone)


def test_a_school_sees_its_own_part_and_whose_a_number_is(client, this_year):
    services.reserve_number(
        org=this_year.branch, person=pupil(1), at=timezone.now(), by=this_year.luo
    )
    sign_in(client, this_year.tang)

    board, numbers = client.get(url("numbers")), client.get(url("number_list"))
    kept = Number.objects.get(state="reserved")

    assert "横岗中学团委" in text(board)
    assert "坂田街道" not in text(board)
    assert "童**" in text(numbers)
    assert "童小1" in text(client.get(url("number", kept.pk)))
    elsewhere = Number.objects.filter(org=this_year.longgang).first()
    assert client.get(url("number", elsewhere.pk)).status_code == 404


def test_a_quota_is_taken_back_on_its_page(client, this_year):
    school = Quota.objects.get(org=this_year.school)
    sign_in(client, this_year.lin)

    assert "收回" in text(client.get(url("quota", school.pk)))
    client.post(url("quota_take_back", school.pk), {"amount": "2", "reason": "调剂"})

    school.refresh_from_db()
    assert school.amount == 4
    answer = client.post(url("quota_take_back", school.pk), {"amount": "9", "reason": "调剂"})
    assert "只剩4个未使用的编号" in text(answer)


def test_a_quota_of_last_year_is_returned_on_its_page(client, cast):
    last = timezone.now() - timedelta(days=366)
    kept = services.Kept(last.year, "school")
    enter(cast, first=int(f"{kept.year}00000001"), at=last)
    hand(cast, cast.school, 6, kept=kept, at=last)
    school = Quota.objects.get(org=cast.school)
    sign_in(client, cast.tang)

    assert "年末退回" in text(client.get(url("quota", school.pk)))
    client.post(url("quota_return", school.pk))

    school.refresh_from_db()
    assert (school.amount, school.returned) == (6, 6)


def test_a_number_is_put_out_of_use_with_a_reason(client, this_year):
    number = Number.objects.filter(org=this_year.school).first()
    sign_in(client, this_year.tang)

    without = client.post(url("number_void", number.pk), {"reason": ""})
    client.post(url("number_void", number.pk), {"reason": "打印错误"})

    number.refresh_from_db()
    assert without.status_code == 422
    assert (number.state, number.reason) == ("void", "打印错误")


def test_more_is_asked_for_and_answered(client, this_year):
    sign_in(client, this_year.tang)
    client.post(
        url("number_request_new"),
        {"org": "HGZX", "sector": "school", "wanted": "3", "words": "秋季发展"},
    )
    request = NumberRequest.objects.get()
    assert client.get(url("number_request_answer", request.pk)).status_code == 403

    client.logout()
    sign_in(client, this_year.lin)
    inbox = text(client.get(reverse("web:inbox")))
    client.post(url("number_request_answer", request.pk), {"amount": "3", "words": ""})

    request.refresh_from_db()
    assert "横岗中学团委申请3个学校领域编号" in inbox
    assert (request.state, request.given) == ("answered", 3)
    assert "已下发3个编号" in Notice.objects.get().text


def test_a_request_is_withdrawn_or_refused_on_its_page(client, this_year):
    ask = Ask(this_year.school, "school", 3, "补充")
    first = services.ask_for_numbers(ask=ask, at=timezone.now(), by=this_year.tang)
    sign_in(client, this_year.tang)
    client.post(url("number_request_withdraw", first.pk))
    second = services.ask_for_numbers(ask=ask, at=timezone.now(), by=this_year.tang)

    client.logout()
    sign_in(client, this_year.lin)
    client.post(url("number_request_refuse", second.pk), {"reason": "名额已用完"})

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state, second.answer) == ("withdrawn", "refused", "名额已用完")


@pytest.mark.parametrize("name", ["numbers", "number_list", "quotas", "number_requests"])
def test_who_has_nothing_to_do_with_numbers_is_refused(client, this_year, name):
    for who in (this_year.he, this_year.auditor):
        sign_in(client, who)
        assert client.get(url(name)).status_code == 403


def test_who_uses_numbers_reads_them_and_hands_none_on(client, this_year):
    sign_in(client, this_year.luo)

    assert client.get(url("numbers")).status_code == 200
    assert client.get(url("number_hand")).status_code == 403
    assert client.get(url("number_batch_new")).status_code == 403


@pytest.mark.parametrize("name", ["numbers", "number_list", "quotas", "number_batches"])
def test_pages_ask_no_more_for_more_numbers(client, this_year, name, django_assert_max_num_queries):
    enter(this_year, size=60, at=timezone.now(), first=int(f"{timezone.localdate().year}10000001"))
    sign_in(client, this_year.lin)
    client.get(url(name))

    with django_assert_max_num_queries(28):
        client.get(url(name))


def test_quotas_are_read_by_other_programs(client, this_year):
    sign_in(client, this_year.tang)

    answer = client.get("/api/v1/joining/numbers/quotas")

    assert [(one["org"], one["amount"]) for one in answer.json()["items"]] == [("HGZX", 6)]
