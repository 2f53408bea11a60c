"""Late entries: two hands, evidence, a limit of days and a quota of the month (V-33, bar 17)."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from qinghe.kernel.access.actors import Role
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.people.models import Person
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, queries, services
from tests.cast import with_role

from .hour_makers import ask, late, paper
from .makers import MINUTE, NINE, at, make_session, make_volunteer, serve

LATER = at(21)
State = models.LateEntry.State


@pytest.fixture
def entry(cast, ming, session):
    return ask(session, ming, by=cast.chen)


def approve(entry, *, by, when=LATER):
    return services.approve_late(entry=entry, at=when, by=by)


def refusal(do):
    with pytest.raises(Refused) as caught:
        do()
    return caught.value.code


def test_one_asks_another_agrees_and_the_hours_count_as_late(cast, ming, session, entry):
    approve(entry, by=cast.lin)

    attendance = models.Attendance.objects.get(session=session, volunteer=ming)
    assert (attendance.how, attendance.state, attendance.minutes) == ("late", "effective", 180)
    stay = attendance.stays.get()
    assert (stay.recorded_by_id, stay.came_at) == (cast.chen.person_id, at(9))
    told = Entry.objects.get(verb="volunteering.approve_late")
    assert told.by == str(cast.lin)
    assert told.detail["asked_by"] == cast.chen.person_id


def test_nobody_agrees_to_what_they_asked_for(cast, entry):
    assert refusal(lambda: approve(entry, by=cast.chen)) == "own_request"
    assert not queries.late_waiting_for(cast.chen).exists()
    assert queries.late_waiting_for(cast.lin).get() == entry


def test_nobody_agrees_to_their_own_hours(cast, session):
    mine = make_volunteer(
        "ZY9", person=Person.objects.get(pk=cast.lin.person_id), org=cast.hongmian
    )
    entry = ask(session, mine, by=cast.chen)

    assert refusal(lambda: approve(entry, by=cast.lin)) == "own_hours"
    assert not queries.late_waiting_for(cast.lin).exists()


def test_the_database_itself_wants_two_hands(cast, entry):
    with pytest.raises(IntegrityError), transaction.atomic():
        models.LateEntry.objects.update(decided_by=F("asked_by"))


def test_who_keeps_no_rights_at_the_host_neither_asks_nor_agrees(cast, ming, session, entry):
    assert refusal(lambda: ask(session, ming, by=cast.zhou)) == "not_allowed"
    assert refusal(lambda: approve(entry, by=cast.zhou)) == "not_allowed"


@pytest.mark.parametrize(
    ("told", "when", "code"),
    [
        ({"reason": " "}, at(20), "reason_needed"),
        ({}, at(11), "not_over"),
        ({}, at(20, day=12), "too_late"),
        ({"left": at(12, 31)}, at(20), "outside_session"),
        ({"came": at(8, 29)}, at(20), "outside_session"),
        ({"left": at(9)}, at(20), "ends_before_start"),
    ],
)
def test_what_cannot_be_is_refused_when_it_is_asked_for(cast, ming, session, told, when, code):
    assert refusal(lambda: ask(session, ming, by=cast.chen, when=when, **told)) == code


def test_it_may_be_asked_for_on_the_last_day_of_the_limit(cast, ming, session):
    assert ask(session, ming, by=cast.chen, when=at(23, day=11)).state == State.ASKED


def test_without_evidence_nothing_is_asked(cast, ming, session):
    new = late(session, ming)

    code = refusal(lambda: services.ask_late(new=new, evidence=None, at=at(20), by=cast.chen))
    assert code == "evidence_needed"


def test_hours_beside_other_hours_are_refused_also_between_asking_and_agreeing(
    cast, ming, session, entry
):
    other = make_session("CC2", org=cast.xiangjiaotang, starts_at=at(10))
    serve(ming, session=other, came=at(10), left=at(12), by=cast.lin)

    assert refusal(lambda: approve(entry, by=cast.lin)) == "overlapping"
    assert refusal(lambda: ask(session, ming, by=cast.chen)) == "overlapping"
    assert models.Attendance.objects.count() == 1
    assert not models.LateMonth.objects.filter(used__gt=0).exists()


def test_who_has_a_record_is_corrected_and_not_entered_late(cast, ming, session):
    serve(ming, session=session, came=at(9), left=at(10), by=cast.he)

    assert refusal(lambda: ask(session, ming, by=cast.chen)) == "recorded_already"


def test_four_pairs_of_a_day_are_too_many(cast, ming, session):
    halves = [at(9, 0), at(9, 30), at(10, 0), at(10, 30)]
    comes = [services.LateCome(ming, came, came + 20 * MINUTE) for came in halves]
    new = replace(late(session, ming), comes=comes)

    code = refusal(lambda: services.ask_late(new=new, evidence=paper(), at=at(20), by=cast.chen))
    assert code == "too_many_pairs"


def test_hours_of_before_registration_are_refused(cast, ming, session):
    ming.registered_on = at(9, day=5).date()
    ming.save()

    assert refusal(lambda: ask(session, ming, by=cast.chen)) == "before_registration"


def test_a_day_of_more_than_eight_hours_waits_as_any_other(cast, ming):
    long = make_session("CC3", org=cast.hongmian, starts_at=at(8), hours=10)
    entry = ask(long, ming, by=cast.chen, came=at(8), left=at(18))

    approve(entry, by=cast.lin)

    assert models.Attendance.objects.get().state == "pending"


def test_an_activity_never_published_becomes_a_session_when_it_is_agreed_to(cast, ming):
    new = services.NewLate(
        org=cast.hongmian, title="河堤清洁", place="河堤", starts_at=NINE, ends_at=at(11),
        reason="临时组织", comes=[services.LateCome(ming, at(9), at(11))],
    )  # fmt: skip
    entry = services.ask_late(new=new, evidence=paper(), at=at(20), by=cast.chen)
    assert not models.Session.objects.exists()

    approve(entry, by=cast.lin)

    made = models.Session.objects.get()
    assert (made.entered_late, made.title, made.attendances.get().minutes) == (
        True,
        "河堤清洁",
        120,
    )


def test_the_quota_of_the_month_is_never_passed(cast, ming, hua, session):
    models.HoursTerms.objects.update(late_minutes=200)
    first, second = ask(session, ming, by=cast.chen), ask(session, hua, by=cast.chen)
    approve(first, by=cast.lin)

    assert refusal(lambda: approve(second, by=cast.lin)) == "quota_spent"
    assert models.LateMonth.objects.get().used == 180
    second.refresh_from_db()
    assert second.state == State.ASKED


def test_only_the_parent_raises_a_quota_for_one_month_and_says_why(cast, ming, hua, session):
    models.HoursTerms.objects.update(late_minutes=200)
    first, second = ask(session, ming, by=cast.chen), ask(session, hua, by=cast.chen)
    approve(first, by=cast.lin)
    secretary = with_role("P091", "蓝禾", role=Role.COMMUNITY_SECRETARY, org=cast.hongmian)
    new = services.NewQuota(org=cast.hongmian, month=at(0).date(), minutes=400, reason="汛期值守")

    with pytest.raises(Refused, match="权限"):
        services.raise_late_quota(new=new, at=at(21), by=secretary)
    services.raise_late_quota(new=new, at=at(21), by=cast.chen)

    approve(second, by=cast.lin)
    assert models.LateMonth.objects.get().used == 360


def test_the_database_itself_holds_the_quota(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        models.LateMonth.objects.create(
            org=cast.hongmian, month=at(0, day=1).date(), allowed=10, used=11
        )


def test_late_hours_are_never_corrected_to_be_longer(cast, ming, session, entry):
    approve(entry, by=cast.lin)
    stay = models.Stay.objects.get()

    def correct(left):
        services.correct_stay(
            stay=stay, came_at=at(9), left_at=left, reason="核对", at=at(22), by=cast.lin
        )

    assert refusal(lambda: correct(at(12, 20))) == "late_longer"
    correct(at(11))
    assert models.Attendance.objects.get().minutes == 120


def test_what_is_sent_back_is_mended_by_who_asked_and_asked_again(cast, ming, session, entry):
    services.return_late(entry=entry, reason="名单缺页", at=at(21), by=cast.lin)
    assert queries.late_returned_to(cast.chen).get() == entry
    assert refusal(lambda: approve(entry, by=cast.lin)) == "wrong_state"

    comes = [services.LateCome(ming, at(9), at(11))]
    services.amend_late(entry=entry, reason="已补", comes=comes, at=at(22), by=cast.chen)

    entry.refresh_from_db()
    assert (entry.state, entry.minutes, entry.decided_by) == (State.ASKED, 120, None)
    assert approve(entry, by=cast.lin).state == State.APPROVED


def test_refused_and_withdrawn_entries_are_over(cast, ming, hua, session, entry):
    other = ask(session, hua, by=cast.chen)
    services.refuse_late(entry=entry, reason="无法核实", at=at(21), by=cast.lin)
    services.withdraw_late(entry=other, at=at(21), by=cast.chen)

    for one in (entry, other):
        assert refusal(lambda one=one: approve(one, by=cast.lin)) == "wrong_state"
    assert not models.Attendance.objects.exists()


def test_only_who_asked_withdraws(cast, entry):
    assert (
        refusal(lambda: services.withdraw_late(entry=entry, at=at(21), by=cast.lin)) == "not_yours"
    )
