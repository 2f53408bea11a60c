"""The pages of the road: the branch, the committee, the district, the applicant's phone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.kernel.people.models import Person
from qinghe.systems.joining.models import Case, JoiningTerms
from tests.desk import sign_in

from . import makers
from .makers import actor_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def url(name, *arguments):
    return reverse(f"joining:{name}", args=arguments)


def text(response):
    return response.content.decode()


@pytest.fixture
def today(cast):
    """A case that was handed in today; the branch enters it in the browser."""
    return makers.enter(cast, on=TODAY - timedelta(days=3), born=TODAY - timedelta(days=365 * 16))


def test_the_branch_enters_an_application_and_holds_the_talk(client, cast):
    sign_in(client, cast.luo)
    sent = {
        "org": cast.branch.code,
        "on": TODAY.isoformat(),
        "number": "A001",
        "name": "苗青青",
        "nationality": "中国",
        "letter": "我志愿加入。",
    }

    lacking = client.post(url("case_new"), sent)
    sent["birth_date"] = (TODAY - timedelta(days=365 * 16)).isoformat()
    done = client.post(url("case_new"), sent)
    case = Case.objects.get()
    page = text(client.get(url("case", case.pk)))
    wrong = client.post(url("case_next", case.pk), {"on": TODAY.isoformat(), "words": " "})
    talk = client.post(url("case_next", case.pk), {"on": TODAY.isoformat(), "words": "动机端正"})

    assert lacking.status_code == 422
    assert "新登记的人员须填出生日期" in text(lacking)
    assert done.status_code == 302
    assert "派人谈话" in page
    assert "须先完成第2步" in page
    assert "入团仪式" in page
    assert wrong.status_code == 422
    assert talk.status_code == 302
    assert Case.objects.get().step == 3


def test_the_list_is_narrowed_to_stages_and_to_what_is_late(client, cast, today):
    sign_in(client, cast.tang)
    listed = url("cases")

    assert "苗" in text(client.get(listed))
    assert "苗" in text(client.get(listed, {"stage": "1", "late": "false"}))
    assert "苗*" not in text(client.get(listed, {"stage": "3"}))
    Case.objects.update(due_on=TODAY - timedelta(days=1))
    late = text(client.get(listed, {"late": "true"}))
    assert "苗" in late
    assert "已逾期" in late
    page = text(client.get(url("case", today.pk)))
    assert "已逾期" in page


def test_a_committee_finds_it_in_the_inbox_and_decides(client, cast, today):
    day = TODAY - timedelta(days=2)
    makers.take(cast, today, "hold_talk", day=day)
    makers.take(cast, today, "propose_activist", day=day)
    sign_in(client, cast.tang)

    inbox = text(client.get("/inbox/"))
    form = text(client.get(url("case_next", today.pk)))
    done = client.post(url("case_next", today.pk), {"on": TODAY.isoformat(), "words": ""})

    assert "确定和批准积极分子" in inbox
    assert "批准积极分子" in form
    assert done.status_code == 302
    page = text(client.get(url("case", today.pk)))
    assert "指定培养联系人" in page


@pytest.mark.parametrize("name", ["liang", "he", "auditor", "fang"])
def test_out_of_sight_is_not_there(client, cast, today, name):
    sign_in(client, getattr(cast, name)) if name != "fang" else client.force_login(
        Person.objects.get(pk=cast.fang.person_id).account.user
    )

    assert client.get(url("case", today.pk)).status_code == 404
    assert client.post(url("case_next", today.pk)).status_code == 404


def test_who_only_looks_is_told_whose_turn_it_is(client, cast, today):
    sign_in(client, cast.lin)

    assert client.get(url("case", today.pk)).status_code == 200
    answer = client.get(url("case_next", today.pk))
    assert answer.status_code == 403
    assert "高一（1）团支部" in text(answer)
    assert client.get(url("case_pause", today.pk)).status_code == 403


def test_cultivation_says_what_is_lacking(client, cast, today):
    day = TODAY - timedelta(days=2)
    for verb in ("hold_talk", "propose_activist", "confirm_activist", "name_contacts"):
        makers.take(cast, today, verb, day=day)
    sign_in(client, cast.luo)
    lesson = {"on": TODAY.isoformat(), "title": "团史", "hours": "1.5"}

    client.post(url("lesson_new", today.pk), lesson)
    crooked = client.post(url("lesson_new", today.pk), {**lesson, "hours": "1.3"})
    page = text(client.get(url("case", today.pk)))

    assert "还差6.5学时" in page
    assert "四分之一学时" not in page  # the record tells hours, as the form does
    assert "培养考察须满3个月" in page
    assert "条件未到" in page
    assert "0.25的倍数" in text(crooked)
    found = today.lessons.get()
    client.post(url("lesson_strike", found.pk), {"reason": "记错人"})
    assert "已划去：记错人" in text(client.get(url("case", today.pk)))


def test_the_district_files_several_at_once_and_the_branch_archives(client, cast, case):
    makers.walk(cast, case, upto="hold_ceremony")
    sign_in(client, cast.lin)
    page = text(client.get(url("filing")))
    client.post(url("filing"), {"act": "file", "picked": [case.pk]})

    assert makers.NUMBER in page
    Case.objects.filter(pk=case.pk).update(filed_on=TODAY)
    client.logout()
    sign_in(client, cast.luo)
    sent = {"on": TODAY.isoformat(), "scan": makers.scan(11)}
    short = client.post(url("case_next", case.pk), sent)
    done = client.post(url("case_next", case.pk), {**sent, "scan": makers.scan()})

    assert "须正好12页" in text(short)
    assert done.status_code == 302
    assert Case.objects.get().state == "finished"


def test_one_applies_on_the_phone_follows_and_takes_back(client, cast):
    Person.objects.filter(number="P005").update(birth_date=TODAY - timedelta(days=365 * 16))
    sign_in(client, actor_of(cast.xiaohong))
    sent = {"org": cast.branch.code, "letter": "", "nationality": "中国"}

    assert "申请" in text(client.get(url("own")))
    empty = client.post(url("own_apply"), sent)
    done = client.post(url("own_apply"), {**sent, "letter": "我志愿加入。"})
    track = text(client.get(url("own")))

    assert empty.status_code == 422
    assert "请写入团申请书" in text(empty)
    assert done.status_code == 302
    assert "派人谈话" in track
    assert "由团支部办理" in track
    assert client.get(url("case", Case.objects.get().pk)).status_code == 403
    client.post(url("own_withdraw"), {"reason": "想再准备"})
    assert "本人撤回" in text(client.get(url("own")))


def test_who_is_too_old_is_told_so(client, cast):
    sign_in(client, actor_of(cast.xiaoming))
    Person.objects.filter(number="P004").update(birth_date=TODAY - timedelta(days=365 * 30))

    page = text(client.get(url("own")))
    sent = {"org": cast.branch.code, "letter": "我志愿加入。", "nationality": "中国"}
    refused = client.post(url("own_apply"), sent)

    assert "未满28周岁" in page
    assert refused.status_code == 422
    assert "申请入团须年满14周岁" in text(refused)


def test_the_officer_sets_terms_in_the_browser(client, cast):
    sign_in(client, cast.lin)
    shown = client.get(url("terms_new"))
    sent = {
        name: field.initial
        for name, field in shown.context["form"].fields.items()
        if field.initial is not None
    } | dict(shown.context["form"].initial)
    sent |= {"title": "新规", "starts_on": "2099-01-01", "source": "区委会议", "reason": "试行"}

    done = client.post(url("terms_new"), {**sent, "volunteer_hours": 10})

    assert done.status_code == 302
    assert JoiningTerms.objects.first().volunteer_hours == 10
    assert "区委会议" in text(client.get(url("terms")))


def test_pages_ask_as_many_questions_for_many_as_for_few(
    client, cast, today, django_assert_max_num_queries
):
    sign_in(client, cast.tang)
    client.get(url("cases"))
    for number in range(12):
        makers.enter(
            cast,
            number=f"B{number:03d}",
            name="苗木",
            on=TODAY,
            born=TODAY - timedelta(days=365 * 16),
        )

    with django_assert_max_num_queries(40):
        client.get(url("cases"))
