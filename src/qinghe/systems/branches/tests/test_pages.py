"""The pages: each for whom it is for, refused to others, unknown outside of sight."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from qinghe.systems.branches.models import Meeting, MeetingTerms
from tests.desk import sign_in

from .makers import make_branch, record

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def url(name, *arguments):
    return reverse(f"branches:{name}", args=arguments)


def text(response):
    return response.content.decode()


def told(**more):
    return {
        "kind": "general", "day": timezone.localdate().isoformat(), "topic": "学习大会",
        "present": "3", "entitled": "", "place": "活动室", "hours": "", "speaker": "", "notes": "",
    } | more  # fmt: skip


def test_a_secretary_writes_a_meeting_down_and_sees_it_held(client, cast, branch):
    sign_in(client, cast.luo)

    form = client.get(url("meeting_new", branch.pk))
    answer = client.post(
        url("meeting_new", branch.pk), told(evidence=SimpleUploadedFile("现场.png", PNG))
    )
    page = text(client.get(answer.url))

    assert "今日在册团员4人" in text(form)
    assert "学习大会" in page
    assert "已开" in page
    assert Meeting.objects.get().entitled == 4


def test_what_is_wrong_is_answered_on_the_form(client, cast, branch):
    sign_in(client, cast.luo)

    many = client.post(url("meeting_new", branch.pk), told(present="5"))
    odd = client.post(url("meeting_new", branch.pk), told(kind="lesson", hours="1.1", speaker="甲"))

    assert many.status_code == odd.status_code == 422
    assert "多于应到4人" in text(many)
    assert "四分之一" in text(odd)
    assert "学习大会" in text(many)


def test_a_meeting_is_called_void_and_written_anew(client, cast, branch):
    found = record(cast.luo, branch, day=date(2022, 5, 10), topic="写错的会")
    sign_in(client, cast.luo)

    assert "作废重登" in text(client.get(url("meeting", found.pk)))
    answer = client.post(url("meeting_cancel", found.pk), {"reason": "人数登错"})
    again = text(client.get(answer.url))

    assert "写错的会" in again  # what was written stands in the new form
    page = text(client.get(url("meeting", found.pk)))
    assert "人数登错" in page
    assert "作废重登" not in page


def test_the_board_leads_down_to_what_is_missing(client, cast, branch):
    make_branch(cast.hongmian, "HM-01", "红棉团支部")
    sign_in(client, cast.lin)
    scope = {"org": cast.longgang.code, "period": "2022H1"}

    board = text(client.get(url("board"), scope))
    street = text(client.get(url("board"), {**scope, "org": cast.henggang.code}))
    lagging = text(client.get(url("branches"), {**scope, "lag": "1"}))

    assert "横岗街道" in board
    assert "0.0%" in board
    assert "红棉社区" in street
    assert all(one in lagging for one in ("红棉团支部", "支部大会：2022年第一季度"))


def test_the_strip_of_a_year(client, cast, branch):
    record(cast.luo, branch, day=date(2022, 5, 10))
    sign_in(client, cast.luo)

    page = text(client.get(url("branch", branch.pk), {"year": "2022"}))

    assert "2022年第二季度 已开" in page
    assert "2022年第一季度 缺" in page


def test_who_may_not_is_refused_and_what_is_out_of_sight_is_unknown(client, cast, branch):
    found = record(cast.luo, branch)
    sign_in(client, cast.zhou)
    for name, key in (("branch", branch.pk), ("meeting", found.pk), ("meeting_new", branch.pk)):
        assert client.get(url(name, key)).status_code == 404
    assert client.get(url("terms_new")).status_code == 403

    sign_in(client, cast.auditor)
    assert client.get(url("board")).status_code == 403
    assert client.get(url("branch", branch.pk)).status_code == 404
    assert client.get(url("meeting_new", branch.pk)).status_code == 404
    assert client.get(url("meeting_cancel", found.pk)).status_code == 404

    sign_in(client, cast.he)
    assert client.get(url("board")).status_code == 403
    assert client.get(url("branch", cast.school.pk)).status_code == 404


def test_the_district_sets_terms_in_the_browser(client, cast):
    sign_in(client, cast.lin)
    form = client.get(url("terms_new")).context["form"]
    body = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    year = timezone.localdate().year + 1
    body |= {
        "title": "新要求", "starts_on": f"{year}-01-01", "source": "会议", "reason": "加强",
        "theme_every": "month",
    }  # fmt: skip

    late = client.post(url("terms_new"), {**body, "starts_on": "2020-01-01"})
    done = client.post(url("terms_new"), body)
    page = text(client.get(done.url))

    assert late.status_code == 422
    assert MeetingTerms.objects.count() == 2
    assert "主题团日" in page
    assert "每月1次" in page
    assert "中青发〔2017〕5号" in page
