"""The pages: each for whom it is for, refused to others, unknown outside of sight."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from qinghe.lib import door_codes
from qinghe.systems.meetings import queries, services, sheets
from qinghe.systems.meetings.models import (
    AgendaItem,
    Body,
    Decision,
    Instruction,
    MemberUnit,
    Sitting,
    Summons,
    Talk,
    TalkPlatform,
)
from tests.cast import LONG_AGO
from tests.desk import sign_in

from .makers import call, decide, hold, make_body, make_conference, plan

pytestmark = pytest.mark.django_db


def url(name, *arguments):
    return reverse(f"meetings:{name}", args=arguments)


def text(response):
    return response.content.decode()


@pytest.fixture
def soon(cast):
    """A sitting of the district's conference in an hour, by the clock on the wall."""
    now = timezone.now()
    return plan(
        cast, make_conference(cast), starts_at=now + timedelta(hours=1), at=now - timedelta(days=9)
    )


def test_a_body_with_units_and_a_sitting_is_made_on_the_pages(client, cast):
    sign_in(client, cast.lin)
    today = timezone.localdate()

    client.post(
        url("body_new"),
        {
            "name": "区联席会议", "kind": "joint", "org": cast.longgang.code,
            "convener": "区委副书记", "office": "团区委", "founded_on": "2021-07-01",
        },
    )  # fmt: skip
    body = Body.objects.get()
    client.post(url("unit_new", body.pk), {"unit": cast.henggang.code, "joined_on": "2021-07-01"})
    unit = MemberUnit.objects.get()
    client.post(
        url("representative_new", unit.pk),
        {"role": "delegate", "person": "P002", "duty": "书记", "starts_on": "2021-07-01"},
    )
    wrong = client.post(url("sitting_new"), {"body": body.pk, "kind": "plenary"})
    answer = client.post(
        url("sitting_new"),
        {
            "body": body.pk, "kind": "plenary", "place": "会议室",
            "starts_at": f"{today + timedelta(days=20)}T15:00",
            "items_by": f"{today + timedelta(days=10)}",
        },
    )  # fmt: skip

    assert wrong.status_code == 422
    assert "不得录入国家秘密" in text(wrong)
    assert "区联席会议第一次全体会议" in text(client.get(answer.url))
    assert "横岗街道" in text(client.get(url("body", body.pk)))
    assert "不得录入国家秘密" in text(client.get(url("instruction_new")))


def test_a_liaison_brings_an_item_answers_and_signs_in(client, cast, soon):
    Sitting.objects.update(items_by=timezone.localdate())
    sign_in(client, cast.chen)

    waiting = text(client.get("/inbox/"))
    page = text(client.get(url("sitting", soon.pk)))
    form = client.get(url("item_new", soon.pk))
    mine = soon.body.units.get(unit=cast.henggang)
    client.post(
        url("item_new", soon.pk),
        {"member": mine.pk, "title": "夏令营", "theme": "youth", "length": "20"},
    )
    call(cast, soon, at=timezone.now())
    summons = Summons.objects.get(member=mine)
    invited = text(client.get("/inbox/"))
    leave = client.post(url("reply", summons.pk), {"reply": "leave"})
    client.post(url("reply", summons.pk), {"reply": "coming"})
    code = queries.code_text(cast.lin, soon, step=door_codes.step_at(timezone.now()))
    door = client.get(url("door", code))
    done = client.post(url("door", code))

    assert "征集议题" in waiting
    assert "报议题" in page
    assert form.status_code == 200
    assert AgendaItem.objects.get(title="夏令营").member == mine
    assert "请回执" in invited
    assert (leave.status_code, "请写明原因" in text(leave)) == (422, True)
    assert "横岗街道" in text(door)
    assert "已签到" in text(done)
    summons.refresh_from_db()
    assert (summons.reply, summons.came_at is not None) == ("coming", True)


def test_codes_that_are_old_or_made_up_open_no_door(client, cast, soon):
    call(cast, soon, at=timezone.now())
    sign_in(client, cast.chen)
    old = queries.code_text(cast.lin, soon, step=door_codes.step_at(timezone.now()) - 9)

    assert "已经过期" in text(client.get(url("door", old)))
    assert client.get(url("door", "a.i.b.AAAAAAAAAAAAAAAAAAAAAA")).status_code == 409
    assert not Summons.objects.filter(came_at__isnull=False).exists()


