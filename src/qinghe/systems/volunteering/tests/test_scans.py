"""Scans of cards and of the code at the door: once each, in any order, from any device."""

import random
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.access.queries import NOBODY
from qinghe.kernel.audit.models import Entry
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import queries, rules, services
from qinghe.systems.volunteering.models import Attendance, Scan, Stay
from qinghe.systems.volunteering.rules import Code, Spot
from qinghe.systems.volunteering.services import NewScan

from .makers import MINUTE, NINE, at, make_session, serve

pytestmark = pytest.mark.django_db
LATER = at(20, day=5)


def code_of(refusing):
    with pytest.raises(Refused) as refusal:
        refusing()
    return refusal.value.code


def scanned(nonce, volunteer, moment, *, kind="in", device="A"):
    """Return a scan that a device made at a moment and sends in the evening."""
    return NewScan(nonce, volunteer.number, kind, device, moment, LATER)


def record(session, scans, by):
    answers = services.record_scans(session=session, new=scans, at=LATER, by=by)
    return [answer.finding.verdict for answer in answers]


def books():
    """Return what is on the books now: who, what it is worth, and the stays that stand."""
    return {
        (one.volunteer_id, one.session_id): (
            one.state,
            one.minutes,
            sorted(one.stays.filter(superseded=False).values_list("came_at", "left_at")),
        )
        for one in Attendance.objects.all()
    }


# ── One scan ─────────────────────────────────────────────────────────────────────────────────────


def test_a_card_is_scanned_in_and_out(cast, ming, session):
    card = queries.card_text(NOBODY, ming.number)
    services.scan_card(session=session, new=NewScan("n1", card), at=at(9), by=cast.he)
    answer = services.scan_card(
        session=session, new=NewScan("n2", card, "out"), at=at(11), by=cast.he
    )

    assert (answer.attendance.state, answer.attendance.minutes) == ("effective", 120)
    assert [scan.how for scan in Scan.objects.order_by("pk")] == ["card", "card"]
    verbs = Entry.objects.filter(subject_kind="volunteering.Attendance").values_list(
        "verb", flat=True
    )
    assert sorted(verbs) == ["volunteering.check_in", "volunteering.check_out"]


def test_the_same_nonce_again_gets_the_same_answer(cast, ming, session):
    """Bar 12."""
    new = NewScan("n1", ming.number)
    first = services.scan_card(session=session, new=new, at=at(9), by=cast.he)
    again = services.scan_card(session=session, new=new, at=at(9, 30), by=cast.he)

    assert (first.attendance, first.at, first.finding) == (
        again.attendance,
        again.at,
        again.finding,
    )
    assert (Scan.objects.count(), Stay.objects.count()) == (1, 1)
    assert Entry.objects.filter(verb="volunteering.check_in").count() == 1


def test_a_nonce_of_another_scan_is_refused(cast, ming, hua, session):
    services.scan_card(session=session, new=NewScan("n1", ming.number), at=at(9), by=cast.he)

    refusing = lambda: services.scan_card(  # noqa: E731
        session=session, new=NewScan("n1", hua.number), at=at(9), by=cast.he
    )

    assert code_of(refusing) == "other_scan"


@pytest.mark.parametrize(
    ("number", "moment", "code"),
    [("ZY1", at(8), "too_early"), ("ZY1", at(12), "session_over"), ("ZY9", at(9), "unknown_volunteer"),
     ("QINGHE1.ZY1.AAAAAAAAAAAAAAAAAAAAAA", at(9), "bad_card")],
)  # fmt: skip
def test_a_refused_scan_leaves_nothing(cast, ming, session, number, moment, code):
    refusing = lambda: services.scan_card(  # noqa: E731
        session=session, new=NewScan("n1", number), at=moment, by=cast.he
    )

    assert code_of(refusing) == code
    assert not Scan.objects.exists()
    assert not Attendance.objects.exists()


def test_only_who_keeps_the_door_scans_cards(cast, ming, session, reader):
    refusing = lambda: services.scan_card(  # noqa: E731
        session=session, new=NewScan("n1", ming.number), at=at(9), by=reader
    )

    assert code_of(refusing) == "not_allowed"


# ── The code at the door ─────────────────────────────────────────────────────────────────────────


def own_scan(session, volunteer, code, *, moment, there=None):
    by = Actor(volunteer.person_id, "本人")
    return services.scan_code(
        session=session,
        code=code,
        volunteer=volunteer,
        tap=services.Tap(there),
        at=moment,
        by=by,
    )


def test_a_code_used_again_by_the_same_person_is_answered_as_before(cast, ming, session):
    code = Code(session.pk, "in", rules.step_at(at(9)))
    first = own_scan(session, ming, code, moment=at(9))
    left = Code(session.pk, "out", rules.step_at(at(10)))
    own_scan(session, ming, left, moment=at(10))
    replays = [own_scan(session, ming, code, moment=at(10, 1)) for _ in range(50)]

    assert {answer.attendance.pk for answer in replays} == {first.attendance.pk}
    assert Stay.objects.count() == 1


