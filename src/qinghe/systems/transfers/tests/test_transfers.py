"""The way of one transfer: who begins, who agrees, where it ends (T-60 … T-65)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from qinghe.kernel.audit import queries as audit
from qinghe.kernel.notices.models import Notice
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Membership, Person
from qinghe.lib.verdicts import Refused
from qinghe.systems.transfers import models, queries, services
from qinghe.systems.transfers.models import Transfer
from tests.cast import CLERK, NOW, TODAY, make_person

from .makers import SINCE, actor_of, approve, asked, join, later, own, place, sent, standing

pytestmark = pytest.mark.django_db


def refusal(call, *arguments, **named):
    with pytest.raises(Refused) as refused:
        call(*arguments, **named)
    return refused.value.code


def test_a_member_asks_both_sides_agree_and_they_are_placed(ground):
    cast = ground.cast
    one = own(ground)
    assert (one.state, one.desk, one.due_on) == ("out_pending", cast.branch, date(2022, 7, 13))

    one = approve(one, cast.tang)
    assert (one.state, one.desk) == ("in_pending", cast.enterprise)
    one = approve(one, cast.liang)
    assert (one.state, one.accepted_on) == ("in_pending", TODAY)
    assert standing(ground.member) == [cast.branch]
    one = place(one, ground.workshop, cast.liang)

    assert (one.state, one.placed_in, one.closed_on) == ("placed", ground.workshop, TODAY)
    ground.place.refresh_from_db()
    begun = Membership.objects.get(ends_on__isnull=True, person=ground.member)
    assert (ground.place.ends_on, begun.starts_on, begun.org) == (TODAY, TODAY, ground.workshop)
    verbs = [entry.verb for entry in audit.entries_about("transfers.Transfer", one.pk)]
    assert sorted(verbs) == [
        "transfers.approve", "transfers.approve", "transfers.place", "transfers.start",
    ]  # fmt: skip


def test_nobody_lets_themself_go_or_takes_themself_in(ground):
    """Bar 17."""
    cast = ground.cast
    leaving, coming = (replace(one, person_id=ground.member.pk) for one in (cast.tang, cast.liang))
    one = own(ground)

    assert refusal(approve, one, leaving) == "own_transfer"
    one = approve(one, cast.tang)
    assert refusal(approve, one, coming) == "own_transfer"
    assert refusal(place, one, ground.workshop, coming) == "own_transfer"
    outcome = services.accept_many(transfers=[one], at=NOW, by=coming)
    assert (outcome.done, list(outcome.refused)) == (0, [one.pk])


@pytest.mark.parametrize(("side", "who"), [("sender", "tang"), ("receiver", "liang")])
def test_nobody_begins_their_own_for_a_side_that_agrees_by_that(ground, side, who):
    """Bar 17."""
    themself = replace(getattr(ground.cast, who), person_id=ground.member.pk)

    assert refusal(own, ground, side=side, by=themself) == "own_transfer"
    assert not Transfer.objects.exists()


def test_nobody_sends_their_own_draft_for_the_sending_side(ground):
    """Bar 17."""
    themself = replace(ground.cast.tang, person_id=ground.member.pk)
    draft = sent(ground, as_draft=True)

    assert refusal(services.send_transfer, transfer=draft, at=NOW, by=themself) == "own_transfer"
    outcome = services.send_many(transfers=[draft], at=NOW, by=themself)
    assert (outcome.done, list(outcome.refused)) == (0, [draft.pk])
    assert services.send_transfer(transfer=draft, at=NOW, by=ground.cast.tang).let_go_on == TODAY


def test_the_side_that_begins_has_agreed_by_that(ground):
    one = sent(ground)
    assert (one.state, one.let_go_on, one.desk) == ("in_pending", TODAY, ground.cast.enterprise)
    services.withdraw_transfer(transfer=one, reason="办错了", at=NOW, by=ground.cast.tang)

    other = asked(ground)
    assert (other.state, other.accepted_on) == ("out_pending", TODAY)
    agreed = approve(other, ground.cast.luo)
    assert (agreed.state, agreed.accepted_on) == ("in_pending", TODAY)
    assert refusal(approve, agreed, ground.cast.liang) == "wrong_state"
    assert place(agreed, ground.second, ground.cast.liang).state == "placed"


def test_placing_takes_in_at_once(ground):
    one = place(sent(ground), ground.workshop, ground.cast.liang)

    assert (one.accepted_on, standing(ground.member)) == (TODAY, [ground.workshop])


def test_each_side_decides_for_itself_only(ground):
    cast = ground.cast
    one = own(ground)
    assert refusal(approve, one, cast.liang) == "not_allowed"
    one = approve(one, cast.tang)

    assert refusal(approve, one, cast.tang) == "not_allowed"
    assert refusal(place, one, ground.workshop, cast.tang) == "not_allowed"
    assert refusal(place, one, ground.workshop, ground.wen) == "not_allowed"
    why = {"transfer": one, "reason": "不转了", "at": NOW}
    assert refusal(services.withdraw_transfer, **why, by=cast.tang) == "not_allowed"
    assert services.withdraw_transfer(**why, by=actor_of(ground.member)).state == "withdrawn"
    assert standing(ground.member) == [cast.branch]


def test_nobody_begins_for_others(ground):
    assert refusal(own, ground, by=ground.cast.he) == "not_allowed"
    assert refusal(asked, ground, to_org=ground.cast.hongmian) == "not_allowed"
    stranger = make_person("M009", "远小山")
    join(stranger, ground.local)
    assert refusal(sent, ground, person=stranger) == "not_allowed"
    nobody = make_person("M010", "无小名")
    assert refusal(own, ground, person=nobody) == "not_on_roll"


def test_one_person_has_one_open_transfer(ground):
    sent(ground)

    assert refusal(own, ground) == "already_open"
    assert refusal(asked, ground) == "already_open"
    copy = Transfer.objects.get()
    copy.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()


def test_what_is_returned_is_mended_and_sent_again(ground):
    cast = ground.cast
    one = approve(own(ground), cast.tang)
    assert refusal(
        services.reject_transfer, transfer=one, reason=" ", at=NOW, by=cast.liang
    ) == "reason_needed"  # fmt: skip
    back = services.reject_transfer(transfer=one, reason="本单位无此人。", at=NOW, by=cast.liang)
    assert (back.state, back.let_go_on, back.desk) == ("rejected", None, cast.branch)
    told = Notice.objects.filter(person=ground.member).latest("pk").text
    assert told.endswith("退回：本单位无此人。修改后可以再次提交。")

    mended = services.Mended(kind="home", to_org=cast.hongmian)
    me = actor_of(ground.member)
    again = services.mend_and_send(transfer=back, new=mended, at=later(2), by=me)
    assert (again.state, again.to_org, again.reason) == ("out_pending", cast.hongmian, "")
    assert again.due_on == TODAY + timedelta(days=12)
    placed = place(approve(again, cast.tang), ground.local, ground.wen)
    assert (placed.state, standing(ground.member)) == ("placed", [ground.local])


def test_a_draft_is_its_own_sides_affair(ground):
    one = sent(ground, as_draft=True)

    assert one.state == "draft"
    assert queries.transfers_seen_by(ground.cast.tang).exists()
    assert not queries.transfers_seen_by(ground.cast.liang).exists()
    assert not queries.own_transfers(actor_of(ground.member)).exists()
    assert not Notice.objects.filter(person=ground.member).exists()
    services.send_transfer(transfer=one, at=NOW, by=ground.cast.tang)
    assert queries.transfers_seen_by(ground.cast.liang).get() == one
    assert not queries.transfers_seen_by(ground.cast.zhou).exists()


def test_a_pause_says_why_and_its_days_do_not_count(ground):
    cast = ground.cast
    one = sent(ground)
    paused = services.suspend_transfer(transfer=one, reason="核对学籍", at=NOW, by=cast.liang)
    assert refusal(place, paused, ground.workshop, cast.liang) == "paused"
    assert services.expire_due(at=later(40), by="tests") == 0
    assert not queries.coming_in_for(cast.liang).exists()

    on = services.resume_transfer(transfer=one, at=later(40), by=cast.liang)

    assert on.due_on == TODAY + timedelta(days=50)
    assert services.expire_due(at=later(50), by="tests") == 0
    assert services.expire_due(at=later(51), by="tests") == 1


def test_ten_days_and_void_also_after_a_long_stop(ground):
    one = own(ground)

    assert services.expire_due(at=later(10), by="tests") == 0
    assert services.expire_due(at=later(300), by="tests") == 1
    assert services.expire_due(at=later(300), by="tests") == 0
    one.refresh_from_db()
    assert (one.state, one.closed_on) == ("expired", TODAY + timedelta(days=300))
    assert standing(ground.member) == [ground.cast.branch]
    assert own(ground, at=later(300)).state == "out_pending"


def test_what_both_agreed_to_does_not_lapse_but_stands_late(ground):
    approve(sent(ground), ground.cast.liang)

    assert services.expire_due(at=later(99), by="tests") == 0
    assert queries.coming_in_for(ground.cast.liang).get().due_on == date(2022, 7, 13)


def test_the_district_may_give_more_time_and_let_late_ones_stand(ground):
    numbers = {"timeout_days": 20, "study_days": 30, "abroad_years": 5}
    new = services.NewTerms(
        title="新期限", starts_on=TODAY + timedelta(days=1), source="会议纪要", reason="暑期",
        lapses=False, numbers=numbers,
    )  # fmt: skip
    assert refusal(services.set_terms, new=new, at=NOW, by=ground.cast.tang) == "not_allowed"
    services.set_terms(new=new, at=NOW, by=ground.cast.lin)

    assert own(ground, at=later(2)).due_on == TODAY + timedelta(days=22)
    assert services.expire_due(at=later(90), by="tests") == 0


def test_a_committee_places_in_a_branch_below_it_on_a_day_that_has_come(ground):
    one, by = sent(ground), ground.cast.liang

    assert refusal(place, one, ground.local, by) == "not_below"
    assert refusal(place, one, ground.cast.enterprise, by) == "not_a_branch"
    tomorrow = TODAY + timedelta(days=1)
    assert refusal(place, one, ground.workshop, by, on=tomorrow) == "wrong_day"
    orgs.close_org(org=ground.second, on=TODAY, at=NOW, by=CLERK)
    assert refusal(place, one, ground.second, by) == "org_closed"
    assert standing(ground.member) == [ground.cast.branch]


def test_who_was_moved_meanwhile_is_not_moved_by_an_old_yes(ground):
    one = sent(ground)
    people.transfer_member(membership=ground.place, into=ground.local, on=TODAY, at=NOW, by=CLERK)

    assert refusal(place, one, ground.workshop, ground.cast.liang) == "moved_meanwhile"
    ended = Membership.objects.get(person=ground.member, ends_on__isnull=True)
    people.end_membership(membership=ended, on=TODAY, at=NOW, by=CLERK)
    assert refusal(place, one, ground.workshop, ground.cast.liang) == "not_on_roll"


def test_who_was_left_by_a_closed_branch_is_taken_from_where_they_stand(ground):
    one = sent(ground)
    people.transfer_roll(org=ground.cast.branch, into=ground.local, on=TODAY, at=NOW, by=CLERK)
    orgs.close_org(org=ground.cast.branch, on=TODAY, at=NOW, by=CLERK)

    place(one, ground.workshop, ground.cast.liang)

    assert standing(ground.member) == [ground.workshop]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"kind": "study", "to_org": "enterprise", "term_on": TODAY}, "not_a_school"),
        ({"kind": "study", "to_org": "school"}, "term_needed"),
        ({"kind": "home", "to_org": "enterprise"}, "not_local"),
        ({"kind": "army", "to_org": "hongmian"}, "letter_needed"),
        ({"kind": "out", "to_org": None}, "whereto"),
        ({"kind": "work", "to_org": None}, "whereto"),
        ({"kind": "work", "to_org": "branch"}, "same_org"),
        ({"kind": "work", "to_org": "longgang"}, "no_league"),
        ({"kind": "in", "to_org": "hongmian", "outside": "外区"}, "wrong_side"),
    ],
)
def test_each_kind_asks_for_what_it_needs(ground, said, code):
    if said["to_org"]:
        said = {**said, "to_org": getattr(ground.cast, said["to_org"])}

    assert refusal(sent, ground, **said) == code
    assert not Transfer.objects.exists()


def test_over_the_border_the_member_leaves_by_the_receipt_only(ground):
    cast = ground.cast
    one = sent(ground, kind="out", to_org=None, outside="广州市天河区团委", letter="介2022-7")
    assert (one.state, one.desk) == ("in_pending", cast.branch)
    assert services.expire_due(at=later(60), by="tests") == 0
    assert refusal(place, one, ground.workshop, cast.tang) == "wrong_state"
    assert refusal(approve, one, cast.tang) == "wrong_state"
    receipt = {"transfer": one, "on": TODAY, "at": NOW}
    assert refusal(
        services.record_receipt, **receipt, receipt=" ", by=cast.tang
    ) == "receipt_needed"  # fmt: skip
    assert standing(ground.member) == [cast.branch]

    done = services.record_receipt(**receipt, receipt="天河回0012", by=cast.tang)

    assert (done.state, done.receipt, standing(ground.member)) == ("placed", "天河回0012", [])


def test_from_outside_a_person_is_entered_and_admitted_on_the_desks_yes(ground):
    cast = ground.cast
    newcomer = people.NewPerson("M077", "外小来", birth_date=date(2001, 2, 3))
    said = {"kind": "in", "outside": "广州市天河区团委", "person": None, "newcomer": newcomer}
    one = asked(ground, **said)
    person = Person.objects.get(number="M077")
    assert (one.state, one.from_org, standing(person)) == ("in_pending", None, [])

    place(one, ground.workshop, cast.liang)

    assert standing(person) == [ground.workshop]
    assert refusal(asked, ground, **{**said, "person": person}) == "already_member"


def test_letting_go_waits_at_the_senders_desk_and_taking_in_at_the_receivers(ground):
    cast = ground.cast
    one = own(ground)
    assert queries.going_out_for(cast.luo).get() == one
    assert not queries.coming_in_for(cast.liang).exists()

    approve(one, cast.luo)
    assert not queries.going_out_for(cast.luo).exists()
    assert queries.coming_in_for(cast.liang).get() == one
    assert queries.waiting_for(cast.lin).get() == one
    assert not queries.coming_in_for(cast.zhou).exists()


def test_limits_are_kept_by_the_database_too(ground):
    one = sent(ground)
    for broken in (
        {"due_on": None},
        {"state": "placed", "closed_on": TODAY},
        {"state": "rejected"},
        {"suspended_on": TODAY},
        {"to_org": ground.cast.branch},
        {"outside": "外区"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Transfer.objects.filter(pk=one.pk).update(**broken)


def test_the_first_terms_are_those_of_the_rule_book():
    terms = models.TransferTerms.objects.get()

    assert (terms.timeout_days, terms.lapses, terms.study_days) == (10, True, 30)
    assert SINCE < TODAY


def test_who_studies_abroad_stays_on_the_old_roll_and_is_transferred_after_the_return(ground):
    cast = ground.cast
    new = services.NewStay(ground.member, "新加坡国立大学", TODAY, date(2026, 7, 3))
    begun = {"new": new, "at": NOW}
    too_long = {"new": replace(new, until=date(2027, 7, 4)), "at": NOW}
    assert refusal(services.begin_stay, **too_long, by=cast.tang) == "wrong_day"
    assert refusal(services.begin_stay, **begun, by=cast.liang) == "not_allowed"

    stay = services.begin_stay(**begun, by=cast.tang)

    assert (stay.org, standing(ground.member)) == (cast.branch, [cast.branch])
    assert refusal(services.begin_stay, **begun, by=cast.tang) == "abroad"
    assert refusal(own, ground) == "abroad"
    end = {"stay": stay, "on": TODAY, "at": later(3)}
    assert refusal(services.end_stay, **end, by=cast.liang) == "not_allowed"
    services.end_stay(**end, by=cast.tang)
    assert refusal(services.end_stay, **end, by=cast.tang) == "wrong_state"
    assert own(ground, at=later(3)).state == "out_pending"
    assert refusal(services.begin_stay, **begun, by=cast.tang) == "already_open"
