"""Every page: one happy road, one refusal, and few queries however much there is."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.systems.volunteering import models

from .makers import at, build_facts, make_session, serve, sign_in

pytestmark = pytest.mark.django_db
MOST = 28  # the first page after signing in; what it takes does not grow with the rows
HTMX = {"HX-Request": "true"}


@pytest.fixture
def chen(client, cast):
    return sign_in(client, cast.chen)


@pytest.fixture
def running(cast):
    """A session that is going on by the real clock, as pages read it."""
    now = timezone.now()
    return make_session("CC8", org=cast.hongmian, starts_at=now - timedelta(minutes=5))


def url(name, *arguments):
    return reverse(f"volunteering:{name}", args=arguments)


def text(response):
    return response.content.decode()


def local(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def test_the_board_shows_the_figures_and_leads_down(
    chen, cast, ming, session, django_assert_max_num_queries
):
    serve(ming, session=session, came=at(9), left=at(12), by=cast.chen)
    build_facts()

    with django_assert_max_num_queries(MOST):
        page = text(chen.get(url("board"), {"period": "2022H1"}))

    assert "志愿服务总时长" in page
    assert "红棉社区" in page
    assert "3.0" in page


def test_a_session_is_published_from_its_form(chen, cast):
    tomorrow = timezone.now() + timedelta(days=1)
    typed = {
        "code": "CC9",
        "title": "周末净滩",
        "org": cast.hongmian.code,
        "place": "北门",
        "starts_at": local(tomorrow),
        "ends_at": local(tomorrow + timedelta(hours=2)),
    }

    answer = chen.post(url("session_new"), typed)

    made = models.Session.objects.get(code="CC9")
    assert answer.url == url("session", made.pk)
    assert local(made.starts_at) == typed["starts_at"]


def test_a_past_session_is_refused_and_nothing_typed_is_lost(chen, cast):
    typed = {
        "code": "CC9",
        "title": "周末净滩",
        "org": cast.hongmian.code,
        "place": "北门",
        "starts_at": "2022-05-04T09:00",
        "ends_at": "2022-05-04T12:00",
    }

    answer = chen.post(url("session_new"), typed)

    assert answer.status_code == 422
    assert "只能发布尚未开始的活动" in text(answer)
    assert "周末净滩" in text(answer)


def test_the_door_takes_a_number_and_shows_who_is_in(chen, ming, running):
    answer = chen.post(
        url("session_check_in", running.pk), {"volunteer": ming.number}, headers=HTMX
    )

    page = text(answer)
    assert "<html" not in page
    assert "在场" in page
    assert models.Attendance.objects.get().how == "roster"

    attendance = models.Attendance.objects.get()
    answer = chen.post(url("attendance_check_out", attendance.pk))
    assert answer.url == url("session", running.pk)
    attendance.refresh_from_db()
    assert attendance.state == "effective"


def test_the_door_says_why_not(chen, ming, session):
    answer = chen.post(
        url("session_check_in", session.pk), {"volunteer": ming.number}, headers=HTMX
    )

    assert "活动已经结束" in text(answer)
    assert not models.Attendance.objects.exists()


def test_a_session_page_costs_the_same_for_one_or_many(
    chen, cast, ming, hua, session, django_assert_max_num_queries
):
    for volunteer in (ming, hua):
        serve(volunteer, session=session, came=at(9), left=at(12), by=cast.chen)

    for name in ("session", "session_roster"):
        with django_assert_max_num_queries(MOST):
            page = text(chen.get(url(name, session.pk)))
        assert "明**" in page or "明*" in page
        assert cast.xiaoming.name not in page


def test_lists_show_and_export(chen, cast, ming, session, django_assert_max_num_queries):
    models.Team.objects.create(
        code="TD1", name="红棉服务队", org=cast.hongmian, applied_on=session.day
    )

    for name, words in [
        ("sessions", "公园净滩"),
        ("volunteers", "ZY1"),
        ("teams", "红棉服务队"),
        ("hours", "待审核时长"),
    ]:
        with django_assert_max_num_queries(MOST):
            assert words in text(chen.get(url(name)))
        asked = chen.get(url(name), {"export": "xlsx"})
        why = {"purpose": "work", "note": "核对台账", "receiver": "横岗街道团工委"}
        workbook = b"".join(chen.post(asked.url, why).streaming_content)
        assert workbook.startswith(b"PK")


def test_filters_narrow(chen, cast, session):
    make_session("CC2", org=cast.huale, starts_at=at(14))

    page = text(chen.get(url("sessions"), {"q": "CC2"}))

    assert ">CC2<" in page
    assert ">CC1<" not in page


def test_a_volunteer_is_entered_and_approved(chen, cast):
    typed = {
        "number": "ZY9",
        "person_number": "P900",
        "name": "新小苗",
        "sex": "female",
        "birth_date": "1999-01-02",
        "org": cast.hongmian.code,
    }

    answer = chen.post(url("volunteer_new"), typed)
    made = models.Volunteer.objects.get(number="ZY9")
    assert answer.url == url("volunteer", made.pk)

    chen.post(url("volunteer_approve", made.pk))
    page = text(chen.get(url("volunteer", made.pk)))
    assert "已注册" in page
    assert "审核通过" in page


def test_decisions_with_a_reason(chen, cast, ming):
    assert chen.post(url("volunteer_withdraw", ming.pk), {"reason": ""}).status_code == 422
    assert chen.post(url("volunteer_withdraw", ming.pk), {"reason": "搬离"}).status_code == 302
    ming.refresh_from_db()
    assert ming.state == "withdrawn"

    again = chen.post(url("volunteer_refuse", ming.pk), {"reason": "不符"})
    assert again.status_code == 422
    assert "不能这样办理" in text(again)


def test_a_team_of_before_the_scheme_from_approval_to_end(chen, cast):
    made = models.Team.objects.create(
        code="TD1", name="红棉服务队", org=cast.hongmian, applied_on="2022-02-01"
    )
    chen.post(url("team_approve", made.pk))
    assert "已成立" in text(chen.get(url("team", made.pk)))

    chen.post(url("team_close", made.pk), {"reason": "成员不足"})
    made.refresh_from_db()
    assert made.state == "closed"

    assert chen.post(url("team_refuse", made.pk), {"reason": "无"}).status_code == 422


def test_an_attendance_tells_its_whole_story(
    chen, cast, ming, session, django_assert_max_num_queries
):
    attendance = serve(ming, session=session, came=at(9), left=at(10), by=cast.chen)
    stay = attendance.stays.get()
    typed = {
        "came_at": "2022-05-04T09:00",
        "left_at": "2022-05-04T11:30",
        "reason": "忘记签退",
    }

    answer = chen.post(url("stay_correct", stay.pk), typed)
    assert answer.url == url("attendance", attendance.pk)
    with django_assert_max_num_queries(MOST):
        page = text(chen.get(url("attendance", attendance.pk)))

    for words in ("已被更正", "忘记签退", "150", "不超过8小时", "签到", "签退", "更正", "陈穗"):
        assert words in page


def test_an_attendance_is_voided(chen, cast, ming, session):
    attendance = serve(ming, session=session, came=at(9), left=at(10), by=cast.chen)

    chen.post(url("attendance_void", attendance.pk), {"reason": "重复"})

    attendance.refresh_from_db()
    assert attendance.state == "void"


def test_hours_are_approved_and_refused_from_their_list(chen, cast, ming, hua):
    long = make_session("CC7", org=cast.hongmian, starts_at=at(8), hours=12)
    one, other = (
        serve(each, session=long, came=at(8), left=at(17), by=cast.chen) for each in (ming, hua)
    )

    assert "公园净滩" in text(chen.get(url("hours")))
    chen.post(url("hours_approve", one.pk))
    chen.post(url("hours_refuse", other.pk), {"reason": "名单有误"})

    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, other.state) == ("effective", "refused")


def test_a_session_is_cancelled(chen, cast, session):
    chen.post(url("session_cancel", session.pk), {"reason": "下雨"})

    session.refresh_from_db()
    assert session.state == "cancelled"
    assert "已取消" in text(chen.get(url("session", session.pk)))


def test_what_lies_out_of_sight_is_not_there(client, cast, ming, session):
    attendance = serve(ming, session=session, came=at(9), left=at(10), by=cast.chen)
    team = models.Team.objects.create(
        code="TD1", name="服务队", org=cast.hongmian, applied_on=session.day
    )
    zhou = sign_in(client, cast.zhou)

    for name, pk in [
        ("session", session.pk),
        ("session_roster", session.pk),
        ("session_cancel", session.pk),
        ("volunteer", ming.pk),
        ("volunteer_refuse", ming.pk),
        ("volunteer_withdraw", ming.pk),
        ("team", team.pk),
        ("team_refuse", team.pk),
        ("team_close", team.pk),
        ("attendance", attendance.pk),
        ("attendance_void", attendance.pk),
        ("hours_refuse", attendance.pk),
        ("stay_correct", attendance.stays.get().pk),
    ]:
        assert zhou.get(url(name, pk)).status_code == 404, name
    for name, pk in [
        ("session_check_in", session.pk),
        ("attendance_check_out", attendance.pk),
        ("volunteer_approve", ming.pk),
        ("team_approve", team.pk),
        ("hours_approve", attendance.pk),
    ]:
        assert zhou.post(url(name, pk)).status_code == 404, name


def test_one_who_only_looks_is_offered_nothing_to_do(client, reader, session, ming):
    looking = sign_in(client, reader)

    page = text(looking.get(url("session", session.pk)))
    assert "取消活动" not in page
    assert looking.get(url("session_cancel", session.pk)).status_code == 403
    assert looking.post(url("session_cancel", session.pk), {"reason": "下雨"}).status_code == 403
    session.refresh_from_db()
    assert session.state == "published"


def test_a_record_out_of_sight_leads_back_to_the_list(client, cast, session):
    zhou, came_from = sign_in(client, cast.zhou), reverse("volunteering:sessions")

    answer = zhou.get(
        reverse("volunteering:session", args=[session.pk]),
        headers={"Referer": f"http://testserver{came_from}"},
    )

    assert answer.status_code == 404
    assert f'href="{came_from}">返回上一页</a>' in answer.content.decode()
