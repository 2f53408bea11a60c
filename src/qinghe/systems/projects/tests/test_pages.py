"""The pages of projects: each for whom it is for, refused to others."""

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.systems.projects.models import Allotment, Event, JointProject, Means, Part
from tests.cast import NOW
from tests.desk import sign_in

from . import makers
from .makers import plan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def url(name, *arguments):
    return reverse(f"projects:{name}", args=arguments)


def text(response):
    return response.content.decode()


def test_from_the_proposal_to_the_closing_report_in_the_browser(client, scene):
    sign_in(client, scene.lin)
    told = {
        "title": "暑期托管", "org": "440307", "aim": "开办托管班", "starts_on": "2022-07-01",
        "ends_on": "2022-09-30",
    }  # fmt: skip
    client.post(url("project_new"), told)
    project = JointProject.objects.get()
    part = {"title": "开班", "starts_on": "2022-07-01", "due_on": "2022-08-31"}
    client.post(url("part_new", project.pk), {**part, "org": "440307017"})
    client.post(url("means_new", project.pk), {
        "kind": "money", "name": "经费", "quantity": "900", "unit": "元",
    })  # fmt: skip
    street = Part.objects.get()
    client.post(url("allot", street.pk), {"means": Means.objects.get().pk, "quantity": "600"})
    client.post(url("project_start", project.pk))

    sign_in(client, scene.chen)
    inbox = text(client.get("/inbox/"))
    client.post(url("part_take", street.pk))
    client.post(f"{url('part_new', project.pk)}?of={street.pk}", {**part, "org": "440307017901"})
    piece = Part.objects.get(parent=street)

    sign_in(client, scene.mian)
    client.post(url("part_take", piece.pk))
    client.post(url("part_submit", piece.pk), {"outcome": "开了两个班"})
    sign_in(client, scene.chen)
    client.post(url("part_accept", piece.pk))
    used = f"used_{Allotment.objects.get().pk}"
    client.post(url("part_submit", street.pk), {"outcome": "全部完成", used: "550"})
    sign_in(client, scene.lin)
    waiting = text(client.get("/inbox/"))
    client.post(url("part_accept", street.pk))
    early = client.get(url("report", project.pk)).status_code
    client.post(url("project_close", project.pk), {"summary": "效果好。"})
    paper = client.get(url("report", project.pk))

    assert url("part", street.pk) in inbox
    assert url("part", street.pk) in waiting
    assert early == 409
    assert JointProject.objects.get().state == "closed"
    assert paper.content.startswith(b"PK")
    assert "attachment" in paper["Content-Disposition"]


def test_a_clash_is_said_on_the_form_and_shown_in_the_calendar(client, scene, running):
    plan(scene, running.project)
    sign_in(client, scene.lin)
    told = {
        "title": "培训", "starts_at": "2022-07-12T10:00", "ends_at": "2022-07-12T12:00",
        "place": "区青少年宫", "numbers": "", "settled": "", "part": "",
    }  # fmt: skip

    refused = client.post(url("event_new", running.project.pk), told)
    client.post(url("event_new", running.project.pk), {**told, "settled": "分用两厅"})
    page = text(client.get(url("calendar"), {"month": "2022-07"}))

    assert refused.status_code == 422
    assert "场地冲突" in text(refused)
    assert "2项日程有冲突" in page
    assert "协调：分用两厅" in page
    assert Event.objects.count() == 2


def test_the_chart_shows_parts_under_their_project(client, scene, running):
    sign_in(client, scene.chen)

    page = text(client.get(url("gantt", running.project.pk)))
    every = text(client.get(url("gantt_all")))

    assert page.index(url("part", running.street.pk)) < page.index(url("part", running.piece.pk))
    assert 'class="q-gantt-depth-2"' in page
    assert "<rect" in every
    assert "style=" not in page.split("<main", 1)[1]


def test_each_page_is_for_whom_it_is_for(client, scene, running):
    own = [running.project.pk]
    sign_in(client, scene.wen)
    changed = [
        client.get(url(name, *own)).status_code
        for name in ("project_change", "project_close", "means_new", "project")
    ]
    foreign = client.get(url("part_submit", running.street.pk)).status_code
    sign_in(client, scene.he)
    unseen = [client.get(url("project", *own)).status_code, client.get(url("projects")).status_code]

    assert changed == [403, 403, 403, 200]
    assert foreign == 403
    assert unseen == [404, 403]


def test_the_ledger_and_the_project_ask_no_question_for_each_row(
    client, scene, django_assert_max_num_queries
):
    for place in range(5):
        project = makers.propose(scene, title=f"项目{place}")
        makers.offer(scene, project, scene.henggang)
    for place in range(5):
        makers.offer(scene, project, scene.bantian, title=f"分工{place}")
    sign_in(client, scene.lin)
    client.get(url("projects"))

    with django_assert_max_num_queries(14):
        client.get(url("projects"))
    with django_assert_max_num_queries(22):
        client.get(url("project", project.pk))
    with django_assert_max_num_queries(14):
        client.get(url("calendar"))
