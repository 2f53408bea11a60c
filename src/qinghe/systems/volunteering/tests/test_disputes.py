"""A volunteer reads the rule behind each number, and may dispute it (demand 6)."""

import pytest

from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, queries, rules, services
from qinghe.systems.volunteering.rules import Frame, Span

from .hour_makers import hold
from .makers import at, serve

EVENING, MORNING = at(20), at(9, day=5)
FRAME = Frame(at(9), at(12))


@pytest.fixture
def served(ming, session, cast):
    return serve(ming, session=session, came=at(9, 2), left=at(12, 5), by=cast.he)


@pytest.fixture
def me(ming):
    return type("Me", (), {"person_id": ming.person_id, "__str__": lambda self: "明"})()


def dispute(ming, me, *, record=None, org=None, when=EVENING):
    return services.dispute_hours(
        new=services.NewDispute(
            volunteer=ming, org=org or record.session.org, day=at(0).date(),
            words="我是9点前到的", attendance=record,
        ),
        at=when, by=me,
    )  # fmt: skip


def answer(found, *, verdict="explained", by, when=MORNING):
    return services.answer_dispute(
        dispute=found, verdict=verdict, answer="现场名册为9:02。", at=when, by=by
    )


def refusal(do):
    with pytest.raises(Refused) as caught:
        do()
    return caught.value.code


@pytest.mark.parametrize(
    ("spans", "day", "state", "words"),
    [
        (
            [Span(at(9, 2), at(12, 5))], 360, "effective",
            "09:02 到、12:05 离，按活动 09:00–12:00 前后各 30 分钟计 183 分钟；"
            "当天累计 6.0 小时，直接生效（V-31）。",
        ),
        (
            [Span(at(8), at(13))], 540, "pending",
            "08:00 到、13:00 离，按活动 09:00–12:00 前后各 30 分钟计 240 分钟；"
            "当天累计 9.0 小时，超过8小时，须主办组织的上级审核，等待审核（V-31）。",
        ),
        (
            [Span(at(9), at(12))], 780, "effective",
            "09:00 到、12:00 离，按活动 09:00–12:00 前后各 30 分钟计 180 分钟；"
            "当天累计 13.0 小时，超过12小时，须区级审核，已审核通过（V-31）。",
        ),
        ([Span(at(9), None)], 0, "present", "09:00 到，未签退（不计时长），按活动 09:00–12:00 前后各 30 分钟计 0 分钟。"),
        ([Span(at(9), at(10))], 60, "held", "09:00 到、10:00 离，按活动 09:00–12:00 前后各 30 分钟计 60 分钟；正在核查，暂停计入。"),
        ([], 0, "void", "没有有效的签到，不计时长。"),
    ],
)  # fmt: skip
def test_the_rule_behind_a_number_is_a_sentence(spans, day, state, words):
    assert rules.explain(frame=FRAME, spans=spans, day_minutes=day, state=state) == words


def test_a_volunteer_reads_the_rule_of_each_record_and_why_one_is_held(me, served):
    hold(served)

    (one,) = queries.explained(me, list(queries.own_services(me)))

    assert "计 183 分钟；正在核查" in one.words
    assert one.held == ("路途时间不足",)


def test_the_day_of_another_session_is_added_up(me, ming, served, cast):
    other = models.Session.objects.create(
        code="CC9", title="午后", org=cast.hongmian, place="园", starts_at=at(13), ends_at=at(16),
        day=at(0).date(),
    )  # fmt: skip
    serve(ming, session=other, came=at(13), left=at(16), by=cast.he)

    later, first = queries.explained(me, list(queries.own_services(me)))

    assert "当天累计 6.0 小时" in first.words
    assert "当天累计 6.0 小时" in later.words


def test_records_are_explained_in_the_same_few_questions_however_many(
    me, ming, served, cast, django_assert_num_queries
):
    rows = list(queries.own_services(me)) * 10
    with django_assert_num_queries(3):
        queries.explained(me, rows)


def test_the_host_answers_within_its_days_and_the_answer_is_kept(me, ming, served, cast):
    found = dispute(ming, me, record=served)
    assert found.due_on == at(0, day=11).date()
    assert queries.disputes_waiting_for(cast.chen).get() == found

    answer(found, by=cast.chen)

    found.refresh_from_db()
    assert (found.state, found.answered_by_id) == ("explained", cast.chen.person_id)


def test_corrected_is_said_only_of_what_was_corrected(me, ming, served, cast):
    found = dispute(ming, me, record=served)
    assert refusal(lambda: answer(found, verdict="corrected", by=cast.chen)) == "not_corrected"

    services.correct_stay(
        stay=served.stays.get(), came_at=at(8, 55), left_at=at(12, 5), reason="名册误录",
        at=at(21), by=cast.chen,
    )  # fmt: skip

    assert answer(found, verdict="corrected", by=cast.chen).state == "corrected"


def test_a_missing_record_is_reported_to_where_one_belongs(me, ming, cast):
    found = dispute(ming, me, org=cast.hongmian)

    assert found.kind == "missing"
    assert cast.hongmian in queries.hosts_for(me, ming)
    assert cast.xiangjiaotang not in queries.hosts_for(me, ming)


def test_one_disputes_only_ones_own_once_and_not_the_future(me, ming, hua, served, cast):
    dispute(ming, me, record=served)

    assert refusal(lambda: dispute(ming, me, record=served)) == "disputed_already"
    assert refusal(lambda: dispute(hua, me, org=cast.hongmian)) == "not_yours"
    assert refusal(lambda: dispute(ming, me, org=cast.hongmian, when=at(9, day=3))) == "in_future"


def test_nobody_answers_themself_nor_from_elsewhere(me, ming, served, cast):
    found = dispute(ming, me, record=served)

    assert refusal(lambda: answer(found, by=cast.zhou)) == "not_allowed"
    ming.person_id = cast.chen.person_id
    ming.save()
    assert refusal(lambda: answer(found, by=cast.chen)) == "own_dispute"


def test_one_takes_ones_own_back(me, ming, served, cast):
    found = dispute(ming, me, record=served)
    assert (
        refusal(lambda: services.withdraw_dispute(dispute=found, at=at(21), by=cast.lin))
        == "not_yours"
    )

    services.withdraw_dispute(dispute=found, at=at(21), by=me)

    assert not queries.disputes_waiting_for(cast.chen).exists()
    assert refusal(lambda: answer(found, by=cast.chen)) == "wrong_state"
