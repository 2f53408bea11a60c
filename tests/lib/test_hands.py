"""What hangs keeps a hand and nobody else; it comes back by itself (bar 44)."""

import threading
import time

import pytest

from qinghe.lib.hands import Hands


def until(holds):
    ends = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.005)


def test_what_is_done_in_time_is_returned_and_a_fault_raised_where_it_is_waited_for():
    hands = Hands(seconds=30, most=1)

    assert hands.lend(lambda hand: "done") == "done"
    with pytest.raises(ZeroDivisionError):
        hands.lend(lambda hand: 1 / 0)


def test_while_one_hangs_nobody_else_is_sent_and_after_it_all_is_as_before():
    hands, answer, undone = Hands(seconds=0.05, most=1), threading.Event(), []

    with pytest.raises(TimeoutError, match="nothing moves"):
        hands.lend(lambda hand: answer.wait(30), undo=undone.append)
    with pytest.raises(TimeoutError, match="others hang"):
        hands.lend(lambda hand: pytest.fail("it was sent"))
    answer.set()
    until(lambda: not hands._left)

    assert undone == [True]
    hands.seconds = 30
    assert hands.lend(lambda hand: "done") == "done"


def test_what_moves_is_waited_for_and_who_was_left_behind_stops_at_the_next_step():
    hands, begun, answer, met = Hands(seconds=0.05, most=1), [], threading.Event(), []

    def work(hand):
        begun.append(hand)
        answer.wait(30)
        try:
            hand.moved()
        except TimeoutError as told:
            met.append(told)
            raise

    with pytest.raises(TimeoutError):
        hands.lend(work)
    answer.set()
    until(lambda: not hands._left)

    assert len(begun) == len(met) == 1
