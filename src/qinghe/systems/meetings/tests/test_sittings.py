"""A sitting from the call for items to its minutes, and its decisions to their end."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from qinghe.kernel.access.actors import Actor
from qinghe.lib.verdicts import Refused
from qinghe.systems.meetings import queries, services
from qinghe.systems.meetings.models import Decision, Sitting, Summons
from tests.cast import LONG_AGO, NOW

from .makers import (
    AFTER,
    OPENS,
    call,
    decide,
    hold,
    make_body,
    make_conference,
    plan,
    propose,
    register,
)

pytestmark = pytest.mark.django_db


def refusal(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def test_plenaries_are_numbered_without_gaps_and_one_at_a_time(cast, conference):
    first = plan(cast, conference)

    assert first.title == "龙岗区青少年工作党政联席会议第一次全体会议"
    assert refusal(lambda: plan(cast, conference)) == "one_ahead"
    services.cancel_sitting(sitting=first, reason="改期", at=NOW, by=cast.lin)
    again = plan(cast, conference)
    assert again.number == 1
    hold(cast, again)
    assert plan(cast, conference, starts_at=OPENS + timedelta(days=90)).number == 2


def test_the_database_keeps_one_plenary_ahead_too(cast, planned):
    fields = {
        one.name: getattr(planned, one.name)
        for one in Sitting._meta.concrete_fields
        if one.name not in ("id", "number")
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Sitting.objects.create(**fields, number=2)


def test_a_special_sitting_has_no_number(cast, conference):
    assert refusal(lambda: plan(cast, conference, kind="special")) == "topic_needed"
    assert plan(cast, conference, kind="special", topic="暑期安全").number is None


def test_a_unit_of_ours_proposes_for_itself_until_the_call_is_over(cast, planned):
    ours, beside = planned.body.units.order_by("pk")[:2]
    late = OPENS - timedelta(days=2)

    made = propose(cast, planned, member=ours, by=cast.chen)
    assert made.state == "proposed"
    assert refusal(lambda: propose(cast, planned, title="二", member=beside, by=cast.chen)) == (
        "not_allowed"
    )
    assert refusal(
        lambda: propose(cast, planned, title="二", member=ours, by=cast.chen, at=late)
    ) == ("call_closed")
    assert propose(cast, planned, title="办公室补", at=late).member is None
    assert refusal(lambda: propose(cast, planned, member=ours, by=cast.chen)) == "item_already"


def test_the_agenda_keeps_an_order_without_gaps(cast, planned):
    items = [propose(cast, planned, title=title) for title in ("甲", "乙", "丙")]
    for one in items:
        services.list_item(item=one, at=NOW, by=cast.lin)
    services.order_items(
        sitting=planned, order=[items[2].pk, items[0].pk, items[1].pk], at=NOW, by=cast.lin
    )
    services.decline_item(item=items[0], reason="材料不齐", at=NOW, by=cast.lin)

    lines = queries.agenda_of(cast.lin, planned)
    assert [(one.item.title, one.item.place) for one in lines] == [("丙", 1), ("乙", 2)]
    assert lines[1].slot.begins == OPENS + timedelta(minutes=15)
    assert refusal(
        lambda: services.order_items(sitting=planned, order=[items[2].pk], at=NOW, by=cast.lin)
    ) == ("wrong_places")


def test_nobody_is_invited_to_nothing(cast, planned):
    assert refusal(lambda: services.call_sitting(sitting=planned, at=NOW, by=cast.lin)) == (
        "no_agenda"
    )
    called = call(cast, planned)
    assert called.summonses.count() == 3
    assert called.reply_by == date(2022, 7, 18)  # two days before, by the shipped terms


def test_units_answer_for_themselves_and_the_office_for_those_outside(cast, planned):
    called = call(cast, planned)
    ours, beside, outside = called.summonses.order_by("pk")
    coming = services.Answer("coming")

    services.reply(summons=ours, answer=coming, at=NOW, by=cast.chen)
    assert refusal(lambda: services.reply(summons=beside, answer=coming, at=NOW, by=cast.chen)) == (
        "not_allowed"
    )
    proxy = services.Answer("proxy", "贺某", "科长")
    services.reply(summons=outside, answer=proxy, at=NOW, by=cast.lin)
    services.reply(
        summons=outside, answer=services.Answer("leave", reason="出差"), at=NOW, by=cast.lin
    )
    outside.refresh_from_db()
    assert (outside.reply, outside.proxy_name) == ("leave", "")
    assert refusal(lambda: services.reply(summons=ours, answer=coming, at=AFTER, by=cast.lin)) == (
        "reply_closed"
    )


def test_who_speaks_for_a_unit_signs_in_once(cast, planned):
    called = call(cast, planned)
    early = OPENS - timedelta(hours=5)

    assert refusal(lambda: services.sign_in(sitting=called, at=early, by=cast.chen)) == (
        "door_closed"
    )
    first = services.sign_in(sitting=called, at=OPENS, by=cast.chen)
    again = services.sign_in(sitting=called, at=AFTER, by=cast.chen)
    assert (first.pk, again.came_at) == (again.pk, OPENS)
    assert first.member.unit == cast.henggang
    assert refusal(lambda: services.sign_in(sitting=called, at=OPENS, by=cast.zhou)) == (
        "not_invited"
    )


def test_too_few_hold_no_sitting_and_the_percentage_is_dated(cast, planned):
    called = call(cast, planned)
    keys = list(called.summonses.order_by("pk").values_list("pk", flat=True))
    services.call_roll(sitting=called, came=keys[:1], at=OPENS, by=cast.lin)
    held = {"sitting": called, "host": "区委副书记", "at": AFTER, "by": cast.lin}

    assert refusal(lambda: services.hold_sitting(**{**held, "at": NOW})) == "too_early"
    assert refusal(lambda: services.hold_sitting(**held)) == "no_quorum"
    services.call_roll(sitting=called, came=keys[:2], at=OPENS, by=cast.lin)
    numbers = {"quorum_percent": 70, "items_days": 7, "reply_days": 2, "accept_days": 5}
    new = services.NewTerms("规则", date(2022, 7, 10), "工作规则", "修订", numbers)
    services.set_terms(new=new, at=NOW, by=cast.lin)
    assert refusal(lambda: services.hold_sitting(**held)) == "no_quorum"
    services.call_roll(sitting=called, came=keys, at=OPENS, by=cast.lin)
    done = services.hold_sitting(**held)
    assert (done.due, done.came, done.quorum_percent) == (3, 3, 70)


def test_minutes_are_written_settled_and_then_left_alone(cast, held):
    assert refusal(lambda: services.issue_minutes(sitting=held, at=AFTER, by=cast.lin)) == (
        "minutes_needed"
    )
    written = {"sitting": held, "text": "一、关于暑期安全", "number": "〔2022〕1号"}
    services.write_minutes(**written, at=AFTER, by=cast.lin)
    services.issue_minutes(sitting=held, at=AFTER, by=cast.lin)
    assert refusal(lambda: services.write_minutes(**written, at=AFTER, by=cast.lin)) == (
        "wrong_state"
    )
    assert refusal(
        lambda: services.cancel_sitting(sitting=held, reason="不开", at=AFTER, by=cast.lin)
    ) == ("wrong_state")


def test_a_decision_is_reported_by_its_owner_and_accepted_by_the_office(cast, held):
    made = decide(cast, held)
    report = {"decision": made, "evidence": "已开班12个，见照片", "at": AFTER}

    assert refusal(lambda: services.report_decision(**report, by=cast.zhou)) == "not_allowed"
    assert refusal(lambda: services.accept_decision(decision=made, at=AFTER, by=cast.lin)) == (
        "wrong_state"
    )
    services.report_decision(**report, by=cast.chen)
    back = services.send_back_decision(decision=made, reason="缺照片", at=AFTER, by=cast.lin)
    assert (back.state, back.reason) == ("open", "缺照片")
    services.report_decision(**report, by=cast.chen)
    assert refusal(lambda: services.accept_decision(decision=made, at=AFTER, by=cast.chen)) == (
        "not_allowed"
    )
    reporter = Actor(cast.chen.person_id, "陈", cast.lin.holdings)
    assert refusal(lambda: services.accept_decision(decision=made, at=AFTER, by=reporter)) == (
        "own_report"
    )
    assert services.accept_decision(decision=made, at=AFTER, by=cast.lin).state == "accepted"


def test_decisions_are_numbered_and_void_ones_stay(cast, held):
    first, second = decide(cast, held), decide(cast, held, text="办好招聘会")
    services.void_decision(decision=first, reason="重复", at=AFTER, by=cast.lin)

    assert decide(cast, held, text="办好夜校").place == 3
    assert second.place == 2
    offered = [one.key for one in queries.offers(cast.lin)]
    assert len(offered) == 2
    assert f"meetings.decision:{first.pk}" not in offered


def test_what_a_list_may_take_over_says_owner_limit_and_where_it_stands(cast, held):
    made = decide(cast, held)

    (offer,) = queries.offers(cast.chen)
    assert (offer.key, offer.owner, offer.due_on) == (
        f"meetings.decision:{made.pk}",
        cast.henggang,
        date(2022, 8, 31),
    )
    assert offer.group == held.title
    assert queries.offers(cast.he) == []


def test_bodies_above_are_only_registered(cast):
    above = make_body(cast, kind="standing", name="区委常委会")

    assert refusal(lambda: plan(cast, above)) == "only_registered"
    made = register(cast, above, titles=("甲", "乙"))
    assert made.items.count() == 2
    assert refusal(lambda: register(cast, above)) == "entered_already"
    assert refusal(lambda: register(cast, make_conference(cast))) == "not_above"


def test_a_committee_is_an_organisation_of_the_tree(cast):
    assert refusal(lambda: make_body(cast, kind="committee", committee=cast.henggang)) == (
        "no_committee"
    )


def test_whoever_stood_for_a_unit_ends_when_the_next_begins(cast, conference):
    outside = conference.units.get(name="区教育部门")
    new = services.NewRepresentative("delegate", "局长", date(2022, 3, 1), name="蒋某")
    services.name_representative(member=outside, new=new, at=NOW, by=cast.lin)

    known = list(outside.people.order_by("starts_on").values_list("name", "ends_on"))
    assert known == [("程某", date(2022, 3, 1)), ("蒋某", None)]
    early = services.NewRepresentative("delegate", "局长", LONG_AGO, name="早某")
    assert refusal(
        lambda: services.name_representative(member=outside, new=early, at=NOW, by=cast.lin)
    ) == ("wrong_order")


def test_a_street_keeps_its_own_bodies_and_not_the_districts(cast, conference):
    own = make_body(cast, name="横岗联席会议", org=cast.henggang, by=cast.chen)

    assert own.org == cast.henggang
    assert refusal(lambda: plan(cast, conference, by=cast.chen)) == "not_allowed"
    assert refusal(
        lambda: make_body(cast, name="坂田联席会议", org=cast.bantian, by=cast.chen)
    ) == ("not_allowed")
    assert Summons.objects.count() == Decision.objects.count() == 0