def test_a_code_is_only_for_oneself(cast, ming, hua, session):
    """Bar 14."""
    refusing = lambda: services.scan_code(  # noqa: E731
        session=session, code=Code(session.pk, "in", 1), volunteer=ming,
        tap=services.Tap(), at=at(9), by=Actor(hua.person_id),
    )  # fmt: skip

    assert code_of(refusing) == "not_own_card"


def test_whoever_is_far_away_is_told_how_far(cast, ming, session):
    place = services.PlaceCheck(Spot("22.720000", "114.250000").latitude, "114.250000", 300)
    session = services.set_place_check(session=session, new=place, at=at(8), by=cast.he)
    session.refresh_from_db()
    code = Code(session.pk, "in", rules.step_at(at(9)))
    near = Spot(session.latitude, session.longitude)
    far = Spot(session.latitude, session.longitude + 1)

    assert code_of(lambda: own_scan(session, ming, code, moment=at(9))) == "place_unknown"
    with pytest.raises(Refused, match=r"约1025\d\d米"):
        own_scan(session, ming, code, moment=at(9), there=far)
    own_scan(session, ming, code, moment=at(9), there=near)
    assert str(Scan.objects.get().latitude) == "22.720"


def test_every_change_of_one_bit_of_a_thousand_codes_is_refused(cast):
    """Bar 15."""
    draw = random.Random(14)
    for _ in range(1000):
        code = Code(draw.randrange(1, 10**6), draw.choice(["in", "out"]), draw.randrange(10**8))
        text = queries.code_text(NOBODY, code)
        assert queries.read_code(NOBODY, text) == code
        raw = bytearray(text.encode())
        for place in range(len(raw)):
            bit = 1 << draw.randrange(8)
            raw[place] ^= bit
            assert code_of(lambda: queries.read_code(NOBODY, raw.decode("latin-1"))) == "bad_code"  # noqa: B023
            raw[place] ^= bit


@given(bit=st.integers(0, 22 * 8 - 1), session_id=st.integers(1, 10**9), step=st.integers(0, 10**9))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_bit_of_a_mark_may_change(data_folder, bit, session_id, step):
    """Bar 15."""
    raw = bytearray(queries.code_text(NOBODY, Code(session_id, "in", step)).encode())
    raw[-1 - bit // 8] ^= 1 << bit % 8

    assert code_of(lambda: queries.read_code(NOBODY, raw.decode("latin-1"))) == "bad_code"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(-31, "early_code"), (-30, ""), (0, ""), (29, ""), (59, ""), (60, "old_code")],
)
def test_a_code_lives_for_its_step_and_one_beside_it(seconds, code):
    """Bar 14."""
    step = rules.step_at(NINE)
    now = NINE + timedelta(seconds=seconds)

    if code:
        assert code_of(lambda: rules.check_fresh(step=step, at=now)) == code
    else:
        rules.check_fresh(step=step, at=now)


@pytest.mark.parametrize(
    ("session_id", "kind", "step"), [(8, "in", 100), (7, "out", 100), (7, "in", 98)]
)
def test_six_digits_are_good_for_one_session_kind_and_moment(db, session_id, kind, step):
    """Bar 14."""
    digits = queries.digits_of(NOBODY, Code(session_id, kind, step))

    refusing = lambda: queries.code_of_digits(NOBODY, digits, session_id=7, kind="in", step=100)  # noqa: E731

    assert (
        code_of(refusing) == "bad_code"
        if (session_id, kind) != (7, "in") or step < 99
        else refusing()
    )


# ── Scans that waited on devices ─────────────────────────────────────────────────────────────────


def test_leaving_that_arrives_before_coming_waits_for_it(cast, ming, session):
    assert record(session, [scanned("o", ming, at(11), kind="out")], cast.he) == ["waiting"]
    assert not Attendance.objects.exists()

    assert record(session, [scanned("i", ming, at(9))], cast.he) == ["recorded"]
    assert Attendance.objects.get().minutes == 120
    assert {scan.verdict for scan in Scan.objects.all()} == {"recorded"}


def test_an_earlier_coming_that_arrives_late_takes_the_place_of_the_stay_by_a_new_row(
    cast, ming, session
):
    record(session, [scanned("a", ming, at(10)), scanned("b", ming, at(11), kind="out")], cast.he)
    record(session, [scanned("c", ming, at(9), device="B")], cast.he)

    old, new = Stay.objects.order_by("pk")
    assert (old.superseded, old.came_at, old.left_at) == (True, at(10), at(11))
    assert (new.supersedes, new.came_at, new.left_at) == (old, at(9), at(11))
    assert new.reason
    assert Attendance.objects.get().minutes == 120


