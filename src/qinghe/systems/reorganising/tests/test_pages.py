"""The pages of reorganising: who opens which, and what a plan goes through in the browser."""

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.edges import inbox
from qinghe.kernel.orgs.models import Org
from qinghe.systems.reorganising.models import Plan, Step
from tests.desk import sign_in

from .makers import IN_JUNE, approved, drafted, standing, step, submitted

MERGE = step("merge", "HG-2", "HG-1")


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: IN_JUNE)


def url(name, *args):
    return reverse(f"reorganising:{name}", args=args)


def test_a_plan_is_drawn_up_foreseen_and_sent_in_the_browser(client, ground):
    sign_in(client, ground.cast.lin)
    told = {"org": "440307", "title": "方案", "reason": "人数不足", "on": "2022-06-15"}
    client.post(url("plan_new"), told)
    plan = Plan.objects.get()
    add = url("step_new", plan.pk)

    client.post(f"{add}?kind=merge", {"orgs": "横岗第二团支部", "into": "HG-1", "posts": "end"})
    client.post(f"{add}?kind=change", {"org": "BT-1", "name": "坂田新团支部"})
    client.post(url("plan_preview", plan.pk))
    shown = client.get(url("preview", plan.pk)).content.decode()
    client.post(url("plan_submit", plan.pk))

    assert "并入横岗第一团支部" in shown
    assert "已封存的期次、已印发的报告不变" in shown
    plan.refresh_from_db()
    assert plan.state == Plan.State.SUBMITTED
    page = client.get(url("plan", plan.pk)).content.decode()
    assert "横岗第二团支部并入横岗第一团支部" in page
    assert url("plan_approve", plan.pk) not in page  # their own


def test_members_are_ticked_and_a_new_branch_is_opened_for_them(client, ground):
    sign_in(client, ground.cast.lin)
    plan = drafted(ground)
    add = url("step_new", plan.pk)
    asked = client.post(f"{add}?kind=members", {"source": "HG-1"})
    told = {
        "whom": "listed", "persons": [ground.members[0].pk, ground.members[1].pk],
        "new_code": "hg-7", "new_name": "横岗第七团支部",
    }  # fmt: skip

    assert "M001 甘1" in client.get(asked.url).content.decode()
    client.post(asked.url, told)

    assert [one.kind for one in plan.steps.all()] == ["open", "members"]
    assert Step.objects.get(kind="members").members.count() == 2


@pytest.mark.parametrize(
    ("kind", "told", "says"),
    [
        ("merge", {"orgs": "没有的", "into": "HG-1", "posts": "end"}, "没有找到“没有的”"),
        ("change", {"org": "HG-1"}, "没有填写要改的内容"),
        ("open", {"parent": "HG-0", "code": "HG-1", "name": "某", "org_kind": "branch",
                  "level": "unit"}, "组织代码HG-1已被使用"),
    ],
)  # fmt: skip
def test_a_wrong_step_stays_on_its_form_and_says_why(client, ground, kind, told, says):
    sign_in(client, ground.cast.lin)
    plan = drafted(ground)

    answer = client.post(f"{url('step_new', plan.pk)}?kind={kind}", told)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not plan.steps.exists()


def test_the_other_officer_finds_it_in_the_inbox_and_approves(client, ground):
    plan = submitted(ground, MERGE)
    queue = next(one for one in inbox.QUEUES if one.code == "reorganising.plans")

    assert not queue.waiting(ground.cast.lin).exists()
    (item,) = queue.items(ground.second_officer, [plan.pk])
    sign_in(client, ground.second_officer)
    assert "批准" in client.get(item.url).content.decode()
    client.post(url("plan_approve", plan.pk))

    assert standing(ground.members[3]) == ["HG-1"]
    history = client.get(url("history", ground.first.pk)).content.decode()
    assert "横岗第二团支部并入" in history
    assert f"机构调整方案{plan.pk}" in history


def test_steps_are_put_in_order_and_taken_out_by_buttons(client, ground):
    sign_in(client, ground.cast.lin)
    plan = drafted(ground, MERGE, step("close", "BT-1"))
    first, second = plan.steps.all()

    client.post(url("step_place", second.pk), {"place": "1"})
    client.post(url("step_remove", first.pk))

    assert list(plan.steps.all()) == [second]


def test_a_plan_is_refused_withdrawn_and_copied_with_words(client, ground):
    plan = submitted(ground, MERGE)
    sign_in(client, ground.second_officer)
    assert client.post(url("plan_refuse", plan.pk), {"reason": ""}).status_code == 422
    client.post(url("plan_refuse", plan.pk), {"reason": "先征求意见"})
    client.post(url("plan_copy", plan.pk), {"on": "2022-06-20"})
    copy = Plan.objects.get(state=Plan.State.DRAFT)
    client.post(url("plan_withdraw", copy.pk), {"reason": "不再需要"})
    change = client.get(url("plan_change", copy.pk))

    assert change.status_code == 200
    assert set(Plan.objects.values_list("state", flat=True)) == {"refused", "withdrawn"}


def test_who_reads_who_does_not(client, ground):
    plan = approved(ground, MERGE)

    sign_in(client, ground.cast.auditor)
    assert client.get(url("plans")).status_code == 403
    assert client.get(url("plan", plan.pk)).status_code == 404
    assert client.get(url("plan_copy", plan.pk)).status_code == 404
    assert client.get(url("history", ground.second.pk)).status_code == 404
    client.logout()
    sign_in(client, ground.cast.chen)  # the district's plan is not below the street
    assert client.get(url("plan", plan.pk)).status_code == 404
    assert client.get(url("history", ground.second.pk)).status_code == 200
    assert client.get(url("history", ground.far.pk)).status_code == 404
    client.logout()
    sign_in(client, ground.cast.zhou)
    assert client.get(url("plans")).status_code == 403


def test_the_list_of_plans_asks_no_question_a_row(client, ground, django_assert_max_num_queries):
    sign_in(client, ground.cast.lin)
    for _ in range(6):
        drafted(ground, MERGE)
    client.get(url("plans"))

    with django_assert_max_num_queries(30):
        client.get(url("plans"))
    assert Org.objects.get(code="HG-2").closed_on is None
