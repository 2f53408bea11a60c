from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import rules
from qinghe.systems.volunteering.rules import Approval, Frame, Served, Span

from .makers import HOUR, MINUTE, at

FRAME = Frame(at(9), at(12))
MOMENTS = st.integers(-3 * 86_400, 3 * 86_400).map(lambda n: at(9) + timedelta(seconds=n))


def served(session_id, came, left, *, frame=None):
    frame = frame or Frame(came, (left or came) + HOUR)
    return Served(0, 1, session_id, frame, Span(came, left))


def code_of(refusing):
    with pytest.raises(Refused) as refusal:
        refusing()
    assert refusal.value.reason.endswith("。")
    return refusal.value.code


@pytest.mark.parametrize(
    ("came", "left", "minutes"),
    [
        (at(9), at(12), 180),
        (at(9), at(9) + timedelta(seconds=59), 0),  # whole minutes only
        (at(9), at(9) + timedelta(seconds=119), 1),
        (at(8, 40), at(12, 20), 220),  # real times, within half an hour either side
        (at(9), at(13), 210),  # V-36: staying longer than half an hour after earns no more
        (at(9), None, 0),  # V-36: not checked out
    ],
)
def test_minutes_of_a_stay(came, left, minutes):
    assert rules.minutes_of(frame=FRAME, span=Span(came, left)) == minutes


@pytest.mark.parametrize(
    ("minutes", "approval"),
    [
        (0, Approval.NONE),
        (480, Approval.NONE),
        (481, Approval.PARENT),
        (720, Approval.PARENT),
        (721, Approval.DISTRICT),
    ],
)
def test_whose_word_a_day_needs(minutes, approval):
    """V-31."""
    assert rules.approval_for(minutes_of_day=minutes) is approval


@pytest.mark.parametrize(
    ("mine", "others", "minutes", "approval"),
    [
        ([(at(9), at(12))], [], 180, Approval.NONE),
        ([(at(8), at(16))], [], 480, Approval.NONE),
        ([(at(8), at(16, 1))], [], 481, Approval.PARENT),
        ([(at(14), at(18))], [(at(8), at(13))], 240, Approval.PARENT),  # the day, not the session
        ([(at(7), at(20))], [], 780, Approval.DISTRICT),
        ([(at(9), at(12))], [(at(8, day=5), at(20, day=5))], 180, Approval.NONE),  # another day
        ([(at(9), at(10)), (at(11), at(12))], [], 120, Approval.NONE),  # two pairs, one attendance
        ([(at(9), None)], [(at(13), at(22))], 0, Approval.NONE),  # still there: nothing to approve
    ],
)
def test_settling_an_attendance(mine, others, minutes, approval):
    all_served = [served(1, *times) for times in mine] + [served(2, *times) for times in others]

    settlement = rules.settle(session_id=1, served=all_served)

    assert (settlement.minutes, settlement.approval) == (minutes, approval)


def test_a_stay_past_midnight_counts_on_the_day_it_began():
    late = served(1, at(22), at(2, day=5))
    next_day = served(2, at(3, day=5), at(9, day=5))

    settlement = rules.settle(session_id=2, served=[late, next_day])

    assert settlement.longest_day == 360


@pytest.mark.parametrize(
    ("moment", "code"),
    [(at(8, 29), "too_early"), (at(12), "session_over"), (at(12, 30), "session_over")],
)
def test_doors_are_closed(moment, code):
    assert code_of(lambda: rules.check_doors(frame=FRAME, at=moment)) == code


@pytest.mark.parametrize("moment", [at(8, 30), at(9), at(11, 59)])
def test_doors_are_open(moment):
    assert rules.check_doors(frame=FRAME, at=moment) is None


@pytest.mark.parametrize(
    ("came", "left", "code"),
    [
        (at(10), at(10), "ends_before_start"),
        (at(11), at(10), "ends_before_start"),
        (at(8, 29), at(10), "outside_session"),
        (at(12), at(12, 5), "outside_session"),
        (at(10), at(12, 31), "outside_session"),
        (at(10, day=5), None, "outside_session"),
    ],
)
def test_times_outside_a_session_are_refused(came, left, code):
    assert code_of(lambda: rules.check_span(frame=FRAME, span=Span(came, left))) == code


