"""One project in three tiers: parts given down, taken, handed in, accepted; means; the closing."""

import io
from datetime import date

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qinghe.kernel.people.models import Person
from qinghe.lib.verdicts import Refused
from qinghe.systems.projects import queries, services
from qinghe.systems.projects.models import Allotment, Event, Part
from qinghe.systems.projects.views.documents import report_of
from tests.cast import NOW

from .makers import offer, on, plan, propose


def refusal(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def submit(part, *, by, used=None, outcome="已办好，台账齐全"):
    return services.submit_part(part=part, outcome=outcome, used=used or {}, at=NOW, by=by)


def accept(part, *, by):
    return services.accept_part(part=part, at=NOW, by=by)


def again(part):
    return Part.objects.get(pk=part.pk)


def test_a_project_is_founded_once_somebody_takes_part(scene):
    project = propose(scene)

    def start(by=scene.lin):
        return services.start_project(project=project, at=NOW, by=by)

    assert refusal(start) == "no_parts"
    part = offer(scene, project, scene.henggang)
    assert refusal(lambda: start(scene.chen)) == "not_allowed"
    assert refusal(lambda: services.take_part(part=part, at=NOW, by=scene.chen)) == "not_running"
    assert not queries.projects_seen_by(scene.chen).exists()  # a draft is not shown below

    start()

    assert list(queries.projects_seen_by(scene.chen)) == [project]
    assert list(queries.offers_waiting_for(scene.chen)) == [part]
    assert not queries.offers_waiting_for(scene.wen).exists()


def test_a_part_goes_down_two_tiers_and_no_further(scene, running):
    def give(org, *, parent=None, by=scene.lin, **told):
        return refusal(lambda: offer(scene, running.project, org, parent=parent, by=by, **told))

    assert give(scene.longgang) == "wrong_place"
    assert give(scene.xiangjiaotang, parent=running.street, by=scene.chen) == "wrong_place"
    assert give(scene.huale, parent=running.street, by=scene.lin) == "not_allowed"
    assert give(scene.hongmian, parent=running.asked, by=scene.wen) == "not_taken"
    assert give(scene.huale, parent=running.piece, by=scene.mian) == "too_deep"
    assert give(scene.henggang) == "there_already"
    late = {"title": "收尾", "due_on": date(2022, 10, 1)}
    assert give(scene.bantian, **late) == "outside"
    assert give(scene.huale, parent=running.street, by=scene.chen, due_on=date(2022, 9, 9)) == (
        "outside"
    )


def test_a_part_is_accepted_above_after_its_pieces_and_never_by_who_handed_it_in(scene, running):
    assert refusal(lambda: submit(running.street, by=scene.chen)) == "open_below"
    assert refusal(lambda: submit(running.piece, by=scene.mian, outcome=" ")) == "outcome_needed"
    submit(running.piece, by=scene.mian)
    assert list(queries.parts_to_accept(scene.chen)) == [running.piece]
    assert refusal(lambda: accept(running.piece, by=scene.lin)) == "not_allowed"

    back = services.send_back_part(part=running.piece, reason="缺名单", at=NOW, by=scene.chen)
    submit(running.piece, by=scene.mian)
    accept(running.piece, by=scene.ji)
    submit(running.street, by=scene.chen)
    accept(running.street, by=scene.lin)

    assert (back.state, back.reason) == ("taken", "缺名单")
    assert [again(one).state for one in (running.piece, running.street)] == ["accepted"] * 2
    assert refusal(lambda: accept(running.street, by=scene.luo)) == "wrong_state"


def test_who_handed_in_does_not_accept_even_with_the_right_to(scene, running):
    Part.objects.filter(pk=running.piece.pk).update(
        state="submitted", outcome="好", submitted_by=scene.chen.person_id, submitted_on=NOW.date()
    )

    assert refusal(lambda: accept(running.piece, by=scene.chen)) == "own_part"
    assert not queries.parts_to_accept(scene.chen).exists()
    assert list(queries.parts_to_accept(scene.ji)) == [running.piece]


def test_who_declines_or_drops_says_why_and_pieces_go_with_their_part(scene, running):
    def decline(reason):
        return services.decline_part(part=running.asked, reason=reason, at=NOW, by=scene.wen)

    assert refusal(lambda: decline("")) == "reason_needed"
    decline("没有场地")
    services.drop_part(part=running.street, reason="合并到区级", at=NOW, by=scene.lin)

    assert again(running.piece).state == "dropped"
    assert offer(scene, running.project, scene.bantian).state == "offered"  # asked once more


def test_means_are_shared_down_and_never_more_than_there_are(scene, running):
    def means(quantity):
        return services.add_means(
            project=running.project, kind="money", name="专项经费", quantity=quantity, unit="元",
            at=NOW, by=scene.lin,
        )  # fmt: skip

    money = means(50_000)

    def allot(part, quantity, by):
        return services.allot(means=money, part=part, quantity=quantity, at=NOW, by=by)

    assert refusal(lambda: allot(running.piece, 1, scene.chen)) == "nothing_to_share"
    allot(running.street, 30_000, scene.lin)
    given_on = allot(running.piece, 12_000, scene.chen)
    assert refusal(lambda: allot(running.asked, 20_001, scene.lin)) == "too_much"
    assert refusal(lambda: allot(running.street, 11_999, scene.lin)) == "given_on"
    assert refusal(lambda: allot(running.piece, 30_001, scene.chen)) == "too_much"
    assert refusal(lambda: allot(running.piece, 1, scene.lin)) == "not_allowed"
    assert refusal(lambda: means(29_999)) == "given_on"
    over = {given_on.pk: 12_001}
    assert refusal(lambda: submit(running.piece, by=scene.mian, used=over)) == "used_too_much"


STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "street", "asked", "piece"]), st.integers(0, 40)), max_size=12
)


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_in_any_order_no_tier_gives_more_than_it_has(scene, running, steps):
    Allotment.objects.all().delete()
    told = {"project": running.project, "kind": "goods", "name": "图书", "unit": "册", "at": NOW}
    means = services.add_means(**told, quantity=20, by=scene.lin)
    for which, number in steps:
        try:
            if which == "add":
                services.add_means(**told, quantity=number, by=scene.lin)
            else:
                by = scene.chen if which == "piece" else scene.lin
                part = getattr(running, which)
                services.allot(means=means, part=part, quantity=number, at=NOW, by=by)
        except Refused:
            pass
        means.refresh_from_db()
        given_to = {one.part_id: one.quantity for one in means.allotments.all()}
        street = given_to.get(running.street.pk, 0)
        assert street + given_to.get(running.asked.pk, 0) <= means.quantity
        assert given_to.get(running.piece.pk, 0) <= street


