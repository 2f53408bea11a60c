"""What an attendance becomes, and when a check-in or a decision on hours is refused (V-31, V-32, V-36)."""

from datetime import datetime, timedelta

import pytest

from qinghe.lib.periods import TZ
from qinghe.systems.volunteering import rules
from qinghe.systems.volunteering.rules import Approval, Frame, Served, Settlement, Span

from .makers import HOUR, MINUTE, at
from .test_rules import FRAME, code_of, served


@pytest.mark.parametrize(
    ("closed", "approval", "state"),
    [
        (False, Approval.NONE, "present"),
        (False, Approval.PARENT, "present"),
        (True, Approval.NONE, "effective"),
        (True, Approval.PARENT, "pending"),
        (True, Approval.DISTRICT, "pending"),
    ],
)
def test_what_becomes_of_an_attendance(closed, approval, state):
    assert rules.state_of(closed=closed, approval=approval) == state


@pytest.mark.parametrize(
    ("now", "settled", "state"),
    [
        ("held", "effective", "held"),
        ("pending", "effective", "effective"),
        ("effective", "pending", "pending"),
    ],
)
def test_what_is_held_stays_held_when_it_is_settled_anew(now, settled, state):
    assert rules.state_beside(now, settled=settled) == state


@pytest.mark.parametrize(
    ("now", "then", "prevails"),
    [
        ("present", "effective", "effective"),
        ("effective", "pending", "pending"),
        ("pending", "effective", "pending"),
        ("held", "pending", "held"),
        ("present", "present", "present"),
    ],
)
def test_of_two_states_what_waits_prevails(now, then, prevails):
    assert rules.weightier(now, then) == prevails


def test_the_longest_day_of_several_decides_and_all_count():
    mine = [
        served(1, at(8), at(12)),
        served(1, at(8, day=5), at(17, day=5)),
        served(1, at(9, day=6), None),
    ]
    elsewhere = served(2, at(1, day=6), at(20, day=6))

    settlement = rules.settle(session_id=1, served=[*mine, elsewhere])

    assert settlement == Settlement(780, Approval.PARENT, closed=True, longest_day=540)


def test_who_is_still_there_has_earned_nothing_and_closed_nothing():
    settlement = rules.settle(session_id=1, served=[served(1, at(9), None)])

    assert settlement == Settlement(0, Approval.NONE, closed=False, longest_day=0)


def test_nobody_approves_their_own_hours():
    """Bar 17."""
    assert code_of(lambda: rules.check_not_own(approver_id=7, person_id=7)) == "own_hours"
    assert rules.check_not_own(approver_id=7, person_id=8) is None


@pytest.mark.parametrize("state", ["present", "effective", "held", "refused", "void"])
def test_only_hours_that_wait_are_decided(state):
    assert code_of(lambda: rules.check_waiting(state)) == "wrong_state"
    assert rules.check_waiting("pending") is None


@pytest.mark.parametrize(
    ("frame", "days"),
    [
        (Frame(at(9), at(12)), (4, 5)),
        (Frame(at(0, 10), at(2)), (3, 5)),  # the doors open on the evening before
        (Frame(at(22), at(23, 45)), (4, 6)),  # and the last moment is on the next day
    ],
)
def test_the_whole_days_of_a_session_begin_and_end_at_midnight(frame, days):
    first, last = (datetime(2022, 5, day, tzinfo=TZ) for day in days)

    assert frame.whole_days == (first, last)


def test_a_session_counts_half_an_hour_to_either_side():
    assert (FRAME.opens_at, FRAME.closes_at) == (at(8, 30), at(12, 30))


def test_who_left_is_free_and_who_forgot_to_is_kept_until_the_session_cannot_count():
    assert Served(1, 1, 1, FRAME, Span(at(9), at(10))).held_until == at(10)
    assert Served(1, 1, 1, FRAME, Span(at(9), None)).held_until == at(12, 30)


def test_who_left_before_another_service_began_is_not_at_two_places():
    later = [Served(1, 1, 1, FRAME, Span(at(9), at(10)))]

    assert rules.check_apart(span=Span(at(8), at(9)), others=later) is None
    assert (
        code_of(lambda: rules.check_apart(span=Span(at(8), at(9) + MINUTE), others=later))
        == "overlapping"
    )


@pytest.mark.parametrize("state", ["refused", "void"])
def test_what_was_turned_down_takes_no_more(state):
    assert code_of(lambda: rules.check_undecided(state)) == "wrong_state"
    assert rules.check_undecided("held") is None


def test_times_at_the_edges_of_a_session_are_taken():
    for span in (Span(at(8, 30), at(12, 30)), Span(at(11, 59), None), Span(at(9), at(9) + MINUTE)):
        assert rules.check_span(frame=FRAME, span=span) is None


@pytest.mark.parametrize("before", [0, 2])
def test_up_to_three_pairs_a_day_are_taken(before):
    assert rules.check_another(before=before) is None


@pytest.mark.parametrize("before", [3, 4])
def test_one_more_pair_is_refused(before):
    """V-32."""
    assert code_of(lambda: rules.check_another(before=before)) == "too_many_pairs"


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (Span(at(9), None), Span(at(10), None), True),
        (Span(at(9), at(10)), Span(at(10), None), False),
        (Span(at(9), at(10) + MINUTE), Span(at(10), None), True),
        (Span(at(11), None), Span(at(9), at(11)), False),
        (Span(at(9), at(10)), Span(at(11), at(12)), False),
    ],
)
def test_who_is_still_there_overlaps_with_all_that_comes(one, other, shared):
    assert rules.overlap(one, other) is rules.overlap(other, one) is shared


def test_a_check_out_of_one_who_is_not_in_is_refused_in_a_sentence():
    refusal = rules.not_present()

    assert (refusal.code, refusal.reason[-1]) == ("not_present", "。")


def test_a_correction_is_corrected_and_not_what_it_replaced():
    assert code_of(lambda: rules.check_stands(superseded=True)) == "already_corrected"
    assert rules.check_stands(superseded=False) is None


def test_a_time_that_has_not_come_is_refused():
    assert (
        code_of(lambda: rules.check_happened(moment=at(9) + timedelta(seconds=1), at=at(9)))
        == "in_future"
    )
    assert rules.check_happened(moment=at(9), at=at(9)) is None


@pytest.mark.parametrize(
    ("came", "now", "left"),
    [
        (at(9), at(11), at(11)),
        (at(9), at(12, 30) + 5 * HOUR, at(12, 30)),
        (at(9), at(8), at(9)),  # a clock that was put back
    ],
)
def test_a_check_in_is_closed_no_later_than_can_count_and_no_earlier_than_it_began(came, now, left):
    assert rules.closed(frame=FRAME, came=came, at=now) == Span(came, left)