def test_the_first_three_pairs_of_a_day_count_whichever_arrived_first(cast, ming, session):
    pairs = [(at(9, m), at(9, m + 5)) for m in (0, 10, 20, 30)]
    for number in (3, 2, 1, 0):
        came, left = pairs[number]
        record(
            session,
            [scanned(f"i{number}", ming, came), scanned(f"o{number}", ming, left, kind="out")],
            cast.he,
        )

    stays = Stay.objects.filter(superseded=False).values_list("came_at", flat=True)
    assert sorted(stays) == [came for came, _ in pairs[:3]]
    assert Scan.objects.get(nonce="i3").code == "too_many_pairs"


def test_a_device_whose_clock_is_wrong_is_held_for_review(cast, ming, session):
    """Bar 16."""
    skewed = NewScan("n", ming.number, "in", "A", at(9), LATER - 11 * MINUTE)

    assert record(session, [skewed], cast.he) == ["held"]
    assert not Attendance.objects.exists()
    assert Scan.objects.get().code == "clock_differs"


@pytest.mark.parametrize("minutes", [-10, -3, 0, 3, 10])
def test_a_clock_that_differs_a_little_is_put_right(cast, ming, session, minutes):
    off = minutes * MINUTE
    record(session, [NewScan("n", ming.number, "in", "A", at(9) + off, LATER + off)], cast.he)

    assert Stay.objects.get().came_at == at(9)


def test_each_of_a_batch_is_answered_for_itself(cast, ming, hua, session):
    verdicts = record(
        session,
        [
            scanned("1", ming, at(9)),
            scanned("2", hua, at(7)),
            NewScan("3", "ZY9"),
            scanned("1", ming, at(9)),
        ],
        cast.he,
    )

    assert verdicts == ["recorded", "refused", "refused", "recorded"]
    assert Entry.objects.filter(verb="volunteering.record_scans").count() == 1


def test_a_scan_does_not_undo_a_correction(cast, ming, session):
    attendance = serve(ming, session=session, came=at(9), left=at(11), by=cast.he)
    services.correct_stay(
        stay=attendance.stays.get(), came_at=at(9, 30), left_at=at(11), reason="看错表",
        at=LATER, by=cast.chen,
    )  # fmt: skip

    assert record(session, [scanned("x", ming, at(9))], cast.he) == ["held"]
    assert record(session, [scanned("y", ming, at(11, 30))], cast.he) == ["recorded"]
    assert Attendance.objects.get().minutes == 90


def test_whoever_forgot_to_leave_yesterday_may_come_today(cast, ming):
    session = make_session("CC9", org=cast.hongmian, hours=33)
    record(
        session,
        [scanned("1", ming, at(9)), scanned("2", ming, at(9, day=5)), scanned("3", ming, at(10, day=5), kind="out")],
        cast.he,
    )  # fmt: skip

    assert Attendance.objects.get().minutes == 60


def test_at_the_door_too_a_new_day_is_a_new_check_in(cast, ming):
    session = make_session("CC9", org=cast.hongmian, hours=33)
    services.check_in(session=session, volunteer=ming, at=at(9), by=cast.he)

    attendance = serve(ming, session=session, came=at(9, day=5), left=at(10, day=5), by=cast.he)

    assert attendance.minutes == 60


def test_nobody_leaves_after_sixteen_hours(cast, ming):
    """Bar 16."""
    session = make_session("CC9", org=cast.hongmian, hours=33)
    scans = [scanned("1", ming, at(9)), scanned("2", ming, at(9, day=5), kind="out")]

    assert record(session, scans, cast.he) == ["recorded", "refused"]


MOMENTS = st.integers(0, 240).map(lambda minute: at(8, 20) + minute * MINUTE)
SCANS = st.lists(
    st.tuples(
        st.sampled_from([0, 1]), st.sampled_from(["in", "out"]), MOMENTS, st.sampled_from("ABC")
    ),
    max_size=14,
    unique_by=lambda one: (one[0], one[2]),
)


@given(made=SCANS, data=st.data())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_order_and_any_repetition_of_scans_comes_to_the_same(
    cast, ming, hua, session, made, data
):
    scans = [
        scanned(f"n{number}", (ming, hua)[who], moment, kind=kind, device=device)
        for number, (who, kind, moment, device) in enumerate(made)
    ]
    with transaction.atomic():
        record(session, scans, cast.he)
        at_once = books()
        transaction.set_rollback(True)
    sent = data.draw(
        st.permutations([*scans, *data.draw(st.lists(st.sampled_from(scans)))] if scans else [])
    )
    with transaction.atomic():
        while sent:
            size = data.draw(st.integers(1, len(sent)))
            record(session, sent[:size], cast.he)
            sent = sent[size:]
        in_pieces = books()
        transaction.set_rollback(True)

    assert in_pieces == at_once
    for state, minutes, stays in in_pieces.values():
        assert len(stays) <= rules.MOST_PAIRS
        assert minutes == sum((left - came) // MINUTE for came, left in stays if left)
        assert (state == "present") == (not any(left for _, left in stays))