def test_clashes_of_person_and_place_are_refused_until_settled_and_then_shown(scene, running):
    other = propose(scene, title="坂田夏令营", org=scene.bantian, by=scene.wen)
    he = Person.objects.get(pk=scene.he.person_id)
    first = plan(scene, running.project, people=[he])

    def camp(**told):
        return plan(scene, other, starts=on(12, 10), ends=on(12, 12), by=scene.wen, **told)

    assert refusal(camp) == "clash"
    assert refusal(lambda: camp(place="营地", people=[he])) == "clash"
    second = camp(settled="分用两个厅")
    plan(scene, other, place="营地", starts=on(12, 15), ends=on(12, 16), by=scene.wen)

    month = queries.calendar(scene.lin, first=date(2022, 7, 1), org=scene.longgang)
    told = queries.clashes_of(scene.mian, [first])[first.pk]  # 红棉 does not see 坂田's project

    assert month.unsettled == 0
    assert [(one.label, one.url, one.is_open) for one in told] == [("场地冲突", "", False)]
    assert told[0].other == "不在您查看范围的另一项安排"

    Event.objects.filter(pk=second.pk).update(settled="")
    month = queries.calendar(scene.lin, first=date(2022, 7, 1), org=scene.longgang)
    assert month.unsettled == 2  # both sides of one clash

    services.cancel_event(event=first, reason="改期", at=NOW, by=scene.lin)
    assert not any(one.is_hard for one in queries.clashes_of(scene.wen, [second])[second.pk])


