from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from qinghe.kernel.access.actors import Actor, Held, Role
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.orgs import services as orgs
from qinghe.lib.periods import TZ
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import facts, models, services
from qinghe.systems.volunteering.models import Attendance, Session, Stay, Team, Volunteer

from .makers import HOUR, MINUTE, applicant, at, make_session, make_volunteer, serve

pytestmark = pytest.mark.django_db
NOW = at(22, day=10)
State = Attendance.State


def code_of(refusing):
    with pytest.raises(Refused) as refusal:
        refusing()
    return refusal.value.code


def community_secretary(org):
    return Actor(900, "社区书记", (Held(Role.COMMUNITY_SECRETARY, org.path),))


# ── Volunteers ───────────────────────────────────────────────────────────────────────────────────


def register(cast, *, by=None, **changed):
    new = {"number": "ZY9", "person": applicant(), "org": cast.hongmian} | changed
    return services.register_volunteer(new=services.NewVolunteer(**new), at=NOW, by=by or cast.chen)


def test_an_applicant_is_on_the_roll_from_the_day_of_approval(cast):
    volunteer = services.approve_volunteer(volunteer=register(cast), at=NOW, by=cast.chen)

    assert (volunteer.state, volunteer.registered_on) == ("registered", date(2022, 5, 10))


def test_each_step_of_a_volunteer_leaves_one_trail_line(cast):
    volunteer = register(cast)
    services.approve_volunteer(volunteer=volunteer, at=NOW, by=cast.chen)
    services.withdraw_volunteer(volunteer=volunteer, reason="搬离", at=NOW, by=cast.chen)

    trail = Entry.objects.filter(subject_kind="volunteering.Volunteer").order_by("pk")

    assert [entry.verb for entry in trail] == [
        "volunteering.register_volunteer",
        "volunteering.approve_volunteer",
        "volunteering.withdraw_volunteer",
    ]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"number": "ZY1"}, "number_taken"),
        ({"person": applicant("P004")}, "person_differs"),
        ({"person": applicant(birth_date=date(2010, 1, 1))}, "too_young"),
        ({"person": applicant(birth_date=date(2007, 1, 1))}, "guardian_needed"),
    ],
)
def test_applications_refused(cast, ming, changed, code):
    assert code_of(lambda: register(cast, **changed)) == code
    assert not Volunteer.objects.exclude(pk=ming.pk).exists()


def test_a_person_registers_once(cast, ming):
    same = applicant("P004")
    named = type(same)(number="P004", name=cast.xiaoming.name, birth_date=same.birth_date)

    assert code_of(lambda: register(cast, person=named)) == "already_volunteer"


def test_a_minor_registers_with_a_guardian(cast):
    minor = applicant(birth_date=date(2007, 1, 1))

    assert register(cast, person=minor, guardian_agreed_on=date(2022, 5, 1)).state == "applied"


def test_a_volunteer_is_decided_once(cast):
    volunteer = register(cast)
    services.refuse_volunteer(volunteer=volunteer, reason="资料不符", at=NOW, by=cast.chen)

    approving = lambda: services.approve_volunteer(volunteer=volunteer, at=NOW, by=cast.chen)  # noqa: E731

    assert code_of(approving) == "wrong_state"


def test_a_refusal_needs_its_reason(cast):
    volunteer = register(cast)

    refusing = lambda: services.refuse_volunteer(  # noqa: E731
        volunteer=volunteer, reason=" ", at=NOW, by=cast.chen
    )

    assert code_of(refusing) == "reason_needed"


# ── Teams ────────────────────────────────────────────────────────────────────────────────────────


def found(cast, code="TD1"):
    new = services.NewTeam(code=code, name="红棉服务队", org=cast.hongmian)
    return services.found_team(new=new, at=NOW, by=cast.chen)


def test_a_team_lives_and_ends(cast):
    team = services.approve_team(team=found(cast), at=NOW, by=cast.chen)
    assert (team.state, team.approved_on) == ("approved", date(2022, 5, 10))

    team = services.close_team(team=team, reason="成员不足", at=NOW, by=cast.chen)
    assert (team.state, team.closed_on) == ("closed", date(2022, 5, 10))


def test_teams_refused(cast):
    team = found(cast)
    services.refuse_team(team=team, reason="名称不当", at=NOW, by=cast.chen)

    assert code_of(lambda: found(cast)) == "code_taken"
    assert code_of(lambda: services.approve_team(team=team, at=NOW, by=cast.chen)) == "wrong_state"
    assert (
        code_of(lambda: services.close_team(team=team, reason="无", at=NOW, by=cast.chen))
        == "wrong_state"
    )


