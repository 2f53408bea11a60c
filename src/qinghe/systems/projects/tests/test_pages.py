"""The pages of projects: each for whom it is for, refused to others."""

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.systems.projects import queries, services
from qinghe.systems.projects.models import (
    Allotment,
    Event,
    JointProject,
    Means,
    Milestone,
    Part,
)
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
    assert page.count("场地冲突（已协调）") == 2
    assert "有冲突未协调" not in page
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


def test_an_odd_address_is_answered_like_any_other(client, scene, running):
    sign_in(client, scene.lin)

    months = [
        client.get(url("calendar"), {"month": name}).status_code
        for name in ("9999-12", "0001-01", "2022-13", "x", "2022-02")
    ]
    odd = [
        client.get(url("calendar"), {"project": "\u00b2"}).status_code,
        client.get(url("event_new", running.project.pk), {"part": "\u00b2"}).status_code,
        client.get(url("part_new", running.project.pk), {"of": "\u00b2"}).status_code,
    ]

    assert months == [200] * 5
    assert odd == [200] * 3


def test_only_who_plans_for_a_project_is_offered_to_plan(client, scene):
    project = makers.propose(scene)
    makers.offer(scene, project, scene.hongmian)  # of 横岗, which has no part in it
    services.start_project(project=project, at=NOW, by=scene.lin)
    new, calendar = url("event_new", project.pk), f"{url('calendar')}?project={project.pk}"
    offered = {}
    for who in ("lin", "mian", "chen"):
        sign_in(client, getattr(scene, who))
        offered[who] = (new in text(client.get(calendar)), client.get(new).status_code)

    assert offered == {"lin": (True, 200), "mian": (True, 200), "chen": (False, 403)}


def test_a_dropped_part_has_no_milestone_to_reach_and_none_to_set(client, scene, running):
    due = {"title": "开班", "due_on": "2022-07-01"}
    sign_in(client, scene.chen)
    page = url("milestone_new", running.project.pk)
    client.post(page, {**due, "part": running.street.pk})
    milestone = Milestone.objects.get()
    Milestone.objects.update(due_on=NOW.date())
    before = list(queries.milestones_waiting_for(scene.chen))

    services.drop_part(part=running.street, reason="场地改用", at=NOW, by=scene.lin)
    after = list(queries.milestones_waiting_for(scene.chen))
    again = client.post(page, {**due, "title": "结班", "part": running.street.pk})

    assert (before, after) == ([milestone], [])
    assert again.status_code == 422