def test_an_appointment_is_planned_by_who_carries_it_within_the_project(scene, running):
    def camp(by, **told):
        return refusal(lambda: plan(scene, running.project, part=running.piece, by=by, **told))

    assert camp(scene.wen) == "not_allowed"
    assert camp(scene.mian, starts=on(1, month=10), ends=on(1, 11, month=10)) == "outside"
    assert plan(scene, running.project, part=running.piece, by=scene.mian).org == scene.hongmian
    assert Event.objects.count() == 1


def test_a_milestone_waits_from_its_day_until_it_is_reached(scene, running, monkeypatch):
    told = {"project": running.project, "title": "第一批开班", "at": NOW}
    made = services.set_milestone(
        **told, part=running.piece, due_on=date(2022, 7, 10), by=scene.mian
    )
    day = "qinghe.systems.projects.queries.waiting.timezone.localdate"
    monkeypatch.setattr(day, lambda: date(2022, 7, 9))
    early = list(queries.milestones_waiting_for(scene.mian))
    monkeypatch.setattr(day, lambda: date(2022, 7, 10))
    due = list(queries.milestones_waiting_for(scene.mian))

    assert (early, due) == ([], [made])
    assert not queries.milestones_waiting_for(scene.wen).exists()

    def reach(by):
        return services.reach_milestone(milestone=made, at=on(11), by=by)

    assert refusal(lambda: reach(scene.wen)) == "not_allowed"
    assert reach(scene.mian).done_on == date(2022, 7, 11)
    assert refusal(lambda: reach(scene.mian)) == "reached_already"


def test_a_project_is_closed_when_all_is_accepted_and_its_report_counts_what_was_kept(
    scene, running
):
    def close(summary="办了两期，反映良好。"):
        return services.close_project(
            project=running.project, summary=summary, at=NOW, by=scene.lin
        )

    money = services.add_means(
        project=running.project, kind="money", name="专项经费", quantity=500, unit="元", at=NOW,
        by=scene.lin,
    )  # fmt: skip
    given_to = services.allot(means=money, part=running.street, quantity=300, at=NOW, by=scene.lin)
    assert refusal(close) == "open_parts"
    services.decline_part(part=running.asked, reason="没有场地", at=NOW, by=scene.wen)
    submit(running.piece, by=scene.mian)
    accept(running.piece, by=scene.chen)
    submit(running.street, by=scene.chen, used={given_to.pk: 280})
    accept(running.street, by=scene.lin)
    assert refusal(lambda: close(" ")) == "summary_needed"

    closed = close()

    paper = report_of(scene.lin, closed)
    text = "\n".join(line.text for line in Document(io.BytesIO(paper)).paragraphs)
    assert "共2项分工通过验收，其中按时交验2项；不承接和取消1项。" in text
    assert "专项经费共500元，分到各单位300元，使用280元。" in text
    assert "坂田街道：开办托管班，未实施（没有场地）。" in text
    assert "办了两期，反映良好。" in text
    assert paper == report_of(scene.lin, closed)
    assert refusal(lambda: offer(scene, closed, scene.huale)) == "over"


def test_who_takes_part_sees_the_whole_project_and_others_nothing(scene, running):
    def seen(who):
        return queries.parts_seen_by(who).count()

    assert [seen(scene.lin), seen(scene.chen), seen(scene.mian)] == [3, 3, 3]
    assert [seen(scene.auditor), seen(scene.zhou)] == [0, 0]