def test_no_team_for_a_closed_org(cast):
    closed = orgs.close_org(org=cast.huale, on=date(2022, 5, 1), at=NOW, by="x")
    new = services.NewTeam(code="TD2", name="华乐服务队", org=closed)

    assert code_of(lambda: services.found_team(new=new, at=NOW, by=cast.chen)) == "org_closed"


# ── Sessions ─────────────────────────────────────────────────────────────────────────────────────


def publish(cast, *, by=None, **changed):
    new = {
        "code": "CC9",
        "title": "净滩",
        "org": cast.hongmian,
        "place": "北门",
        "starts_at": NOW + HOUR,
        "ends_at": NOW + 3 * HOUR,
    } | changed
    return services.publish_session(new=services.NewSession(**new), at=NOW, by=by or cast.chen)


def test_a_session_counts_on_its_local_day(cast):
    """00:30 on 1 July in 龙岗 is still 30 June by UTC."""
    starts = datetime(2022, 7, 1, 0, 30, tzinfo=TZ)

    session = publish(cast, starts_at=starts, ends_at=starts + HOUR)

    session.refresh_from_db()
    assert session.starts_at.date() == date(2022, 6, 30)
    assert session.day == date(2022, 7, 1)
    assert not session.entered_late


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"starts_at": NOW, "ends_at": NOW + HOUR}, "already_begun"),  # V-33
        ({"title": "补录净滩"}, "named_late_entry"),
        ({"title": "例会会议"}, "not_service"),
        ({"ends_at": NOW}, "ends_before_start"),
    ],
)
def test_sessions_refused(cast, changed, code):
    assert code_of(lambda: publish(cast, **changed)) == code
    assert not Session.objects.exists()


def test_a_session_code_is_given_once_and_its_team_stands(cast):
    publish(cast)

    assert code_of(lambda: publish(cast)) == "code_taken"
    assert code_of(lambda: publish(cast, code="CC8", team=found(cast))) == "team_not_approved"


def test_a_session_to_which_somebody_came_is_not_cancelled(cast, ming, session):
    services.check_in(session=session, volunteer=ming, at=at(9), by=cast.he)

    cancelling = lambda: services.cancel_session(  # noqa: E731
        session=session, reason="下雨", at=at(9), by=cast.chen
    )

    assert code_of(cancelling) == "has_attendance"


def test_nobody_checks_in_to_a_cancelled_session(cast, ming, session):
    services.cancel_session(session=session, reason="下雨", at=at(8), by=cast.chen)
    session.refresh_from_db()

    checking_in = lambda: services.check_in(  # noqa: E731
        session=session, volunteer=ming, at=at(9), by=cast.he
    )

    assert code_of(checking_in) == "session_cancelled"


# ── Coming and going ─────────────────────────────────────────────────────────────────────────────


def test_check_in_twice_is_one_attendance_and_one_trail_line(cast, ming, session):
    first = services.check_in(session=session, volunteer=ming, at=at(9), by=cast.he)
    again = services.check_in(session=session, volunteer=ming, at=at(9, 1), by=cast.he)

    assert first == again
    assert Stay.objects.count() == 1
    assert Entry.objects.filter(verb="volunteering.check_in").count() == 1


def test_three_hours_take_effect_at_once(cast, ming, session):
    attendance = serve(ming, session=session, came=at(9), left=at(12), by=cast.he)

    assert (attendance.state, attendance.minutes) == (State.EFFECTIVE, 180)


def test_several_pairs_in_one_session_are_one_attendance(cast, ming, session):
    serve(ming, session=session, came=at(9), left=at(10), by=cast.he)
    attendance = serve(ming, session=session, came=at(10, 30), left=at(11), by=cast.he)

    assert Attendance.objects.count() == 1
    assert (attendance.state, attendance.minutes) == (State.EFFECTIVE, 90)


def test_minutes_of_the_first_pair_stand_while_the_second_is_open(cast, ming, session):
    serve(ming, session=session, came=at(9), left=at(10), by=cast.he)
    attendance = services.check_in(session=session, volunteer=ming, at=at(10, 30), by=cast.he)

    assert (attendance.state, attendance.minutes) == (State.EFFECTIVE, 60)


def test_a_late_check_out_is_cut_half_an_hour_after_the_end(cast, ming, session):
    attendance = serve(ming, session=session, came=at(9), left=at(9, day=5), by=cast.he)

    assert attendance.minutes == 210
    assert attendance.stays.get().left_at == at(12, 30)


