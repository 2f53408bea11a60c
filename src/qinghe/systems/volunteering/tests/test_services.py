from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Actor, Held, Role
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.notices.models import Notice
from qinghe.kernel.orgs import services as orgs
from qinghe.lib.periods import TZ
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import services
from qinghe.systems.volunteering.models import Attendance, Session, Stay, Team, Volunteer

from .makers import HOUR, MINUTE, applicant, at

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


def test_nobody_puts_themself_on_the_roll(cast):
    """Bar 17."""
    volunteer = register(cast)
    themself = Actor(volunteer.person_id, "本人", cast.chen.holdings)
    approving = {"volunteer": volunteer, "at": NOW}

    code = code_of(lambda: services.approve_volunteer(**approving, by=themself))

    assert code == "own_application"
    assert services.approve_volunteer(**approving, by=cast.chen).state == "registered"


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


def test_a_reason_with_its_own_stop_ends_the_sentence_once(cast):
    volunteer = register(cast)
    access.open_account(person=volunteer.person, username="xinmiao", at=NOW, by="the tests")

    services.refuse_volunteer(volunteer=volunteer, reason="资料不符。", at=NOW, by=cast.chen)

    told = Notice.objects.get(person=volunteer.person).text
    assert told.startswith("原因：资料不符。如有疑问，")


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
