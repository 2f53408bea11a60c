"""The pages of progress and supervision: each for whom it is for, refused to others."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.systems.targets import tasks
from qinghe.systems.targets.models import Progress, Slip, SupervisionTerms
from tests.desk import sign_in

from . import carried
from .carried import again, carry, on
from .test_progress import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(db, monkeypatch):
    made = carried.make_scene()
    monkeypatch.setattr(timezone, "now", lambda: on(10, hour=10))
    return made


@pytest.fixture
def charge(scene):
    made = carry(scene)
    tasks.supervise(at=on(10))
    return made


def url(name, *arguments):
    return reverse(f"targets:{name}", args=arguments)


def text(response):
    return response.content.decode()


def form(number, **told):
    return {
        "day": "2022-06-10", "number": number, "words": "走访园区企业", "then": "now", **told,
    }  # fmt: skip


def test_a_street_tells_and_the_district_sends_back_and_accepts(client, scene, charge):
    sign_in(client, scene.wen)
    inbox = text(client.get("/inbox/"))
    sent = client.post(url("progress_new", charge.pk), form("12", evidence=picture()))
    filed = Progress.objects.get()
    second = client.get(url("progress_new", charge.pk))

    sign_in(client, scene.lin)
    waiting = text(client.get("/inbox/"))
    client.post(url("progress_back", filed.pk), {"reason": "请附名单"})
    sign_in(client, scene.wen)
    back = text(client.get(url("progress_change", filed.pk)))
    client.post(url("progress_change", filed.pk), form("11", words="已附名单"))
    sign_in(client, scene.lin)
    client.post(url("progress_accept", filed.pk))

    assert url("charge", charge.pk) in inbox  # it is red
    assert sent.url == second.url == url("progress", filed.pk)
    assert url("progress", filed.pk) in waiting
    assert "退回原因：请附名单" in back
    assert again(charge).done == 11
    page = text(client.get(url("charge", charge.pk)))
    assert "11÷已过10天×全程30天＝33家" in page
    assert "绿灯，2022-06-10起" in page


def test_what_is_wrong_is_said_beside_what_was_typed(client, scene, charge):
    sign_in(client, scene.wen)

    late = client.post(url("progress_new", charge.pk), form("12", day="2022-07-10"))
    strike = client.post(url("strike", charge.pk), form("30"))

    assert (late.status_code, strike.status_code) == (422, 422)
    assert "走访园区企业" in text(late)
    assert "销号要附成果佐证" in text(strike)
    assert not Progress.objects.exists()  # both, or neither


def test_a_draft_is_kept_and_handed_in_later(client, scene, charge):
    sign_in(client, scene.wen)

    client.post(url("progress_new", charge.pk), form("12", then="later"))
    draft = Progress.objects.get()
    client.post(url("progress_submit", draft.pk))

    assert draft.state == "draft"
    assert Progress.objects.get().state == "submitted"


def test_others_find_nothing_or_are_refused(client, scene, charge):
    sign_in(client, scene.chen)
    unseen = [client.get(url(name, charge.pk)).status_code for name in ("charge", "progress_new")]
    sign_in(client, scene.lin)
    seen = [client.get(url(name, charge.pk)).status_code for name in ("charge", "progress_new")]
    sign_in(client, scene.wen)
    names = ("pause", "slip_new", "reopen")
    pressed = [client.get(url(name, charge.pk)).status_code for name in names]
    measures = client.get(url("measures_new")).status_code

    assert unseen == [404, 404]
    assert seen == [200, 403]
    assert pressed == [403, 403, 403]
    assert measures == 403


def test_the_list_narrows_to_what_is_red_and_what_is_named(client, scene, charge):
    sign_in(client, scene.lin)

    red = text(client.get(url("charges"), {"light": "red"}))
    named = text(client.get(url("charges"), {"step": "named"}))
    struck = text(client.get(url("charges"), {"state": "struck"}))
    late = text(client.get(url("charges"), {"late": "late"}))

    assert url("charge", charge.pk) in red
    for page in (named, struck, late):
        assert url("charge", charge.pk) not in page


def test_the_list_asks_no_question_for_each_row(
    client, scene, charge, django_assert_max_num_queries
):
    for place in range(2, 8):
        carry(scene, place=place)
    sign_in(client, scene.lin)
    client.get(url("charges"))

    with django_assert_max_num_queries(16):
        client.get(url("charges"))


def test_the_district_presses_with_a_paper(client, scene, charge):
    sign_in(client, scene.lin)

    client.post(url("slip_new", charge.pk), {"words": "加快走访", "answer_by": "2022-06-20"})
    slip = Slip.objects.get()
    page = text(client.get(url("slip", slip.pk)))
    paper = client.get(url("slip_paper", slip.pk))
    sign_in(client, scene.wen)
    pressed = text(client.get(url("charge", charge.pk)))

    assert f'href="{url("slip", slip.pk)}">〔2022〕1号' in pressed
    assert "目标30家，截至2022-06-10应完成10家" in page
    assert paper.content.startswith(b"%PDF")


def test_milestones_and_a_pause_are_set_in_the_browser(client, scene, charge):
    sign_in(client, scene.lin)

    half = client.post(
        url("milestones", charge.item_id), {"day_0": "2022-06-15", "reason": "按方案"}
    )
    client.post(
        url("milestones", charge.item_id),
        {"day_0": "2022-06-15", "percent_0": "50", "reason": "按方案"},
    )
    page = text(client.get(url("item_progress", charge.item_id)))
    client.post(url("pause", charge.pk), {"until": "2022-06-20", "reason": "场地改造"})

    assert half.status_code == 422
    assert "50%" in page
    assert "坂田街道" in page
    assert "暂停督办" in text(client.get(url("charge", charge.pk)))


def test_measures_are_set_from_a_coming_day_on(client, scene):
    sign_in(client, scene.lin)
    told = {
        "title": "汛期", "starts_on": "2022-06-10", "green_percent": 90, "yellow_percent": 70,
        "quiet_percent": 5, "soon_days": 5, "named_days": 3, "file_days": 15, "answer_days": 3,
        "source": "会议议定", "reason": "汛期",
    }  # fmt: skip

    early = client.post(url("measures_new"), told)
    client.post(url("measures_new"), {**told, "starts_on": "2022-06-11"})

    assert early.status_code == 422
    assert SupervisionTerms.objects.get().starts_on == date(2022, 6, 11)
    assert "汛期" in text(client.get(url("measures")))


def test_what_was_struck_off_is_reopened_in_the_browser(client, scene, charge):
    sign_in(client, scene.wen)
    client.post(url("strike", charge.pk), form("30", evidence=picture()))
    sign_in(client, scene.lin)
    client.post(url("progress_accept", Progress.objects.get().pk))
    struck = text(client.get(url("charge", charge.pk)))
    client.post(url("reopen", charge.pk), {"reason": "抽查不符"})

    assert "2022-06-10销号" in struck
    assert again(charge).struck_on is None
