"""Drawing up, deciding, carrying out: what each leaves behind."""

from datetime import date, timedelta

import pytest

from qinghe.kernel.access.actors import Role
from qinghe.kernel.access.models import Holding
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Membership, Post
from qinghe.lib.verdicts import Refused
from qinghe.systems.reorganising import services, tasks
from qinghe.systems.reorganising.models import Plan
from tests.cast import make_org, with_role
from tests.desk import sign_in

from .makers import (
    IN_JUNE,
    IN_MAY,
    JUNE,
    appoint,
    approved,
    drafted,
    join,
    opening,
    standing,
    step,
    submitted,
)

MERGE = step("merge", "HG-2", "HG-1")


def refused(act, **given):
    with pytest.raises(Refused) as told:
        act(**given)
    return told.value.code


def test_a_merger_on_its_day_moves_the_members_with_their_history(ground):
    plan = approved(ground, MERGE)

    assert plan.state == Plan.State.CARRIED_OUT
    merged = Org.objects.get(code="HG-2")
    assert (merged.closed_on, merged.successor) == (JUNE, ground.first)
    assert [standing(person) for person in ground.members[:5]] == [["HG-1"]] * 5
    was = Membership.objects.get(person=ground.members[3], org=merged)
    assert was.ends_on == JUNE


def test_posts_and_roles_of_a_merged_branch_end_or_go_on(ground):
    secretary = with_role("P030", "罗小树", role=Role.BRANCH_SECRETARY, org=ground.second)
    appoint(ground.members[3], ground.second)

    approved(ground, step("merge", "HG-2", "HG-1", posts="continue"))

    post = Post.objects.get(person=ground.members[3], ends_on=None)
    assert (post.org, post.title, post.starts_on) == (ground.first, "书记", JUNE)
    assert Holding.objects.get(person=secretary.person_id).ends_on == JUNE


def test_posts_end_where_the_plan_does_not_say_otherwise(ground):
    appoint(ground.members[3], ground.second)

    approved(ground, MERGE)

    assert not Post.objects.filter(person=ground.members[3], ends_on=None).exists()


def test_a_branch_is_split_by_hand_and_by_when_they_came(ground):
    late = ground.members[2]
    Membership.objects.filter(person=late).update(starts_on=date(2021, 9, 1))

    approved(
        ground,
        opening("HG-3", "横岗第三团支部", ground.general),
        opening("HG-4", "横岗第四团支部", ground.general),
        step("members", "HG-1", "HG-3", whom="listed", persons=(ground.members[0].pk,)),
        step(
            "members", "HG-1", "HG-4", whom="entered",
            entered_from=date(2021, 9, 1), entered_to=date(2021, 9, 30),
        ),
    )  # fmt: skip

    assert [standing(person) for person in ground.members[:3]] == [["HG-3"], ["HG-1"], ["HG-4"]]


def test_several_become_one_new_branch_and_another_is_renamed_and_moved(ground):
    approved(
        ground,
        opening("HG-9", "横岗联合支部", ground.general),
        step("merge", "HG-1", "HG-9"),
        step("merge", "HG-2", "HG-9"),
        step("change", "BT-1", name="坂田新团支部"),
        step("move", "BT-1", "HG-0"),
    )

    assert {code for person in ground.members[:5] for code in standing(person)} == {"HG-9"}
    moved = Org.objects.get(code="BT-1")
    assert (moved.name, moved.parent) == ("坂田新团支部", ground.general)


def test_every_line_of_the_trail_names_the_plan(ground):
    plan = approved(ground, MERGE)

    about = Entry.objects.filter(verb__in=["orgs.merge_org", "people.transfer_roll"])
    assert about.count() == 3
    assert all(f"机构调整方案{plan.pk}（龙团〔2022〕8号）" in entry.by for entry in about)


def test_a_plan_that_cannot_be_done_is_not_sent_and_leaves_no_trace(ground):
    plan = drafted(ground, step("merge", "HG-2", "HG-1"), step("close", "HG-1"))
    entries = Entry.objects.count()

    with pytest.raises(Refused) as told:
        services.submit_plan(plan=plan, at=IN_JUNE, by=ground.cast.lin)

    assert told.value.code == "unfit"
    assert "第2步" in told.value.reason
    assert Org.objects.get(code="HG-2").closed_on is None
    assert Entry.objects.count() == entries


def test_whoever_drew_it_up_or_sent_it_does_not_approve(ground):
    plan = submitted(ground, MERGE)

    code = refused(services.approve_plan, plan=plan, at=IN_JUNE, by=ground.cast.lin)

    assert code == "own_plan"
    assert Plan.objects.get().state == Plan.State.SUBMITTED


def test_a_street_plans_below_itself_and_the_district_approves(ground):
    chen, henggang = ground.cast.chen, ground.cast.henggang
    plan = submitted(ground, MERGE, org=henggang, by=chen)

    assert refused(services.approve_plan, plan=plan, at=IN_JUNE, by=chen) == "not_allowed"
    done = services.approve_plan(plan=plan, at=IN_JUNE, by=ground.cast.lin)

    assert done.state == Plan.State.CARRIED_OUT


@pytest.mark.parametrize("away", [step("merge", "BT-1", "HG-1"), step("move", "HG-1", "440307013")])
def test_a_street_reaches_nothing_beside_it(ground, away):
    plan = drafted(ground, org=ground.cast.henggang, by=ground.cast.chen)

    code = refused(services.add_steps, plan=plan, new=[away], at=IN_JUNE, by=ground.cast.chen)

    assert code == "outside_plan"


