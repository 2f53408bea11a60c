"""Findings: what is doubted counts nowhere until somebody from above, not involved, has looked."""

import pytest
from django.utils import timezone

from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.notices.models import Notice
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, queries, rules, services, tasks
from tests.cast import with_role

from .hour_makers import ask, close, hold
from .makers import at, make_session, serve, sign_in
from .team_makers import make_crowd, url

NIGHT = at(2, day=5)
Counts = models.Attendance.State


@pytest.fixture
def served(ming, session, cast):
    return serve(ming, session=session, came=at(9), left=at(12), by=cast.he)


@pytest.fixture
def finding(served):
    return hold(served)


def sweep(*, whole=True, when=NIGHT):
    return tasks.sweep(whole=whole, at=when, by="the night", progress=lambda done: None)


def refusal(do):
    with pytest.raises(Refused) as caught:
        do()
    return caught.value.code


def test_what_is_held_counts_nowhere_and_its_volunteer_is_told(served, finding, ming, cast):
    served.refresh_from_db()

    assert served.state == Counts.HELD
    rows = queries.served_with(
        cast.lin, ming, issuer=cast.longgang, first=at(0, day=1).date(), last=at(0, day=30).date()
    )
    assert queries.sum_of(cast.lin, rows).minutes == 0
    assert Notice.objects.get(person=ming.person_id).title == "有服务记录暂停计入"


def test_the_same_records_are_found_once_for_ever(served, finding, cast):
    close(finding, by=cast.lin)

    hold(served)

    assert models.Finding.objects.count() == 1
    served.refresh_from_db()
    assert served.state == Counts.EFFECTIVE


def test_a_cleared_record_counts_again_and_both_names_are_written(served, finding, cast):
    close(finding, by=cast.chen)

    served.refresh_from_db()
    assert (served.state, served.minutes) == (Counts.EFFECTIVE, 180)
    told = Entry.objects.get(verb="volunteering.close_finding")
    assert told.by == str(cast.chen)
    assert told.detail["recorded_by"] == [cast.he.person_id]


def test_several_are_cleared_at_once_with_one_reason(client, served, finding, cast):
    sign_in(client, cast.chen)
    path = url("findings")

    client.post(path, {"bulk": "clear", "picked": [finding.pk]})
    finding.refresh_from_db()
    assert finding.state == "open"
    client.post(path, {"bulk": "clear", "picked": [finding.pk], "reason": "两处相邻，已电话核实"})

    finding.refresh_from_db()
    assert (finding.state, finding.reason) == ("cleared", "两处相邻，已电话核实")


def test_a_record_held_twice_waits_for_the_last_word(served, finding, cast):
    other = hold(served, kind="night")

    close(finding, by=cast.chen)
    served.refresh_from_db()
    assert served.state == Counts.HELD

    close(other, by=cast.chen)
    served.refresh_from_db()
    assert served.state == Counts.EFFECTIVE


def test_the_hosts_parent_decides_and_nobody_below(finding, cast):
    secretary = with_role("P091", "蓝禾", role=Role.COMMUNITY_SECRETARY, org=cast.hongmian)

    assert finding.reviewer == cast.henggang
    assert refusal(lambda: close(finding, by=secretary)) == "not_allowed"
    assert queries.findings_waiting_for(cast.chen).get() == finding
    assert not queries.findings_waiting_for(secretary).exists()


def test_two_hosts_of_two_streets_are_looked_into_by_the_district(served, cast, hua):
    other = make_session("CC2", org=cast.xiangjiaotang, starts_at=at(14))
    then = serve(hua, session=other, came=at(14), left=at(16), by=cast.lin)

    assert hold(served, then).reviewer == cast.longgang


def test_who_recorded_or_served_never_decides(ming, session, cast):
    record = serve(ming, session=session, came=at(9), left=at(12), by=cast.chen)
    finding = hold(record)

    assert refusal(lambda: close(finding, by=cast.chen)) == "own_record"
    assert not queries.findings_waiting_for(cast.chen).exists()
    ming.person_id = cast.lin.person_id
    ming.save()
    assert refusal(lambda: close(finding, by=cast.lin)) == "own_hours"
    assert not queries.findings_waiting_for(cast.lin).exists()


def test_voided_records_are_struck_and_the_others_count(served, cast, hua, session):
    other = serve(hua, session=session, came=at(9), left=at(11), by=cast.he)
    finding = hold(served, other)

    assert refusal(lambda: close(finding, verdict="voided", by=cast.chen)) == "nothing_voided"
    close(finding, verdict="voided", voided=[served.pk], by=cast.chen)

    served.refresh_from_db()
    other.refresh_from_db()
    assert (served.state, served.minutes) == (Counts.VOID, 0)
    assert (other.state, other.minutes) == (Counts.EFFECTIVE, 120)


def test_corrected_asks_for_a_correction_which_keeps_it_held(served, finding, cast):
    assert refusal(lambda: close(finding, verdict="corrected", by=cast.chen)) == "not_corrected"

    services.correct_stay(
        stay=served.stays.get(), came_at=at(9), left_at=at(11), reason="核对",
        at=at(9, day=6), by=cast.lin,
    )  # fmt: skip
    served.refresh_from_db()
    assert (served.state, served.minutes) == (Counts.HELD, 120)

    with pytest.raises(Refused):
        close(finding, verdict="corrected", by=cast.lin)  # who corrected is involved now
    close(finding, verdict="corrected", by=cast.chen)
    served.refresh_from_db()
    assert (served.state, served.minutes) == (Counts.EFFECTIVE, 120)