def test_the_screen_shows_a_code_that_opens_the_door(client, cast, soon):
    call(cast, soon, at=timezone.now())
    sign_in(client, cast.lin)

    page = text(client.get(url("screen", soon.pk)))
    shown = re.search(r'data-address="[^"]*(/meetings/door/[^"]+)"', page)
    part = client.get(url("screen", soon.pk), headers={"HX-Request": "true"})

    assert shown
    assert "<svg" in page
    assert "<html" not in text(part)
    sign_in(client, cast.chen)
    assert "横岗街道" in text(client.get(shown[1]))


def test_a_sitting_is_held_put_into_minutes_and_sent_as_a_document(client, cast, soon):
    called = call(cast, soon, at=timezone.now())
    Sitting.objects.update(starts_at=timezone.now() - timedelta(minutes=5))
    sign_in(client, cast.lin)
    client.post(url("guest_new", soon.pk), {"name": "马某", "duty": "区文化馆"})
    keys = list(called.summonses.order_by("pk").values_list("pk", flat=True))
    few = client.post(url("sitting_hold", soon.pk), {"host": "区委副书记"})
    client.post(url("roll", soon.pk), {"came": [keys[0], keys[2], keys[3]]})
    client.post(url("sitting_hold", soon.pk), {"host": "区委副书记高某"})
    client.post(
        url("minutes", soon.pk),
        {"number": "〔2022〕1号", "text": "一、关于暑期安全\n各单位要加强值守。"},
    )
    client.post(
        url("decision_new", soon.pk),
        {
            "text": "办好暑托班", "owner": cast.henggang.code, "helpers": "区教育部门",
            "due_on": f"{timezone.localdate() + timedelta(days=30)}",
        },
    )  # fmt: skip
    client.post(url("minutes_issue", soon.pk))
    answer = client.get(url("minutes_docx", soon.pk))

    assert few.status_code == 422
    assert "没有超过50%" in text(few)
    made = Document(BytesIO(answer.content))
    lines = [one.text for one in made.paragraphs]
    assert lines[0] == "龙岗区青少年工作党政联席会议纪要"
    assert "FF0000" in made.paragraphs[0]._p.xml
    came = next(one for one in made.paragraphs if one.text.startswith("出席："))
    assert "程某（区教育部门）" in came.text
    assert 'w:eastAsia="黑体"' in came.runs[0]._r.xml
    assert any(one.startswith("请假：") and "坂田街道" in one for one in lines)
    assert any(one == "列席：马某（区文化馆）" for one in lines)
    assert any(one.startswith("1.办好暑托班。（责任单位：横岗街道") for one in lines)
    assert answer.content == client.get(url("minutes_docx", soon.pk)).content


def test_a_decision_goes_from_its_owner_to_the_office_and_back(client, cast):
    made = decide(cast, hold(cast, plan(cast, make_conference(cast))))
    sign_in(client, cast.chen)
    waiting = text(client.get("/inbox/"))
    client.post(url("decision_report", made.pk), {"evidence": "已开班12个"})
    sign_in(client, cast.lin)
    to_accept = text(client.get("/inbox/"))
    client.post(url("decision_send_back", made.pk), {"reason": "缺照片"})
    sign_in(client, cast.chen)
    page = text(client.get(url("decision", made.pk)))
    client.post(url("decision_report", made.pk), {"evidence": "已开班12个，照片另附"})
    sign_in(client, cast.lin)
    client.post(url("decision_accept", made.pk))

    assert "办好暑托班" in waiting
    assert "办好暑托班" in to_accept
    assert "缺照片" in page
    assert "还没有清单列入" in page
    assert Decision.objects.get().state == "accepted"


