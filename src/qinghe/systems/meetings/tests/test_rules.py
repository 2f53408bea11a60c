"""What meetings allows, in tables."""

from datetime import UTC, date, datetime, timedelta

import pytest

from qinghe.lib.verdicts import Refused
from qinghe.systems.meetings import rules

NOON = datetime(2022, 7, 3, 4, 0, tzinfo=UTC)


def refusal(call):
    try:
        call()
    except Refused as refused:
        return refused.code
    return ""


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (3, "三"), (10, "十"), (12, "十二"), (20, "二十"), (21, "二十一"), (99, "九十九")],
)
def test_the_number_of_a_plenary_stays_in_chinese(number, words):  # G-51
    title = rules.title_of(body="联席会议", kind="plenary", number=number, topic="")

    assert title == f"联席会议第{words}次全体会议"


def test_a_special_sitting_says_what_it_is_on():
    assert rules.title_of(body="联席会议", kind="special", number=None, topic="暑期安全") == (
        "联席会议暑期安全专题会议"
    )


@pytest.mark.parametrize(
    ("came", "due", "percent", "expected"),
    [(2, 3, 50, True), (1, 2, 50, False), (2, 3, 66, True), (2, 3, 67, False), (0, 3, 0, False)],
)
def test_more_than_so_many_of_a_hundred_must_come(came, due, percent, expected):
    assert rules.has_quorum(came=came, due=due, percent=percent) is expected


def test_items_follow_each_other_on_an_agenda():
    found = rules.slots(starts_at=NOON, lengths=[10, 15])

    assert [slot.begins for slot in found] == [NOON, NOON + timedelta(minutes=10)]
    assert found[-1].ends == NOON + timedelta(minutes=25)


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: rules.check_reply(reply="", proxy="", reason=""), "reply_needed"),
        (lambda: rules.check_reply(reply="proxy", proxy=" ", reason=""), "proxy_needed"),
        (lambda: rules.check_reply(reply="leave", proxy="", reason=""), "reason_needed"),
        (lambda: rules.check_reply(reply="coming", proxy="", reason=""), ""),
        (lambda: rules.check_owner(has_owner=True, has_limit=False), "owner_needs_limit"),
        (lambda: rules.check_order(given=[1, 1], listed=[1, 2]), "wrong_places"),
        (lambda: rules.check_runs(kind="standing"), "only_registered"),
        (lambda: rules.check_above(kind="joint"), "not_above"),
        (lambda: rules.check_named(has_person=True, name="程某"), "name_needed"),
        (lambda: rules.check_minutes(text="一、", undecided=1), "wrong_state"),
        (lambda: rules.check_minutes(text=" ", undecided=0), "minutes_needed"),
        (lambda: rules.check_decides(state="called"), "not_held"),
        (
            lambda: rules.check_limit(due_on=date(2022, 7, 2), made_on=date(2022, 7, 3)),
            "wrong_order",
        ),
    ],
)
def test_what_is_refused(call, code):
    assert refusal(call) == code


@pytest.mark.parametrize(
    ("state", "before", "code"),
    [
        ("called", timedelta(hours=3), "door_closed"),
        ("called", timedelta(hours=1), ""),
        ("called", -timedelta(hours=1), ""),
        ("preparing", timedelta(0), "door_closed"),
        ("held", -timedelta(hours=1), "door_closed"),
    ],
)
def test_the_door_opens_two_hours_before_and_closes_when_held(state, before, code):
    assert refusal(lambda: rules.check_door(state=state, starts_at=NOON, at=NOON - before)) == code


def test_every_move_leads_to_a_state_that_exists():
    for moves in (rules.SITTING_MOVES, rules.ITEM_MOVES, rules.DECISION_MOVES):
        assert all(moves.values())
    assert (
        refusal(
            lambda: rules.check_move(rules.SITTING_MOVES, now="held", to="cancelled", what="会")
        )
        == "wrong_state"
    )
