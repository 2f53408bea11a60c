"""The pages: each for whom it is for, refused to others, unknown outside of sight."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.systems.inspections import queries, services
from qinghe.systems.inspections.models import Checklist, Finding, Guidance, Point, Visit
from tests.desk import sign_in

from .makers import guide, inspect, kind, make_federation, make_point, picture, rectify

pytestmark = pytest.mark.django_db


def url(name, *arguments):
    return reverse(f"inspections:{name}", args=arguments)


def text(response):
    return response.content.decode()


def said(visit, *verdicts, note="立牌倒伏", **more):
    items = visit.checklist.items.values_list("pk", flat=True)
    posted = {f"verdict_{item}": told for item, told in zip(items, verdicts, strict=False)}
    notes = {
        f"note_{item}": note if posted.get(f"verdict_{item}") == "fail" else "" for item in items
    }
    return {**posted, **notes, "notes": "", **more}


@pytest.fixture
def draft(client, point, yan):
    sign_in(client, yan)
    client.post(url("begin", point.pk))
    return Visit.objects.get()


def test_an_inspector_goes_through_the_items_on_the_phone(client, point, draft):
    found = text(client.get(url("round")))
    page = text(client.get(url("do", draft.pk)))
    answer = draft.answers.all()[0]
    client.post(url("photo", answer.pk), {"photo": picture()})
    done = client.post(url("do", draft.pk), said(draft, "fail", "pass", "pass"))

    draft.refresh_from_db()
    assert point.name in found
    assert "继续" in found
    assert "有志愿者在岗服务" in page
    assert (done.status_code, draft.state, draft.passed) == (302, "submitted", False)
    assert Finding.objects.get().org == point.org
    assert client.get(url("do", draft.pk)).url == url("visit", draft.pk)


def test_a_draft_survives_a_reload(client, draft):
    kept = client.post(
        url("keep", draft.pk), said(draft, "fail", notes="雨天"), headers={"X-Kept-By": "script"}
    )

    page = text(client.get(url("do", draft.pk)))
    assert (kept.status_code, text(kept)) == (200, "草稿已保存")
    assert "立牌倒伏" in page
    assert "雨天" in page
    assert page.count("checked") == 1


def test_what_lacks_is_said_and_what_was_typed_stays(client, draft):
    answer = client.post(url("do", draft.pk), said(draft, "fail", "pass", notes="雨天"))

    assert answer.status_code == 422
    assert "需要现场照片" in text(answer)
    assert "雨天" in text(answer)
    assert Visit.objects.get().state == "draft"


def test_a_photo_that_is_none_is_refused_with_a_sentence(client, draft):
    item = draft.answers.all()[0]

    page = client.post(url("photo", item.pk), {"photo": picture("x.pdf")}, follow=True)

    assert "这里只收照片" in text(page)


def test_a_draft_is_nobody_elses(client, cast, draft):
    answer = draft.answers.all()[0]
    sign_in(client, cast.lin)

    codes = [client.get(url("do", draft.pk)).status_code]
    codes += [client.post(url(name, draft.pk)).status_code for name in ("keep", "drop")]
    codes.append(client.post(url("photo", answer.pk), {"photo": picture()}).status_code)
    codes.append(client.get(url("visit", draft.pk)).status_code)
    assert set(codes) == {404}


def test_a_finding_is_put_right_and_closed_from_the_inbox(client, point, yan, hong):
    inspect(point, by=yan, fails=1)
    finding = Finding.objects.get()
    sign_in(client, hong)
    waits = text(client.get("/inbox/"))
    silent = client.post(url("rectify", finding.pk), {"words": "已扶正"})
    client.post(url("rectify", finding.pk), {"words": "已扶正", "evidence": picture("r.png")})
    sign_in(client, yan)
    waits_again = text(client.get("/inbox/"))
    page = text(client.get(url("finding", finding.pk)))
    client.post(url("pass_finding", finding.pk))

    finding.refresh_from_db()
    assert url("finding", finding.pk) in waits
    assert silent.status_code == 422
    assert "请附整改后的照片或材料" in text(silent)
    assert url("finding", finding.pk) in waits_again
    assert "r.png" in page
    assert finding.state == "closed"


def test_who_put_it_right_is_not_asked_to_look_at_it(client, cast, point, yan):
    inspect(point, by=yan, fails=1)
    finding = Finding.objects.get()
    rectify(finding, by=cast.chen)
    sign_in(client, cast.chen)

    page = text(client.get(url("finding", finding.pk)))

    assert "复查通过" not in page
    assert url("finding", finding.pk) not in text(client.get("/inbox/"))


def test_late_ones_are_listed_and_handed_over(client, cast, point, yan):
    inspect(point, by=yan, fails=2)
    finding = Finding.objects.order_by("pk")[0]
    sign_in(client, cast.lin)

    late = client.get(url("findings"), {"late": "late"})
    handed = client.post(
        url("hand_over", finding.pk), {"org": cast.henggang.code, "reason": "统一采购"}
    )

    finding.refresh_from_db()
    assert "已超期" in text(late)  # they were due in 2022
    assert finding.words in text(late)
    assert (handed.status_code, finding.org) == (302, cast.henggang)


def test_evidence_and_photos_are_for_those_who_see_the_record(client, cast, point, yan, hong):
    visit = inspect(point, by=yan, fails=1)
    attempt = rectify(Finding.objects.get(), by=hong)
    sign_in(client, cast.lin)
    page = text(client.get(url("visit", visit.pk)))
    address = page[page.index("/attachments/") :].split('"')[0]
    sign_in(client, cast.zhou)

    assert client.get(address).status_code == 404
    for actor, photos in ((cast.lin, 3), (hong, 3), (cast.zhou, 0)):
        assert queries.answers_seen_by(actor).count() == photos
        assert queries.rectifications_seen_by(actor).filter(pk=attempt.pk).exists() is bool(photos)


def test_a_point_is_entered_on_the_page(client, cast):
    sign_in(client, cast.chen)
    told = {
        "name": "地铁口站", "kind": str(kind().pk), "code": "hg-7", "org": cast.henggang.code,
        "address": "地铁口", "opened_on": timezone.localdate().isoformat(),
    }  # fmt: skip

    half = client.post(url("point_new"), {**told, "latitude": "22.6"})
    client.post(url("point_new"), told)

    assert half.status_code == 422
    assert "纬度和经度要么都填" in text(half)
    assert Point.objects.get().code == "HG-7"


def test_the_district_sets_the_next_version(client, cast):
    sign_in(client, cast.lin)
    page = text(client.get(url("checklist_new")))
    line = {"text": "有饮水", "weight": "100", "days": "3", "photo": "never"}
    posted = {
        "title": "夏季检查表", "source": "区文件", "pass_mark": "60", "kind": "",
        "starts_on": timezone.localdate().isoformat(),
        "item-TOTAL_FORMS": "2", "item-INITIAL_FORMS": "0",
        **{f"item-0-{key}": value for key, value in line.items()},
        **{f"item-1-{key}": value for key, value in {**line, "text": ""}.items()},
    }  # fmt: skip

    wrong = client.post(url("checklist_new"), {**posted, "item-0-weight": "0"})
    done = client.post(url("checklist_new"), posted)

    made = Checklist.objects.get(version=2)
    assert "有志愿服务标识" in page
    assert (wrong.status_code, done.status_code) == (422, 302)
    assert [one.text for one in made.items.all()] == ["有饮水"]
    assert client.get(url("checklist", made.pk)).status_code == 200


def test_who_may_not_is_refused_and_what_is_beside_is_not_there(client, cast, point, yan):
    visit = inspect(point, by=yan, fails=1)
    finding = Finding.objects.get()
    sign_in(client, cast.zhou)  # 坂田's community
    pages = [url("point", point.pk), url("visit", visit.pk), url("finding", finding.pk)]

    assert [client.get(page).status_code for page in pages] == [404, 404, 404]
    closed = ("round", "checklist_new", "guidance_new", "exchange_new", "lesson_new")
    assert {client.get(url(name)).status_code for name in closed} == {403}


def test_a_visit_is_voided_with_a_reason(client, cast, point, yan, hong):
    visit = inspect(point, by=yan, fails=1)
    sign_in(client, hong)
    refused = client.post(url("visit_void", visit.pk), {"reason": "走错"})
    sign_in(client, cast.chen)
    client.post(url("visit_void", visit.pk), {"reason": "走错点位"})

    visit.refresh_from_db()
    assert refused.status_code == 403
    assert visit.state == "void"


def test_guidance_covers_the_streets_federations(client, cast):
    guided = make_federation(cast)
    make_federation(cast, street=cast.bantian, code="F2")
    guide(guided, by=cast.lin, day=timezone.localdate(), at=timezone.now())
    sign_in(client, cast.lin)
    today = timezone.localdate()
    half = f"{today.year}H{1 if today.month < 7 else 2}"

    page = text(client.get(url("coverage"), {"period": half}))

    assert "街道义工联 2 个，已指导 1 个" in page


def test_a_problem_heard_of_is_followed_like_any_other(client, cast):
    federation = make_federation(cast)
    sign_in(client, cast.lin)
    today = timezone.localdate()
    client.post(
        url("guidance_new"),
        {"org": federation.code, "day": today.isoformat(), "topics": "队伍建设", "summary": ""},
    )
    guidance = Guidance.objects.get()
    client.post(
        url("problem_new", guidance.pk),
        {"words": "骨干不足", "due_on": (today + timedelta(days=20)).isoformat()},
    )

    finding = Finding.objects.get()
    assert (finding.org, finding.state) == (federation, "open")
    assert "骨干不足" in text(client.get(url("guidance", guidance.pk)))
    sign_in(client, cast.chen)
    assert "骨干不足" in text(client.get("/inbox/"))


def test_an_exchange_leads_to_a_lesson_that_all_below_find(client, cast):
    sign_in(client, cast.lin)
    today = timezone.localdate().isoformat()
    told = {
        "org": cast.longgang.code, "partner": "南山区义工联", "district": "南山区", "day": today,
        "topics": "点位管理", "people": "12", "outcome": "",
    }  # fmt: skip
    made = client.post(url("exchange_new"), told)
    twice = client.post(url("exchange_new"), told)
    lesson = {
        "org": cast.longgang.code, "title": "点位交接本", "text": "每班填写", "source": "南山",
        "tags": "点位 台账",
    }  # fmt: skip
    client.post(url("lesson_new"), lesson)
    sign_in(client, cast.zhou)

    found = text(client.get(url("lessons"), {"q": "台账 每班"}))
    none = text(client.get(url("lessons"), {"q": "热线"}))
    assert made.status_code == 302
    assert twice.status_code == 422
    assert "已经登记" in text(twice)
    assert "点位交接本" in found
    assert "点位交接本" not in none


def test_lists_ask_the_database_as_often_for_many_as_for_few(
    client, cast, yan, django_assert_max_num_queries
):
    for number in range(6):
        inspect(make_point(cast, code=f"HG-{number:03}"), by=yan, fails=2)
    visit = Visit.objects.all()[0]
    sign_in(client, cast.lin)

    pages = [url(name) for name in ("points", "visits", "findings", "coverage", "round")]
    for page in [*pages, url("visit", visit.pk)]:
        client.get(page)
        with django_assert_max_num_queries(18):
            assert client.get(page).status_code == 200


def test_the_board_stands_without_any_figure(client, cast):
    sign_in(client, cast.lin)

    assert client.get(url("board")).status_code == 200


def test_a_program_lists_and_sends_back(client, cast, point, yan, hong):
    inspect(point, by=yan, fails=1)
    finding = Finding.objects.get()
    rectify(finding, by=hong)
    root = "/api/v1/inspections"
    address = f"{root}/findings/{finding.pk}/return"
    sign_in(client, hong)
    refused = client.post(address, {"reason": "看不清"}, content_type="application/json")
    sign_in(client, cast.zhou)
    beside = client.get(f"{root}/points").json()["items"]
    sign_in(client, cast.chen)

    listed = [client.get(f"{root}/{name}").json()["items"] for name in ("points", "visits")]
    sent = client.post(address, {"reason": "看不清"}, content_type="application/json")

    assert refused.status_code == 403
    assert beside == []
    assert [one["code"] for one in listed[0]] == ["HG-001"]
    assert [one["point"] for one in listed[1]] == ["HG-001"]
    assert (sent.status_code, sent.json()["state"]) == (200, "open")


def test_a_second_tap_hands_in_nothing_more(client, draft, yan):
    posted = said(draft, "pass", "pass", "pass")
    client.post(url("do", draft.pk), posted)
    services.submit_visit(visit=draft, seen=services.Seen(), at=timezone.now(), by=yan)

    assert Visit.objects.filter(state="submitted").count() == 1