def test_the_registers_are_kept_on_the_pages(client, cast):
    above = make_body(cast, kind="standing", name="区委常委会")
    sign_in(client, cast.lin)
    today, org = timezone.localdate(), cast.longgang.code
    answer = client.post(
        url("above_new"),
        {"body": above.pk, "name": "第20次会议", "day": today, "title": "传达", "theme": "league"},
    )
    client.post(answer.url + "topics/new/", {"title": "研究", "theme": "youth"})
    client.post(
        url("instruction_new"),
        {
            "org": org, "leader": "区委书记", "day": today, "subject": "工作总结", "words": "很好",
            "owner": cast.henggang.code, "due_on": today + timedelta(days=9),
        },
    )  # fmt: skip
    instruction = Instruction.objects.get()
    client.post(url("instruction_close", instruction.pk), {"outcome": "已落实"})
    client.post(
        url("platform_new"), {"name": "基层改革先锋沙龙", "host": "上级", "is_counted": "on"}
    )
    platform = TalkPlatform.objects.get()
    talk = {"platform": platform.pk, "org": org, "day": today, "topic": "改革", "speaker": "林青"}
    client.post(url("talk_new"), talk)
    again = client.post(url("talk_new"), talk)

    assert Sitting.objects.get().items.count() == 2
    assert Instruction.objects.get().state == "closed"
    assert (again.status_code, Talk.objects.count()) == (422, 1)
    for page in ("instructions", "talks", "platforms", "sittings", "bodies", "terms", "board"):
        assert client.get(url(page)).status_code == 200, page
    assert client.get(url("talk", Talk.objects.get().pk)).status_code == 200


def test_others_are_refused(client, cast, soon):
    sign_in(client, cast.chen)
    assert client.get(url("sitting_new")).status_code == 200  # for bodies of the street's own
    assert client.get(url("platform_new")).status_code == 403
    assert client.post(url("sitting_call", soon.pk)).status_code == 403
    for who in (cast.auditor, cast.he):
        sign_in(client, who)
        assert client.get(url("sittings")).status_code == 403
        assert client.get(url("sitting", soon.pk)).status_code == 404
        assert client.get(url("item_new", soon.pk)).status_code == 404


def test_lists_ask_the_database_as_often_for_many_as_for_few(
    client, cast, django_assert_max_num_queries
):
    held = hold(cast, plan(cast, make_conference(cast)))
    for number in range(12):
        decide(cast, held, text=f"事项{number}")
        make_body(cast, kind="other", name=f"会议{number}")
    sign_in(client, cast.lin)

    for page in (url("sittings"), url("decisions"), url("bodies"), url("sitting", held.pk)):
        client.get(page)
        with django_assert_max_num_queries(24):
            assert client.get(page).status_code == 200


def test_a_program_lists_and_reports(client, cast):
    made = decide(cast, hold(cast, plan(cast, make_conference(cast))))
    root = "/api/v1/meetings"
    sign_in(client, cast.chen)

    listed = client.get(f"{root}/decisions").json()["items"]
    done = client.post(
        f"{root}/decisions/{made.pk}/report",
        {"evidence": "已开班"},
        content_type="application/json",
    )

    assert [one["key"] for one in listed] == [f"meetings.decision:{made.pk}"]
    assert (done.status_code, done.json()["state"]) == (200, "reported")
    assert client.get(f"{root}/sittings").json()["items"][0]["number"] == 1


def test_a_roll_of_units_comes_in_and_says_what_is_wrong(cast):
    body = make_body(cast)
    day = LONG_AGO
    rows = [
        sheets.Row(2, body.name, "区教育部门", None, "程某", "副局长", day),
        sheets.Row(3, body.name, "横岗街道", cast.henggang.code, "陈穗", "书记", day),
        sheets.Row(4, "没有的会", "区民政部门", None, "程某", "副局长", day),
        sheets.Row(5, body.name, "区文化部门", "XX", "程某", "副局长", day),
        sheets.Row(6, body.name, "区体育部门", None, "程某", "副局长", day),
        sheets.Row(7, body.name, "区体育部门", None, "程某", "副局长", day),
    ]

    found = sheets.resolve(cast.lin, rows, timezone.now())
    services.admit_many(ready=found.ready, at=timezone.now(), by=cast.lin, source={"file": "x"})

    assert {one.line for one in found.problems} == {4, 5, 6, 7}
    assert sorted(body.units.values_list("name", flat=True)) == ["区教育部门", "横岗街道"]