def test_hours_are_not_approved_past_a_finding(ming, cast):
    long = make_session("CC3", org=cast.hongmian, starts_at=at(8), hours=10)
    record = serve(ming, session=long, came=at(8), left=at(18), by=cast.he)
    finding = hold(record)

    assert (
        refusal(lambda: services.approve_hours(attendance=record, at=at(22), by=cast.chen))
        == "wrong_state"
    )

    close(finding, by=cast.chen)
    record.refresh_from_db()
    assert record.state == Counts.PENDING


def test_the_checks_find_across_late_entries_and_hold_once(cast, ming, session):
    entry = ask(session, ming, by=cast.chen)
    services.approve_late(entry=entry, at=at(21), by=cast.lin)
    other = make_session("CC2", org=cast.xiangjiaotang, starts_at=at(10))
    beside = models.Attendance.objects.create(
        session=other, volunteer=ming, how="sheet", state=Counts.EFFECTIVE, minutes=60
    )
    beside.stays.create(came_at=at(11), left_at=at(12), recorded_at=at(20))

    first, again = sweep(), sweep()

    assert (first.found, again.found) == (1, 0)
    assert models.Finding.objects.get().kind == "two_places"
    assert set(models.Attendance.objects.values_list("state", flat=True)) == {Counts.HELD}


def test_the_next_run_looks_at_what_is_new_beside_what_was(cast, ming, session, served):
    assert sweep(whole=False).whole
    late = make_session("CC2", org=cast.hongmian, starts_at=at(10, day=20))
    where = models.Attendance.objects.create(
        session=late, volunteer=ming, how="roster", state=Counts.EFFECTIVE, minutes=60
    )
    where.stays.create(
        came_at=at(10, day=20), left_at=at(12, day=20), recorded_at=at(20, day=20),
        recorded_by_id=ming.person_id,
    )  # fmt: skip

    run = sweep(whole=False, when=at(2, day=21))

    assert (run.whole, run.found, run.stays) == (False, 1, 2)
    assert models.Finding.objects.get().kind == "self"


def test_a_clean_record_is_left_alone(served):
    assert sweep().found == 0
    served.refresh_from_db()
    assert served.state == Counts.EFFECTIVE


def test_a_star_is_not_lowered_over_hours_that_are_only_looked_into(cast, ming, session):
    record = serve(ming, session=session, came=at(9), left=at(12), by=cast.he)
    scheme = queries.scheme_on(cast.lin, at(0).date())
    models.StarLevel.objects.filter(scheme=scheme, star=1).update(minutes=150)
    season = models.StarRound.objects.create(
        title="季", scheme=scheme, org=cast.longgang, counted_until=at(0, day=30).date(),
        opens_on=at(0).date(), closes_on=at(0, day=30).date(), opened_at=at(0),
    )  # fmt: skip
    star = models.StarCase.objects.create(
        round=season, volunteer=ming, org=cast.hongmian, star=1, minutes=180,
        served={str(record.pk): 180}, proposed_by_id=cast.chen.person_id,
        proposed_on=at(0).date(), state="issued", issued_on=at(0).date(),
    )  # fmt: skip
    finding = hold(record)
    assert queries.short_of_hours(cast.lin).get() == star

    def lower():
        services.fall_back(case=star, at=timezone.now(), by=cast.lin)

    assert refusal(lower) == "hours_held"
    close(finding, verdict="voided", voided=[record.pk], by=cast.chen)
    lower()
    star.refresh_from_db()
    assert star.state == "lowered"


def test_a_certificate_over_held_hours_is_not_sealed_and_says_that_it_changed(cast, served, ming):
    made = services.certify(
        new=services.NewCertificate(
            volunteer=ming, issuer=cast.hongmian, served_from=at(0, day=1).date(),
            served_to=at(0, day=30).date(),
        ),
        at=at(9, day=31), by=cast.chen,
    )  # fmt: skip
    services.announce_certificate(certificate=made, at=at(10, day=31), by=cast.chen)
    hold(served)

    seal = services.Seal(head="林", handler="陈", contact="0755")
    code = refusal(
        lambda: services.seal_certificate(
            certificate=made, seal=seal, at=timezone.now(), by=cast.chen
        )
    )
    assert code == "hours_changed"
    told = queries.checked(cast.lin, made.number, code=made.check_code, today=at(0, day=31).date())
    assert told.changed


def test_a_day_past_twelve_hours_waits_at_the_district_and_nowhere_below(cast, ming):
    morning = make_session("CC4", org=cast.hongmian, starts_at=at(6), hours=9)
    evening = make_session("CC5", org=cast.hongmian, starts_at=at(16), hours=5)
    first = serve(ming, session=morning, came=at(6), left=at(15), by=cast.he)
    assert queries.hours_waiting_for(cast.chen).get() == first

    second = serve(ming, session=evening, came=at(16), left=at(21), by=cast.he)

    assert not queries.hours_waiting_for(cast.chen).exists()
    assert set(queries.hours_waiting_for(cast.lin)) == {first, second}
    services.void_attendance(attendance=second, reason="未到", at=at(22), by=cast.lin)
    assert queries.hours_waiting_for(cast.chen).get() == first


def test_a_phone_that_checks_in_more_people_than_carry_one_is_doubted(session, cast):
    crowd = make_crowd(cast.hongmian, count=4)
    code = {kind: rules.Code(session.pk, kind, rules.step_at(at(9))) for kind in ("in", "out")}
    for volunteer in crowd:
        for kind, moment in (("in", at(9)), ("out", at(11))):
            services.scan_code(
                session=session,
                code=code[kind],
                volunteer=volunteer,
                tap=services.Tap(device="one phone"),
                at=moment,
                by=Actor(volunteer.person_id),
            )

    sweep()

    finding = models.Finding.objects.get(kind="device")
    assert finding.held.count() == 4
    assert set(models.Attendance.objects.values_list("state", flat=True)) == {Counts.HELD}
