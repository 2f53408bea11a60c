"""Children below fourteen serve beside a guardian, by the guardian's account, counted apart (V-21, V-22)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.analytics import figures
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.access.queries import NOBODY
from qinghe.kernel.consent import queries as consent
from qinghe.kernel.consent import services as consents
from qinghe.kernel.consent.models import Consent, Guardianship
from qinghe.kernel.people.models import Person
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import indicators, models, queries, rules, services, tasks
from tests.cast import NOW, TODAY

from .activity_makers import HOUR, first_post, publish
from .hour_makers import ask
from .makers import build_facts, make_session, sign_in
from .ward_makers import CHILD, WITH_CHILDREN, agreed, bring, new_child, sign_both

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(cast):
    return first_post(publish(cast, posts=WITH_CHILDREN))


def refusal(do):
    with pytest.raises(Refused) as caught:
        do()
    return caught.value.code


# ── Onto the roll ────────────────────────────────────────────────────────────────────────────────


def test_a_guardian_brings_a_child_who_gets_a_number_and_nothing_to_sign_in_with(
    told, mother, as_mother
):
    made = bring(as_mother)

    assert (made.state, made.beside_id, made.org) == ("applied", mother.person_id, mother.org)
    assert made.beside_until == date(2026, 3, 1)
    assert Guardianship.objects.get(ward=made.person).guardian == mother.person
    given = Consent.objects.filter(person=made.person)
    assert {one.notice.purpose for one in given} == {"volunteering", "child"}
    assert all(one.by_guardian for one in given)
    assert not hasattr(made.person, "account")


@pytest.mark.parametrize(
    ("told_of", "code"),
    [
        ({"birth_date": date(2008, 7, 3)}, "not_a_child"),  # fourteen on the day
        ({"birth_date": date(2099, 1, 1)}, "in_future"),
    ],
)
def test_who_is_no_child_is_not_brought(told, as_mother, told_of, code):
    assert refusal(lambda: bring(as_mother, **told_of)) == code
    assert not Guardianship.objects.exists()


def test_nothing_of_a_child_is_kept_that_the_guardian_did_not_agree_to(told, as_mother):
    half = agreed("volunteering")

    assert (
        refusal(lambda: services.bring_ward(new=new_child(), agreed=half, at=NOW, by=as_mother))
        == "consent_needed"
    )
    assert not Person.objects.filter(name="禾小苗").exists()


def test_no_child_is_brought_while_nobody_is_in_charge(cast, as_mother):  # S-04
    consents.enter_missing(at=NOW, by="the tests")

    assert refusal(lambda: bring(as_mother)) == "nobody_in_charge"


def test_who_does_not_serve_brings_nobody(cast, told):
    assert refusal(lambda: bring(Actor(cast.xiaoming.pk, "明"))) == "guardian_first"


def test_only_the_guardian_lets_a_child_on_the_books_apply(told, cast, ming, as_mother, mother):
    ward = Person.objects.create(number="W1", name="禾小豆", birth_date=CHILD)
    consents.attach_ward(
        ward=ward, guardian=mother.person, org=cast.hongmian, relation="母亲", at=NOW, by="x"
    )
    stranger = Actor(ming.person_id)

    refused = refusal(lambda: services.enlist_ward(ward=ward, agreed=agreed(), at=NOW, by=stranger))
    made = services.enlist_ward(ward=ward, agreed=agreed(), at=NOW, by=as_mother)

    assert refused == "not_allowed"
    assert made.beside_id == mother.person_id


def test_taking_the_consent_back_takes_the_child_off_and_their_places(child, as_mother, post):
    _, place = sign_both(post, child, as_mother)

    tasks.let_go(child.person, "volunteering", NOW, as_mother)

    child.refresh_from_db()
    place.refresh_from_db()
    assert (child.state, place.state) == ("withdrawn", "cancelled")


# ── Signing up ───────────────────────────────────────────────────────────────────────────────────


def test_a_child_has_a_place_where_the_guardian_has_one(child, as_mother, post):
    alone = refusal(
        lambda: services.sign_up_ward(post=post, ward=child, vouched=True, at=NOW, by=as_mother)
    )

    _, place = sign_both(post, child, as_mother)

    assert alone == "guardian_not_signed"
    assert (place.state, place.volunteer) == ("signed", child)
    post.refresh_from_db()
    assert post.taken == 2


def test_a_post_that_takes_no_children_takes_none(cast, child, as_mother):
    post = first_post(publish(cast, posts=(services.NewPost("净滩", 3, minors=True),)))

    assert refusal(lambda: sign_both(post, child, as_mother)) == "children_not_taken"


def test_dangerous_work_is_not_for_children(cast):
    posts = (services.NewPost("救援", 3, children=True),)

    assert refusal(lambda: publish(cast, posts=posts, dangerous=True)) == "minors_in_danger"


def test_nobody_else_signs_a_child_up_nor_the_child(child, as_mother, ming, post):
    stranger = Actor(ming.person_id)
    own = Actor(child.person_id)

    assert (
        refusal(
            lambda: services.sign_up_ward(post=post, ward=child, vouched=True, at=NOW, by=stranger)
        )
        == "not_allowed"
    )
    assert (
        refusal(lambda: services.sign_up(post=post, vouched=True, at=NOW, by=own))
        == "guardian_signs"
    )


def test_who_lets_go_of_a_place_lets_go_of_the_child_s(child, as_mother, post):
    own, place = sign_both(post, child, as_mother)

    services.cancel_sign_up(sign_up=own, at=NOW, by=as_mother)

    place.refresh_from_db()
    post.refresh_from_db()
    assert (place.state, place.reason, post.taken) == ("cancelled", "监护人不再参加", 0)


def test_a_guardian_takes_the_child_s_place_back_alone(child, as_mother, post):
    own, place = sign_both(post, child, as_mother)

    services.cancel_sign_up(sign_up=place, at=NOW, by=as_mother)

    own.refresh_from_db()
    assert own.state == "signed"
    assert set(queries.own_sign_ups(as_mother)) == {own, place}


def test_the_day_a_child_is_fourteen_the_guardian_no_longer_acts(cast, child, as_mother):
    birthday, child.beside_until = child.beside_until, NOW.date()
    child.save()
    post = first_post(publish(cast, posts=WITH_CHILDREN))

    assert birthday == rules.grown_on(CHILD)
    assert refusal(lambda: sign_both(post, child, as_mother)) == "not_allowed"


# ── At the door ──────────────────────────────────────────────────────────────────────────────────


def scan(session, by, volunteer, *, kind, moment, wards=()):
    return services.scan_code(
        session=session,
        code=rules.Code(session.pk, kind, rules.step_at(moment)),
        volunteer=volunteer,
        tap=services.Tap(device="phone", wards=wards),
        at=moment,
        by=by,
    )


def test_the_guardian_s_code_brings_the_child_in_and_out(child, mother, as_mother, post):
    sign_both(post, child, as_mother)
    session = post.session
    came = session.starts_at
    scan(session, as_mother, mother, kind="in", moment=came, wards=[child])
    left = came + 2 * HOUR
    scan(session, as_mother, mother, kind="out", moment=left)

    both = models.Attendance.objects.filter(session=session)
    assert {(one.volunteer, one.minutes, one.state) for one in both} == {
        (mother, 120, "effective"),
        (child, 120, "effective"),
    }


def test_a_child_who_did_not_come_is_not_brought_in(child, mother, as_mother, post):
    sign_both(post, child, as_mother)

    scan(post.session, as_mother, mother, kind="in", moment=post.session.starts_at)

    assert models.Attendance.objects.get().volunteer == mother


def test_a_child_without_a_place_is_not_brought_in(child, mother, as_mother, post):
    services.sign_up(post=post, vouched=True, at=NOW, by=as_mother)

    scan(post.session, as_mother, mother, kind="in", moment=post.session.starts_at, wards=[child])

    assert models.Attendance.objects.get().volunteer == mother


def test_a_child_s_number_at_the_door_is_refused_and_says_what_to_do(cast, child):
    session = make_session("CC1", org=cast.hongmian, starts_at=NOW)
    new = services.NewScan("nonce-01", child.number)

    (answer,) = services.record_scans(session=session, new=[new], at=NOW, by=cast.he)

    assert (answer.finding.verdict, answer.finding.code) == ("refused", "guardian_signs")
    assert "监护人" in answer.finding.reason


def test_a_child_with_a_phone_of_their_own_scans_nothing(cast, child):
    session = make_session("CC1", org=cast.hongmian, starts_at=NOW)

    refused = refusal(lambda: scan(session, Actor(child.person_id), child, kind="in", moment=NOW))

    assert refused == "guardian_signs"


def test_a_roster_takes_a_child_after_the_guardian(cast, child, mother):
    session = make_session("CC1", org=cast.hongmian, starts_at=NOW)

    alone = refusal(lambda: services.check_in(session=session, volunteer=child, at=NOW, by=cast.he))
    for one in (mother, child):
        services.check_in(session=session, volunteer=one, at=NOW, by=cast.he)

    assert alone == "guardian_absent"
    assert models.Attendance.objects.filter(session=session).count() == 2


def test_a_late_entry_takes_a_child_beside_the_guardian_only(cast, child, mother):
    models.Volunteer.objects.filter(pk=child.pk).update(registered_on=date(2022, 3, 1))
    child.refresh_from_db()
    session = make_session("CC1", org=cast.hongmian)

    assert refusal(lambda: ask(session, child, by=cast.chen)) == "guardian_absent"
    assert ask(session, mother, child, by=cast.chen).lines.count() == 2


# ── What is counted, and who sees it ─────────────────────────────────────────────────────────────


def test_a_child_s_hours_are_their_own_and_counted_apart(cast, child, mother):
    models.Volunteer.objects.filter(pk=child.pk).update(registered_on=date(2022, 3, 1))
    session = make_session("CC1", org=cast.hongmian)
    for one in (mother, child):
        models.Attendance.objects.create(
            session=session, volunteer=one, state="effective", minutes=120, how="roster"
        )

    counted = figures.compute(build_facts(), indicators.INDICATORS, periods.half_year(2022, 1))
    found = {
        code: counted[code, cast.longgang.pk].value
        for code in ("VOL-01", "VOL-03", "VOL-04", "VOL-92", "VOL-93")
    }

    assert found == {"VOL-01": 1, "VOL-03": 1, "VOL-04": 2, "VOL-92": 1, "VOL-93": 2}
    (shown,) = queries.wards_shown(Actor(mother.person_id), NOW)
    assert (shown.hours, len(shown.served)) == ("2.0", 1)


def test_from_the_fourteenth_birthday_on_the_same_row_counts_as_any_other(cast, child):
    birthday = TODAY - timedelta(days=20)
    models.Volunteer.objects.filter(pk=child.pk).update(
        registered_on=date(2022, 3, 1), beside_until=birthday
    )
    for number, day in enumerate((birthday - timedelta(days=1), birthday), start=1):
        begins = NOW.replace(year=day.year, month=day.month, day=day.day)
        session = make_session(f"CC{number}", org=cast.hongmian, starts_at=begins)
        models.Attendance.objects.create(
            session=session, volunteer=child, state="effective", minutes=120, how="roster"
        )

    counted = figures.compute(build_facts(), indicators.INDICATORS, periods.half_year(2022, 1))

    found = {
        code: counted[code, cast.longgang.pk].value
        for code in ("VOL-03", "VOL-04", "VOL-92", "VOL-93")
    }
    assert found == {"VOL-03": 1, "VOL-04": 2, "VOL-92": 1, "VOL-93": 2}


def test_a_child_is_no_candidate_for_a_star_and_nobody_to_be_found(cast, child):
    own = Actor(child.person_id)
    models.Volunteer.objects.filter(pk=child.pk).update(beside_until=date(2999, 1, 1))

    assert queries.own_volunteer(own) is None
    assert not queries.own_wards(Actor(cast.xiaoming.pk)).exists()


def test_the_phone_shows_one_s_own_children_to_nobody_else(
    client, cast, ming, child, mother, as_mother
):
    page = sign_in(client, as_mother).get(reverse("volunteering:own_wards")).content.decode()
    other = sign_in(client, Actor(ming.person_id)).get(reverse("volunteering:own_wards"))
    foreign = client.post(reverse("volunteering:own_ward_sign_up", args=[1, child.pk]))

    assert "禾小苗" in page
    assert "禾小苗" not in other.content.decode()
    assert foreign.status_code == 404


def test_a_child_is_registered_signed_up_and_brought_in_on_the_phone(
    client, cast, told, mother, as_mother
):
    phone = sign_in(client, as_mother)
    page = phone.get(reverse("volunteering:own_ward_new")).content.decode()
    today = timezone.localdate()
    notices = consent.current_notices(queries.WARD_PURPOSES, on=today)
    typed = {
        "name": "禾小苗", "sex": "female", "birth_date": (today - timedelta(days=3000)).isoformat(),
        "told": "母亲", "phone": "13800000001",
        **{f"notice_{one.pk}": "on" for one in notices},
    }  # fmt: skip
    unread = phone.post(
        reverse("volunteering:own_ward_new"), {**typed, f"notice_{notices[0].pk}": ""}
    )
    phone.post(reverse("volunteering:own_ward_new"), typed)
    child = models.Volunteer.objects.get(beside=mother.person)
    services.approve_volunteer(volunteer=child, at=timezone.now(), by=cast.chen)
    now = timezone.now()
    post = first_post(
        publish(cast, at=now, times=((now + HOUR, now + 3 * HOUR),), posts=WITH_CHILDREN)
    )
    session_page = reverse("volunteering:own_session", args=[post.session_id])
    phone.post(reverse("volunteering:own_sign_up", args=[post.pk]))
    offered = phone.get(session_page).content.decode()
    phone.post(reverse("volunteering:own_ward_sign_up", args=[post.pk, child.pk]))
    models.Session.objects.filter(pk=post.session_id).update(starts_at=now - timedelta(minutes=5))
    text = queries.code_text(
        NOBODY, rules.Code(post.session_id, "in", rules.step_at(timezone.now()))
    )
    at_the_door = reverse("volunteering:own_scan_code", args=[text])
    asked = phone.get(at_the_door).content.decode()
    phone.post(at_the_door, {"ward": child.pk})

    assert "儿童个人信息" in page
    assert unread.status_code == 422
    assert "为孩子报名" in offered
    assert "禾小苗也到了" in asked
    assert models.Attendance.objects.filter(session=post.session_id).count() == 2
