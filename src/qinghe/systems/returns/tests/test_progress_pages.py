"""How far reporting has come, and a word to those who have not reported."""

import pytest
from django.utils import timezone

from qinghe.kernel.notices.models import Notice
from qinghe.systems.returns import models, services

from .desk import ask, half, sign_in, text, url
from .makers import cell, filing_of, keep, make_codes, make_form

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MOST = 29  # asked for the first time, when the frame keeps its session and reads what waits
BAR = 12  # who has not reported, asked again: whatever there are of forms and organisations


@pytest.fixture
def opened(form, cast, hong):
    """Three communities are asked; 红棉 has reported."""
    opened = ask(form, cast.lin)
    filing = filing_of(opened, cast.hongmian)
    keep(filing, hong, at=timezone.now(), LOC_01=3)
    services.submit(filing=filing, at=timezone.now(), by=hong)
    return opened


@pytest.fixture
def district(client, cast):
    return sign_in(client, cast.lin)


def here():
    return {"period": half().name}


def test_the_board_says_how_complete_each_street_is(district, opened):
    page = text(district.get(url("progress"), here()))

    assert "横岗街道" in page
    assert "1/2" in page
    assert "0/1" in page
    assert "33.3" in page


def test_a_period_without_rounds_leads_to_those_that_have_some(district, opened):
    board = text(district.get(url("progress"), {"period": "2011H1"}))
    ledger = text(district.get(url("late"), {"period": "2011H1"}))

    assert f"period={half().name}" in board
    assert half().label in board
    assert "2011年上半年没有开放的报送期" in ledger
    assert "全部催报" not in ledger


def test_a_street_sees_its_own_board_only(client, opened, cast):
    page = text(sign_in(client, cast.chen).get(url("progress"), here()))

    assert "1/2" in page
    assert "坂田" not in page


def test_a_street_is_shown_no_form_that_nobody_in_it_is_asked(client, opened, cast):
    of_the_district = make_form(
        cast.lin, cell("LOC-02"), slug="district", title="区级工作", levels=["district"]
    )
    ask(of_the_district, cast.lin)

    street = text(sign_in(client, cast.chen).get(url("progress"), here()))
    district = text(sign_in(client, cast.lin).get(url("progress"), here()))

    assert "团建情况" in street
    assert "区级工作" not in street
    assert "区级工作" in district


def test_who_is_missing_is_named_with_what_they_miss(district, opened):
    page = text(district.get(url("late"), here()))

    assert "华乐社区" in page
    assert "团建情况" in page
    assert "红棉社区" not in page


def test_all_are_reminded_in_one_click_and_once_a_day(district, opened, hong, cast):
    url_of_all = url("remind_all") + f"?period={half().name}"

    first = text(district.post(url_of_all, follow=True))
    again = text(district.post(url_of_all, follow=True))

    assert "已提醒1个组织" in first
    assert "没有发出新的提醒" in again
    assert models.Reminder.objects.get().org == cast.xiangjiaotang
    assert Notice.objects.filter(person_id=cast.zhou.person_id).count() == 1


def test_the_ticked_are_reminded_and_it_is_said_where_nobody_is(district, opened, cast):
    posted = {"bulk": "remind", "picked": [cast.huale.pk, cast.xiangjiaotang.pk]}

    page = text(district.post(url("late") + f"?period={half().name}", posted, follow=True))

    assert "1项已办理，1项未办理" in page
    assert "没有可填报的人员" in page


def test_who_reviews_nothing_reminds_nobody(client, opened, hong, cast):
    desk = sign_in(client, hong)

    assert desk.post(url("remind_all") + f"?{here()}").status_code == 403
    assert not models.Reminder.objects.exists()


def test_elsewhere_has_no_board(client, opened, cast):
    other = sign_in(client, cast.zhou)

    assert other.get(url("progress"), {"org": cast.henggang.code}).status_code == 404
    assert other.get(url("late"), {"org": cast.henggang.code}).status_code == 404


def test_more_forms_take_no_more_queries(district, opened, cast, django_assert_max_num_queries):
    make_codes(cast.lin, 5)
    for number in range(3, 7):
        ask(make_form(cast.lin, cell(f"LOC-0{number}"), slug=f"more-{number}"), cast.lin)

    with django_assert_max_num_queries(MOST):
        district.get(url("progress"), here())
    with django_assert_max_num_queries(MOST):
        district.get(url("late"), here())


def test_who_has_not_reported_keeps_to_its_bar(
    district, opened, cast, django_assert_max_num_queries
):
    make_codes(cast.lin, 5)
    for number in range(3, 7):
        ask(make_form(cast.lin, cell(f"LOC-0{number}"), slug=f"more-{number}"), cast.lin)
    district.get(url("late"), here())

    with django_assert_max_num_queries(BAR):
        page = district.get(url("late"), here())

    assert "华乐社区" in text(page)