@pytest.mark.parametrize(
    ("moment", "code"),
    [(at(8), "too_early"), (at(12), "session_over"), (at(9, day=5), "session_over")],
)
def test_check_ins_refused_by_the_clock(cast, ming, session, moment, code):
    refusing = lambda: services.check_in(  # noqa: E731
        session=session, volunteer=ming, at=moment, by=cast.he
    )

    assert code_of(refusing) == code
    assert not Attendance.objects.exists()


def test_a_fourth_pair_is_refused(cast, ming, session):
    for hour in (9, 10, 11):
        serve(ming, session=session, came=at(hour), left=at(hour, 10), by=cast.he)

    refusing = lambda: services.check_in(  # noqa: E731
        session=session, volunteer=ming, at=at(11, 30), by=cast.he
    )

    assert code_of(refusing) == "too_many_pairs"


def test_nobody_is_in_two_places_at_once(cast, ming, session):
    elsewhere = make_session("CC2", org=cast.huale, starts_at=at(9))
    services.check_in(session=session, volunteer=ming, at=at(9), by=cast.chen)

    refusing = lambda: services.check_in(  # noqa: E731
        session=elsewhere, volunteer=ming, at=at(10), by=cast.chen
    )

    assert code_of(refusing) == "overlapping"
    assert Attendance.objects.count() == 1


def test_a_forgotten_check_out_counts_nothing_and_bars_nobody(cast, ming, session):
    forgotten = services.check_in(session=session, volunteer=ming, at=at(9), by=cast.he)
    later = make_session("CC2", org=cast.hongmian, starts_at=at(14))

    served = serve(ming, session=later, came=at(14), left=at(15), by=cast.he)

    assert served.minutes == 60
    forgotten.refresh_from_db()
    assert (forgotten.state, forgotten.minutes) == (State.PRESENT, 0)
    assert facts.CHECKS[0].records().get() == forgotten


def test_check_outs_refused(cast, ming, session):
    attendance = serve(ming, session=session, came=at(9), left=at(10), by=cast.he)

    leaving = lambda: services.check_out(attendance=attendance, at=at(11), by=cast.he)  # noqa: E731

    assert code_of(leaving) == "not_present"


def test_who_is_not_on_the_roll_is_not_checked_in(cast, ming, session):
    services.withdraw_volunteer(volunteer=ming, reason="搬离", at=NOW, by=cast.chen)

    refusing = lambda: services.check_in(  # noqa: E731
        session=session, volunteer=ming, at=at(9), by=cast.he
    )

    assert code_of(refusing) == "not_registered"


# ── Long days ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def long_session(cast):
    return make_session("CC7", org=cast.hongmian, starts_at=at(8), hours=14)


def test_nine_hours_wait_for_the_parent_of_the_host(cast, ming, long_session):
    attendance = serve(ming, session=long_session, came=at(8), left=at(17), by=cast.chen)
    own = community_secretary(cast.hongmian)

    assert (attendance.state, attendance.minutes) == (State.PENDING, 540)
    assert (
        code_of(lambda: services.approve_hours(attendance=attendance, at=NOW, by=own))
        == "not_allowed"
    )
    approved = services.approve_hours(attendance=attendance, at=NOW, by=cast.chen)
    assert (approved.state, approved.minutes) == (State.EFFECTIVE, 540)


def test_thirteen_hours_wait_for_the_district(cast, ming, long_session):
    attendance = serve(ming, session=long_session, came=at(8), left=at(21), by=cast.chen)

    assert (
        code_of(lambda: services.approve_hours(attendance=attendance, at=NOW, by=cast.chen))
        == "not_allowed"
    )
    approved = services.approve_hours(attendance=attendance, at=NOW, by=cast.lin)
    assert approved.state == State.EFFECTIVE


def test_what_took_effect_before_the_limit_stays_in_effect(cast, ming, session, long_session):
    first = serve(ming, session=session, came=at(8, 30), left=at(12), by=cast.chen)
    second = serve(ming, session=long_session, came=at(13), left=at(19), by=cast.chen)

    first.refresh_from_db()
    assert (first.state, second.state) == (State.EFFECTIVE, State.PENDING)


def test_refused_hours_count_nothing_and_are_final(cast, ming, long_session):
    attendance = serve(ming, session=long_session, came=at(8), left=at(17), by=cast.chen)
    services.refuse_hours(attendance=attendance, reason="名单有误", at=NOW, by=cast.chen)

    assert not facts.SERVICE.records().exists()
    assert (
        code_of(lambda: services.approve_hours(attendance=attendance, at=NOW, by=cast.lin))
        == "wrong_state"
    )