def test_nobody_else_draws_plans_up(ground):
    new = services.NewPlan(title="方案", reason="原因", on=JUNE)
    for by in (ground.cast.he, ground.cast.auditor, ground.cast.zhou):
        code = refused(services.draw_up, org=ground.cast.bantian, new=new, at=IN_JUNE, by=by)
        assert code == "not_allowed"


def test_an_approved_plan_waits_for_its_day_and_is_done_once(ground):
    plan = approved(ground, MERGE, at=IN_MAY)
    assert plan.state == Plan.State.APPROVED

    assert tasks.carry_out(at=IN_JUNE - timedelta(days=1)) == (0, 0)
    assert tasks.carry_out(at=IN_JUNE) == (1, 0)
    assert tasks.carry_out(at=IN_JUNE) == (0, 0)

    assert Org.objects.get(code="HG-2").closed_on == JUNE
    assert Membership.objects.filter(person=ground.members[3]).count() == 2


def test_after_downtime_it_is_made_up_for_and_dated_its_day(ground):
    approved(ground, MERGE, at=IN_MAY)

    assert tasks.carry_out(at=IN_JUNE + timedelta(days=5)) == (1, 0)

    assert Org.objects.get(code="HG-2").closed_on == JUNE


def test_what_no_longer_fits_on_its_day_is_refused_whole_and_says_why(ground):
    plan = approved(
        ground,
        step("change", "HG-1", name="新名"),
        step("members", "HG-2", "HG-1", whom="all"),
        step("close", "HG-2"),
        at=IN_MAY,
    )
    late = ground.members[5]
    Membership.objects.filter(person=late).update(ends_on=date(2022, 6, 1))
    join(late, ground.second, on=date(2022, 6, 20))

    assert tasks.carry_out(at=IN_JUNE + timedelta(days=10)) == (0, 1)

    plan.refresh_from_db()
    assert plan.state == Plan.State.REFUSED
    assert "第2步" in plan.answer
    assert Org.objects.get(code="HG-1").name == "横岗第一团支部"
    assert standing(ground.members[3]) == ["HG-2"]


def test_a_refused_plan_says_why_and_its_copy_is_a_draft_with_its_steps(ground):
    plan = submitted(ground, MERGE, step("members", "HG-1", "HG-0", whom="all"))

    assert (
        refused(services.refuse_plan, plan=plan, reason=" ", at=IN_JUNE, by=ground.second_officer)
        == "reason_needed"
    )
    services.refuse_plan(plan=plan, reason="请先征求意见", at=IN_JUNE, by=ground.second_officer)
    copy = services.copy_plan(plan=plan, on=JUNE, at=IN_JUNE, by=ground.cast.lin)

    assert copy.state == Plan.State.DRAFT
    assert [one.kind for one in copy.steps.all()] == ["merge", "members"]


def test_steps_are_put_in_order_and_taken_out(ground):
    plan = drafted(ground, MERGE, step("change", "HG-1", name="甲"), step("close", "BT-1"))
    first, second, third = plan.steps.all()

    services.place_step(step=third, place=1, at=IN_JUNE, by=ground.cast.lin)
    services.remove_step(step=second, at=IN_JUNE, by=ground.cast.lin)

    assert list(plan.steps.all()) == [third, first]


def test_what_is_sent_is_not_changed_and_can_be_withdrawn(ground):
    plan = submitted(ground, MERGE)
    by = {"at": IN_JUNE, "by": ground.cast.lin}

    assert refused(services.add_steps, plan=plan, new=[MERGE], **by) == "wrong_state"
    services.withdraw_plan(plan=plan, reason="重新研究", **by)

    assert (
        refused(services.approve_plan, plan=plan, at=IN_JUNE, by=ground.second_officer)
        == "wrong_state"
    )


def test_a_day_that_has_passed_is_not_approved(ground):
    plan = submitted(ground, MERGE)
    late = IN_JUNE + timedelta(days=1)

    assert (
        refused(services.approve_plan, plan=plan, at=late, by=ground.second_officer) == "day_passed"
    )


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (step("close", "NOWHERE"), "unknown_org"),
        (step("merge", "HG-1", "NOWHERE"), "unknown_org"),
        (step("members", "HG-1", "HG-2", whom="entered"), "bad_span"),
        (step("open", "HG-1", "HG-0", name="某", org_kind="branch", level="unit"), "code_taken"),
    ],
)
def test_a_step_about_nothing_is_not_added(ground, wrong, code):
    plan = drafted(ground)

    assert (
        refused(services.add_steps, plan=plan, new=[wrong], at=IN_JUNE, by=ground.cast.lin) == code
    )


def test_a_plan_takes_the_mark_of_a_new_organisation_away(ground):
    cast = ground.cast
    marked = make_org(
        "HG-9", "横岗新兴团支部", kind="branch", level="unit", parent=cast.henggang,
        sector="society", new_org_kind="nonpublic_enterprise",
    )  # fmt: skip

    approved(ground, step("change", "HG-9", unmarks=True))

    marked.refresh_from_db()
    assert (marked.new_org_kind, marked.industry, marked.sector) == ("", "", "society")


def test_other_programs_read_plans_and_steps_in_sight_only(ground, client):
    plan = drafted(ground, step("change", "HG-1", name="新名"))
    sign_in(client, ground.cast.lin)
    listed = client.get("/api/v1/reorganising/plans").json()["items"]
    told = client.get(f"/api/v1/reorganising/plans/{plan.pk}").json()
    sign_in(client, ground.cast.zhou)

    assert [one["id"] for one in listed] == [plan.pk]
    assert (told["plan"]["step_count"], told["steps"][0]["words"]) == (
        1, f"{ground.first.name}：更名为新名"
    )  # fmt: skip
    assert client.get(f"/api/v1/reorganising/plans/{plan.pk}").status_code in (403, 404)
