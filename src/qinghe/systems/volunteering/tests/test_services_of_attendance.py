import pytest

from qinghe.kernel.access.actors import Actor, Held, Role
from qinghe.kernel.audit.models import Entry
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import facts, models, services
from qinghe.systems.volunteering.models import Attendance, Stay

from .makers import at, make_session, make_volunteer, serve

pytestmark = pytest.mark.django_db
NOW = at(22, day=10)
State = Attendance.State


def code_of(refusing):
    with pytest.raises(Refused) as refusal:
        refusing()
    return refusal.value.code


def community_secretary(org):
    return Actor(900, "社区书记", (Held(Role.COMMUNITY_SECRETARY, org.path),))


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