def test_nobody_approves_their_own_hours(cast, long_session):
    chen = make_volunteer(
        "ZY3", person=models.Volunteer._meta.get_field("person").related_model.objects.get(
            pk=cast.chen.person_id
        ), org=cast.henggang,
    )  # fmt: skip
    attendance = serve(chen, session=long_session, came=at(8), left=at(17), by=cast.chen)

    assert (
        code_of(lambda: services.approve_hours(attendance=attendance, at=NOW, by=cast.chen))
        == "own_hours"
    )


# ── Putting right ────────────────────────────────────────────────────────────────────────────────


def correct(stay, cast, *, came=None, left=None, by=None, reason="忘记签退"):
    return services.correct_stay(
        stay=stay,
        came_at=came or at(9),
        left_at=left or at(11),
        reason=reason,
        at=NOW,
        by=by or cast.chen,
    )


def test_a_correction_is_a_new_row_and_the_old_times_stay(cast, ming, session):
    attendance = services.check_in(session=session, volunteer=ming, at=at(9, 5), by=cast.he)
    old = attendance.stays.get()

    new = correct(old, cast)

    old.refresh_from_db()
    attendance.refresh_from_db()
    assert (old.came_at, old.left_at, old.superseded) == (at(9, 5), None, True)
    assert (new.supersedes, new.reason, new.approved_by) == (old, "忘记签退", str(cast.chen))
    assert (attendance.state, attendance.minutes) == (State.EFFECTIVE, 120)


def test_corrections_refused(cast, ming, session):
    attendance = serve(ming, session=session, came=at(9), left=at(10), by=cast.he)
    stay = attendance.stays.get()
    other = make_session("CC2", org=cast.hongmian, starts_at=at(11))
    serve(ming, session=other, came=at(11, 10), left=at(12), by=cast.he)

    assert code_of(lambda: correct(stay, cast, reason="")) == "reason_needed"
    assert code_of(lambda: correct(stay, cast, by=cast.he)) == "not_allowed"
    assert code_of(lambda: correct(stay, cast, came=at(8))) == "outside_session"
    assert code_of(lambda: correct(stay, cast, left=at(11, 30))) == "overlapping"
    correct(stay, cast, left=at(10, 30))
    assert code_of(lambda: correct(stay, cast)) == "already_corrected"


def test_a_voided_attendance_counts_nothing_and_stays(cast, ming, session):
    attendance = serve(ming, session=session, came=at(9), left=at(10), by=cast.he)

    services.void_attendance(attendance=attendance, reason="重复", at=NOW, by=cast.chen)

    assert not facts.SERVICE.records().exists()
    assert Stay.objects.count() == 1
    refusing = lambda: services.check_in(  # noqa: E731
        session=session, volunteer=ming, at=at(11), by=cast.he
    )
    assert code_of(refusing) == "wrong_state"


# ── What the database itself refuses ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "broken",
    [
        lambda session, ming: Attendance.objects.create(
            session=session, volunteer=ming, how="scan", minutes=5
        ),
        lambda session, ming: Session.objects.filter(pk=session.pk).update(title="净滩补录"),
        lambda session, ming: Session.objects.filter(pk=session.pk).update(
            ends_at=session.starts_at
        ),
        lambda session, ming: Volunteer.objects.filter(pk=ming.pk).update(registered_on=None),
        lambda session, ming: Team.objects.create(
            code="T", name="队", org=session.org, applied_on=session.day, state="approved"
        ),
    ],
)
def test_the_database_keeps_what_must_be_true(session, ming, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        broken(session, ming)


def test_an_attendance_has_one_open_stay(cast, ming, session):
    attendance = services.check_in(session=session, volunteer=ming, at=at(9), by=cast.he)

    with pytest.raises(IntegrityError), transaction.atomic():
        Stay.objects.create(attendance=attendance, came_at=at(10), recorded_at=at(10))


def test_a_stranger_may_do_nothing_here(cast, ming, session):
    assert code_of(lambda: publish(cast, by=cast.zhou)) == "not_allowed"
    assert code_of(lambda: register(cast, by=cast.zhou)) == "not_allowed"
    entering = lambda: services.check_in(  # noqa: E731
        session=session, volunteer=ming, at=at(9) + MINUTE, by=cast.zhou
    )
    assert code_of(entering) == "not_allowed"
