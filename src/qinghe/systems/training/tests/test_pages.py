"""The pages: each for whom it is for, refused to others, unknown outside of sight."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.kernel.people.models import Person
from qinghe.systems.training import services, sheets
from qinghe.systems.training.models import (
    Class,
    Completion,
    Enrolment,
    Lecture,
    Lecturer,
    Programme,
    Webcast,
)
from tests.desk import sign_in

from .makers import (
    accept,
    actor_of,
    book,
    enrol,
    make_class,
    make_class_ahead,
    make_lecturer,
    make_webcast,
    on,
)

pytestmark = pytest.mark.django_db


def url(name, *arguments):
    return reverse(f"training:{name}", args=arguments)


def text(response):
    return response.content.decode()


def certified(cast, planned, **who):
    one = enrol(cast, planned, **who)
    after = on(10, hour=12)
    services.call_roll(training_class=planned, came=[one.pk], at=after, by=cast.lin)
    services.set_results(training_class=planned, passed=[one.pk], at=after, by=cast.lin)
    services.issue_completions(training_class=planned, at=after, by=cast.lin)
    return Completion.objects.get()


def test_a_programme_with_course_lecturer_and_class_is_made_on_the_pages(client, cast):
    sign_in(client, cast.lin)
    tomorrow = timezone.localdate() + timedelta(days=1)
    org = cast.longgang.code

    client.post(
        url("programme_new"), {"code": "jjg", "title": "少年急救官", "kind": "team", "org": org}
    )
    made = Programme.objects.get()
    client.post(url("course_new", made.pk), {"title": "心肺复苏", "hours": "2.5", "about": ""})
    client.post(
        url("lecturer_new", made.pk),
        {
            "number": "P004", "name": "", "subjects": "急救", "sender": "区红会",
            "joined_on": timezone.localdate().isoformat(),
        },
    )  # fmt: skip
    answer = client.post(
        url("class_new"),
        {
            "course": made.courses.get().pk, "title": "第一期", "org": cast.hongmian.code,
            "starts_at": f"{tomorrow}T09:00", "ends_at": f"{tomorrow}T11:00",
            "place": "活动室", "link": "", "lecturer": made.lecturers.get().pk, "capacity": "20",
            "youngest": "8", "oldest": "14",
        },
    )  # fmt: skip

    found = Class.objects.get()
    page = text(client.get(answer.url))
    assert (made.code, made.courses.get().quarters) == ("JJG", 10)
    assert "8至14周岁" in page
    assert found.lecturer.person == cast.xiaoming


def test_what_is_wrong_is_answered_on_the_form(client, cast, course):
    sign_in(client, cast.lin)

    answer = client.post(
        url("class_new"),
        {
            "course": course.pk, "title": "第一期", "org": cast.hongmian.code,
            "starts_at": "2022-07-10T09:00", "ends_at": "2022-07-10T11:00", "place": "活动室",
            "capacity": "20",
        },
    )  # fmt: skip

    assert answer.status_code == 422
    assert "只能发布还没有开始的班次" in text(answer)


def test_somebody_signs_up_at_the_desk_with_the_guardian(client, cast, course):
    found = make_class_ahead(cast, course)
    sign_in(client, cast.lin)
    wanted = {"number": "P005", "name": "红小米", "training": "on"}
    Person.objects.filter(number="P005").update(
        birth_date=timezone.localdate() - timedelta(days=365 * 16)
    )

    alone = client.post(url("class_enrol", found.pk), wanted)
    unknown = client.post(url("class_enrol", found.pk), {**wanted, "number": "Z999"})
    done = client.post(
        url("class_enrol", found.pk),
        {
            **wanted, "guardian_name": "红妈妈", "guardian_phone": "13800000001",
            "guardian_relation": "母亲",
        },
    )  # fmt: skip

    assert (alone.status_code, unknown.status_code, done.status_code) == (422, 422, 302)
    assert "须由监护人作出" in text(alone)
    assert "新登记的人员须填出生日期" in text(unknown)
    assert Enrolment.objects.get().by_guardian


def test_roll_results_certificates_on_the_pages(client, cast, course):
    found = make_class_ahead(cast, course)
    now = timezone.now()
    first, second = (enrol(cast, found, number=f"K00{n}", name=f"高小{n}", at=now) for n in (1, 2))
    Class.objects.update(starts_at=now - timedelta(hours=3), ends_at=now - timedelta(hours=1))
    sign_in(client, cast.lin)

    inbox = text(client.get("/inbox/"))
    client.post(url("class_roll", found.pk), {"came": [first.pk, second.pk]})
    client.post(url("class_results", found.pk), {"passed": [first.pk]})
    client.post(url("class_certify", found.pk))
    late = client.post(url("class_roll", found.pk), {"came": []})
    page = text(client.get(url("class", found.pk)))

    assert url("class_roll", found.pk) in inbox
    assert late.status_code == 409
    assert "点名记录不再改动" in text(late)
    paper = Completion.objects.get()
    assert paper.number in page
    assert url("completion", paper.pk) in page


def test_a_lecture_is_booked_answered_held_and_rated_on_the_pages(client, cast, team):
    lecturer = make_lecturer(cast, team)
    today = timezone.localdate()
    sign_in(client, cast.zhou)
    client.post(
        url("lecture_new"),
        {
            "team": team.pk, "host": cast.xiangjiaotang.code, "topic": "垃圾分类",
            "audience": "居民", "expected": "40", "first_day": today, "last_day": today,
        },
    )  # fmt: skip
    asked = Lecture.objects.get()
    theirs = client.get(url("lecture_accept", asked.pk))
    client.logout()
    sign_in(client, cast.lin)
    inbox = text(client.get("/inbox/"))
    tomorrow = today + timedelta(days=1)
    client.post(
        url("lecture_accept", asked.pk),
        {"lecturer": lecturer.pk, "starts_at": f"{tomorrow}T15:00", "place": "会议室"},
    )
    early = client.post(url("lecture_hold", asked.pk), {"people": "40"})
    Lecture.objects.update(starts_at=timezone.now() - timedelta(hours=1))
    client.post(url("lecture_hold", asked.pk), {"people": "40"})
    client.post(url("lecture_rate", asked.pk), {"stars": "4", "words": "很好"})

    found = Lecture.objects.get()
    assert theirs.status_code == 403
    assert url("lecture", asked.pk) in inbox
    assert early.status_code == 422
    assert (found.state, found.people, found.stars) == ("held", 40, 4)
    assert "4.0" in text(client.get(url("lecturer", lecturer.pk)))


def test_an_online_session_is_drawn_up_published_and_held_on_the_pages(client, cast, school, team):
    lecturer = make_lecturer(cast, team)
    today = timezone.localdate()
    sign_in(client, cast.lin)
    client.post(
        url("webcast_new"),
        {
            "programme": school.pk, "number": "1", "title": "亲子沟通", "day": today,
            "org": cast.hongmian.code, "platform": "微信视频号", "lecturer": "",
        },
    )  # fmt: skip
    drawn = Webcast.objects.get()
    bare = client.post(url("webcast_publish", drawn.pk))
    client.post(url("webcast_change", drawn.pk), {"day": today, "lecturer": lecturer.pk})
    client.post(url("webcast_publish", drawn.pk))
    client.post(url("webcast_hold", drawn.pk), {"views": "320", "replay": "https://example.org/1"})

    held = Webcast.objects.get()
    assert bare.status_code == 409
    assert (held.state, held.views) == ("held", 320)
    assert "https://example.org/1" in text(client.get(url("own")))


def test_what_is_beside_is_not_there(client, cast, planned, team, school):
    lecturer = make_lecturer(cast, team)
    lecture = book(cast, team)
    drawn = make_webcast(cast, school)
    one = enrol(cast, planned)
    sign_in(client, cast.zhou)

    beside = [
        url("class", planned.pk),
        url("class_roll", planned.pk),
        url("take_off", one.pk),
        url("lecturer", lecturer.pk),
        url("lecture", lecture.pk),
        url("webcast", drawn.pk),
    ]

    assert {client.get(page).status_code for page in beside} == {404}
    assert client.get(url("programme", team.pk)).status_code == 200


def test_who_may_look_may_not_act(client, cast, planned, team):
    lecture = book(cast, team)
    sign_in(client, cast.he)

    assert client.get(url("class", planned.pk)).status_code == 200
    assert client.get(url("lecture", lecture.pk)).status_code == 200
    for page in (
        url("class_new"),
        url("class_enrol", planned.pk),
        url("class_roll", planned.pk),
        url("class_cancel", planned.pk),
        url("programme_new"),
        url("lecture_new"),
        url("webcast_new"),
    ):
        assert client.get(page).status_code == 403


def test_a_minors_name_is_for_those_who_keep_the_roll(client, cast, planned):
    enrol(cast, planned, number="P005", name="红小米")
    Person.objects.filter(number="P005").update(
        birth_date=timezone.localdate() - timedelta(days=365 * 15)
    )
    sign_in(client, cast.lin)

    for page in (url("class", planned.pk), url("class_roster", planned.pk)):
        answer = text(client.get(page))
        assert "红同学" in answer
        assert "红小米" not in answer


def test_a_certificate_is_checked_by_anybody_and_downloaded_by_its_holder(client, cast, planned):
    paper = certified(cast, planned, number="P004", name="明小麦")
    address = url("check")

    right = client.get(address, {"number": paper.number, "code": paper.check_code.lower()})
    wrong = client.get(address, {"number": paper.number, "code": "22222222"})
    sign_in(client, actor_of(cast.xiaoming))
    own = client.get(url("own_completion", paper.pk))
    services.revoke_completion(completion=paper, reason="登记有误", at=timezone.now(), by=cast.lin)
    revoked = client.get(address, {"number": paper.number, "code": paper.check_code})

    assert "与平台记录一致" in text(right)
    assert "明小麦" not in text(right)
    assert "没有查到" in text(wrong)
    assert own.content.startswith(b"%PDF")
    assert "已撤销" in text(revoked)


def test_lists_ask_the_database_as_often_for_many_as_for_few(
    client, cast, course, team, school, django_assert_max_num_queries
):
    sign_in(client, cast.lin)
    for number in range(12):
        planned = make_class(cast, course, title=f"第{number}期")
        make_lecturer(cast, team, name=f"讲师{number}")
        book(cast, team)
        make_webcast(cast, school, number=number + 1)
    for number in range(12):
        if number < 3:
            enrol(cast, planned, number=f"K{number}", name="高小山")

    for page in (
        url("classes"),
        url("lecturers"),
        url("lectures"),
        url("webcasts"),
        url("class_roster", planned.pk),
        url("own"),
    ):
        client.get(page)
        with django_assert_max_num_queries(20):
            assert client.get(page).status_code == 200


def test_the_board_stands_without_any_figure(client, cast):
    sign_in(client, cast.lin)

    assert client.get(url("board")).status_code == 200


def test_a_program_lists_and_books(client, cast, team, planned):
    sign_in(client, cast.zhou)
    root = "/api/v1/training"
    today = timezone.localdate().isoformat()
    body = {
        "team": team.code, "host": cast.xiangjiaotang.code, "topic": "节水", "audience": "居民",
        "expected": 30, "first_day": today, "last_day": today,
    }  # fmt: skip

    made = client.post(f"{root}/lectures", body, content_type="application/json")
    beside = client.post(
        f"{root}/lectures", {**body, "host": cast.hongmian.code}, content_type="application/json"
    )

    assert (made.status_code, made.json()["state"]) == (200, "asked")
    assert beside.status_code == 404
    assert client.get(f"{root}/classes").json()["items"] == []
    assert [one["topic"] for one in client.get(f"{root}/lectures").json()["items"]] == ["节水"]
    assert client.get(f"{root}/webcasts").json()["items"] == []


def test_a_roll_of_lecturers_comes_in_and_says_what_is_wrong(cast, team):
    there = make_lecturer(cast, team)
    day = on(1).date()
    rows = [
        sheets.Row(2, team.code, "P004", None, "急救", "区红会", day),
        sheets.Row(3, team.code, None, there.name, "急救", "区红会", day),
        sheets.Row(4, "NONE", None, "程老师", "急救", "区红会", day),
        sheets.Row(5, team.code, "P999", None, "急救", "区红会", day),
        sheets.Row(6, team.code, None, None, "急救", "区红会", day),
    ]

    found = sheets.resolve(cast.lin, rows, on(3))
    services.take_in_many(ready=found.ready, at=on(3), by=cast.lin, source={"file": "x"})

    assert {one.line for one in found.problems} == {3, 4, 5, 6}
    assert Lecturer.objects.get(person=cast.xiaoming).team == team


def test_accepted_lectures_name_the_lecturer_to_the_host(client, cast, team):
    asked = book(cast, team, host=cast.xiangjiaotang)
    accept(cast, asked, make_lecturer(cast, team, name="程老师"))
    sign_in(client, cast.zhou)

    assert "程老师" in text(client.get(url("lecture", asked.pk)))