@pytest.mark.parametrize(
    ("title", "starts", "ends", "code"),
    [
        ("净滩补录", at(9), at(10), "named_late_entry"),  # V-33
        ("社区工作会议", at(9), at(10), "not_service"),  # V-34
        ("团建", at(9), at(10), "not_service"),
        ("净滩", at(9), at(9), "ends_before_start"),
        ("净滩", at(9), at(9) + timedelta(days=367), "too_long"),  # V-32
    ],
)
def test_sessions_that_cannot_be(title, starts, ends, code):
    refusing = lambda: rules.check_session(title=title, starts_at=starts, ends_at=ends)  # noqa: E731

    assert code_of(refusing) == code


def test_helping_at_a_meeting_is_service():
    assert rules.check_session(title="会议引导服务", starts_at=at(9), ends_at=at(10)) is None


@pytest.mark.parametrize(
    ("born", "agreed", "code"),
    [
        (date(2008, 5, 5), None, "too_young"),  # V-21
        (date(2008, 5, 4), None, "guardian_needed"),  # fourteen today, V-20
        (date(2004, 5, 5), None, "guardian_needed"),
        (date(2004, 5, 5), date(2022, 5, 5), "guardian_needed"),  # agreed only tomorrow
    ],
)
def test_minors_need_their_guardian(born, agreed, code):
    today = date(2022, 5, 4)

    def registering():
        rules.check_old_enough(birth_date=born, on=today)
        rules.check_guardian(birth_date=born, on=today, agreed_on=agreed)

    assert code_of(registering) == code


def test_a_fourth_pair_of_one_day_is_refused():
    """V-32; the next day begins anew."""
    three = [served(1, at(9 + n), at(9 + n) + MINUTE) for n in range(3)]

    assert rules.check_pairs(span=Span(at(9, day=5), None), others=three) is None
    assert (
        code_of(lambda: rules.check_pairs(span=Span(at(15), None), others=three))
        == "too_many_pairs"
    )


def test_a_forgotten_check_out_holds_only_as_long_as_its_session_could_count():
    forgotten = [served(1, at(9), None, frame=FRAME)]

    assert rules.check_apart(span=Span(at(12, 30), None), others=forgotten) is None
    assert (
        code_of(lambda: rules.check_apart(span=Span(at(12, 29), None), others=forgotten))
        == "overlapping"
    )


@pytest.mark.parametrize("moves", [rules.VOLUNTEER_MOVES, rules.TEAM_MOVES, rules.SESSION_MOVES])
def test_what_is_over_stays_over(moves):
    for last in {to for steps in moves.values() for to in steps} - moves.keys():
        refusing = lambda last=last: rules.check_move(moves, now=last, to="applied", what="它")  # noqa: E731

        assert code_of(refusing) == "wrong_state"


@given(MOMENTS, MOMENTS, MOMENTS)
def test_staying_longer_never_earns_less(came, one, other):
    shorter, longer = sorted((one, other))

    assert rules.minutes_of(frame=FRAME, span=Span(came, shorter)) <= rules.minutes_of(
        frame=FRAME, span=Span(came, longer)
    )


@given(MOMENTS, st.one_of(st.none(), MOMENTS))
def test_minutes_never_leave_the_session(came, left):
    minutes = rules.minutes_of(frame=FRAME, span=Span(came, left))

    assert 0 <= minutes <= 240


@given(MOMENTS, MOMENTS, MOMENTS, MOMENTS)
def test_overlap_is_a_shared_moment(a, b, c, d):
    one, other = Span(*sorted((a, b))), Span(*sorted((c, d)))
    shared = max(one.came, other.came) < min(one.left, other.left)
    hollow = one.came == one.left or other.came == other.left

    assert rules.overlap(one, other) == rules.overlap(other, one)
    assert rules.overlap(one, other) == shared or hollow


@given(st.lists(st.tuples(MOMENTS, st.integers(1, 300)), max_size=12))
def test_settling_adds_up_all_stays_and_its_longest_day_bounds_the_approval(stays):
    all_served = [served(1, came, came + minutes * MINUTE) for came, minutes in stays]

    settlement = rules.settle(session_id=1, served=all_served)

    assert settlement.minutes == sum(minutes for _, minutes in stays)
    by_day = {}
    for came, minutes in stays:
        by_day[local_day(came)] = by_day.get(local_day(came), 0) + minutes
    assert settlement.longest_day == max(by_day.values(), default=0)
    assert settlement.approval is rules.approval_for(minutes_of_day=settlement.longest_day)
