"""Late entries, findings, disputes and hours by person in the browser."""

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.kernel.people.models import Person
from qinghe.systems.volunteering import models
from qinghe.systems.volunteering.models import Attendance

from .hour_makers import PDF, ask, hold, paper
from .makers import HOUR, at, build_facts, make_session, serve, sign_in
from .star_makers import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def lately(cast):
    """A session that was over an hour ago."""
    starts = timezone.now().replace(minute=0, second=0, microsecond=0) - 5 * HOUR
    return make_session("CC7", org=cast.hongmian, starts_at=starts, hours=3)


def typed(session, *lines, **more):
    return {"session": session.code, "people": "\n".join(lines), "reason": "断网", **more}


def clock(session, hours=0):
    return (timezone.localtime(session.starts_at) + hours * HOUR).strftime("%H:%M")


def test_a_late_entry_is_asked_for_and_agreed_to_in_the_browser(client, cast, ming, lately):
    sign_in(client, cast.chen)
    line = f"ZY1 {clock(lately)} {clock(lately, 3)}"

    answer = client.post(url("late_new"), typed(lately, line, evidence=paper()))

    entry = models.LateEntry.objects.get()
    assert answer.url == url("late_entry", entry.pk)
    page = client.get(answer.url).content.decode()
    assert "证明材料" in page
    assert "通过</button>" not in page  # not by who asked
    sign_in(client, cast.lin)
    assert "补录 3.0 小时" in client.get(reverse("web:inbox")).content.decode()
    client.post(url("late_approve", entry.pk))
    assert Attendance.objects.get().how == "late"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("ZY1", "第1行：请写成"),
        ("ZY404 09:00 10:00", "第1行：没有编号为ZY404的注册志愿者"),
        ("ZY1 09:00 25:10", "第1行：25:10不是一天中的时间"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(client, cast, ming, lately, line, words):
    sign_in(client, cast.chen)

    answer = client.post(url("late_new"), typed(lately, line, evidence=paper()))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert line in answer.content.decode()  # nothing typed is lost


def test_without_evidence_or_session_the_form_says_what_is_lacking(client, cast, ming, lately):
    sign_in(client, cast.chen)
    line = f"ZY1 {clock(lately)} {clock(lately, 3)}"

    bare = client.post(url("late_new"), typed(lately, line))
    unnamed = client.post(url("late_new"), {"people": line, "reason": "断网"})

    assert "补录须附证明材料" in bare.content.decode()
    assert "没有填写场次编号的，这一项必填" in unnamed.content.decode()
    assert not models.LateEntry.objects.exists()


def test_what_was_sent_back_is_mended_in_the_browser(client, cast, ming, session):
    entry = ask(session, ming, by=cast.chen)
    sign_in(client, cast.lin)
    client.post(url("late_return", entry.pk), {"reason": "名单缺页"})
    sign_in(client, cast.chen)
    assert "名单缺页" in client.get(url("late_amend", entry.pk)).content.decode()

    told = {"people": "ZY1 09:00 11:00", "reason": "已补", "evidence": paper(content=PDF + b"2")}
    client.post(url("late_amend", entry.pk), told)

    entry.refresh_from_db()
    assert (entry.state, entry.minutes) == ("asked", 120)


def test_a_quota_is_raised_in_the_browser(client, cast):
    sign_in(client, cast.chen)
    told = {"org": "红棉社区", "month": "2022-05", "hours": 300, "reason": "汛期"}

    assert client.post(url("late_quota"), {**told, "hours": 1}).status_code == 422
    assert client.post(url("late_quota"), told).status_code == 302

    assert models.LateMonth.objects.get().allowed == 18_000


def test_a_finding_is_worked_through_in_the_browser(client, cast, ming, session):
    record = serve(ming, session=session, came=at(9), left=at(12), by=cast.he)
    finding = hold(record)
    sign_in(client, cast.chen)
    assert "路途时间不足" in client.get(url("findings")).content.decode()
    assert "暂停计入" in client.get(url("finding", finding.pk)).content.decode()
    assert "路途时间不足" in client.get(url("attendance", record.pk)).content.decode()

    asked = {"verdict": "voided", "reason": "未到场", "voided": [record.pk]}
    assert client.post(url("finding_close", finding.pk), {**asked, "reason": ""}).status_code == 422
    client.post(url("finding_close", finding.pk), asked)

    record.refresh_from_db()
    assert record.state == "void"


def test_a_community_does_not_open_what_its_street_looks_into(client, cast, ming, session):
    finding = hold(serve(ming, session=session, came=at(9), left=at(12), by=cast.he))
    sign_in(client, cast.he)

    assert client.get(url("finding", finding.pk)).status_code == 404


def test_the_district_starts_the_checks_as_a_job(client, cast):
    sign_in(client, cast.lin)

    assert client.post(url("sweep")).url.startswith("/jobs/")
    sign_in(client, cast.chen)
    assert client.post(url("sweep")).status_code == 403


def test_a_volunteer_reads_disputes_and_takes_back(client, cast, ming, session):
    record = serve(ming, session=session, came=at(9, 2), left=at(12, 5), by=cast.he)
    sign_in(client, type("Me", (), {"person_id": ming.person_id}))
    page = client.get(url("own_service")).content.decode()
    assert "09:02 到、12:05 离，按活动 09:00–12:00 前后各 30 分钟计 183 分钟" in page

    client.post(url("own_dispute", record.pk), {"words": "我9点到", "evidence": paper()})
    found = models.HoursDispute.objects.get()
    assert "我9点到" in client.get(url("own_service")).content.decode()
    client.post(url("own_dispute_withdraw", found.pk))
    missing = {"day": "2022-05-01", "org": cast.hongmian.pk, "words": "少一条"}
    client.post(url("own_missing"), missing)

    assert sorted(models.HoursDispute.objects.values_list("state", flat=True)) == [
        "open",
        "withdrawn",
    ]


def test_the_record_of_another_cannot_be_disputed(client, cast, ming, hua, session):
    record = serve(hua, session=session, came=at(9), left=at(12), by=cast.he)
    sign_in(client, type("Me", (), {"person_id": ming.person_id}))

    assert client.get(url("own_dispute", record.pk)).status_code == 404


def test_a_dispute_is_answered_in_the_browser(client, cast, ming, session):
    found = models.HoursDispute.objects.create(
        kind="missing", volunteer=ming, org=cast.hongmian, served_on=at(0).date(), words="少一条",
        asked_at=at(20), due_on=at(0, day=11).date(),
    )  # fmt: skip
    sign_in(client, cast.chen)
    assert "少一条" in client.get(url("hours_dispute", found.pk)).content.decode()

    told = {"verdict": "corrected", "answer": "当日签到表无此人"}
    assert client.post(url("hours_dispute_answer", found.pk), told).status_code == 422
    client.post(url("hours_dispute_answer", found.pk), {**told, "verdict": "explained"})

    found.refresh_from_db()
    assert found.state == "explained"


def test_hours_by_person_are_those_of_the_figures(client, cast, ming, hua, session):
    serve(ming, session=session, came=at(9), left=at(12), by=cast.he)
    held = serve(hua, session=session, came=at(9), left=at(11), by=cast.he)
    hold(held)
    build_facts()
    sign_in(client, cast.chen)

    answer = client.get(url("person_hours"), {"since": "2022-05-01", "until": "2022-05-31"})

    rows = list(answer.context["table"].page.object_list)
    cells = [(row.record.volunteer.number, row.record.minutes, row.record.held) for row in rows]
    assert cells == [("ZY1", 180, 0), ("ZY2", 0, 1)]
    assert not list(
        client.get(url("person_hours"), {"until": "2022-05-03"}).context["table"].page.object_list
    )


def test_hours_by_person_ask_the_same_questions_for_one_and_for_many(
    client, cast, session, django_assert_max_num_queries
):
    for number in range(15):
        person = Person.objects.create(number=f"PX{number}", name=f"多{number}")
        volunteer = models.Volunteer.objects.create(
            number=f"ZX{number}", person=person, org=cast.hongmian, applied_on=at(0).date(),
            registered_on=at(0).date(), state="registered",
        )  # fmt: skip
        serve(volunteer, session=session, came=at(9), left=at(12), by=cast.he)
    build_facts()
    sign_in(client, cast.chen)
    period = {"since": "2022-05-01", "until": "2022-05-31"}
    client.get(url("person_hours"), period)

    with django_assert_max_num_queries(40):
        assert len(client.get(url("person_hours"), period).context["table"].rows) == 15
