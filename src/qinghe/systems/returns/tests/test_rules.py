from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinghe.lib.verdicts import Refused
from qinghe.systems.returns import rules
from qinghe.systems.returns.rules import Asks, Between, CellSpec, Entered, Standing, Worth

WHOLE = CellSpec("LOC-01", "支部数", unit="个")
MONEY = CellSpec("LOC-02", "经费", kind="hundredths", unit="万元")
ASKED = CellSpec("LOC-03", "是否设岗", kind="yes_no")
WORDS = CellSpec("LOC-04", "做法", kind="text")

DISTRICT = Standing(1, "district", "district")
STREET = Standing(2, "street", "street", above=(DISTRICT,))
COMMUNITY = Standing(3, "community", "community", above=(DISTRICT, STREET))
SCHOOL = Standing(4, "league_committee", "unit", "school", above=(DISTRICT, STREET))
BRANCH = Standing(5, "branch", "unit", "school", above=(DISTRICT, STREET, SCHOOL))
WORKING = Standing(6, "working_committee", "street", above=(DISTRICT, STREET))
OWN_SCHOOL = Standing(7, "league_committee", "unit", "school", above=(DISTRICT,))


def code_of(call, *args, **said):
    with pytest.raises(Refused) as refusal:
        call(*args, **said)
    return refusal.value.code


@pytest.mark.parametrize(
    ("org", "reviewer", "street"),
    [
        (DISTRICT, 1, None),
        (STREET, 1, 2),
        (COMMUNITY, 2, 2),
        (SCHOOL, 2, 2),
        (BRANCH, 2, 2),
        (WORKING, 1, 2),
        (OWN_SCHOOL, 1, None),
    ],
)
def test_whose_word_is_asked_and_under_which_street_it_counts(org, reviewer, street):
    assert rules.reviewer_of(org) == reviewer
    assert rules.street_of(org) == street


@pytest.mark.parametrize(
    ("cell", "entered", "hundredths"),
    [
        (WHOLE, Entered(Decimal(12)), 1200),
        (WHOLE, Entered(Decimal(0)), 0),
        (WHOLE, Entered(), None),
        (MONEY, Entered(Decimal("3.25")), 325),
        (ASKED, Entered(Decimal(1)), 100),
        (ASKED, Entered(Decimal(0)), 0),
    ],
)
def test_what_is_typed_is_kept_in_hundredths(cell, entered, hundredths):
    assert rules.worth_of(cell, entered).hundredths == hundredths


@pytest.mark.parametrize(
    ("cell", "entered", "code"),
    [
        (WHOLE, Entered(Decimal("1.5")), "not_whole"),
        (MONEY, Entered(Decimal("1.005")), "too_precise"),
        (WHOLE, Entered(Decimal(10) ** 14), "too_large"),
        (WHOLE, Entered(Decimal("NaN")), "too_large"),
        (WHOLE, Entered(text="三个"), "not_a_number"),
        (ASKED, Entered(Decimal(2)), "yes_or_no"),
        (WORDS, Entered(Decimal(2)), "not_a_text"),
        (WHOLE, Entered(Decimal(2), not_applicable=True, note="无"), "two_answers"),
        (WHOLE, Entered(not_applicable=True), "why_not_applicable"),
    ],
)
def test_what_a_cell_does_not_hold(cell, entered, code):
    assert code_of(rules.worth_of, cell, entered) == code


@pytest.mark.parametrize(
    ("worth", "kind", "words"),
    [
        (Worth(), "whole", ""),
        (Worth(0), "whole", "0"),
        (Worth(1250), "hundredths", "12.5"),
        (Worth(100), "yes_no", "是"),
        (Worth(0), "yes_no", "否"),
        (Worth(not_applicable=True, note="没有学校"), "whole", "不适用（没有学校）"),
        (Worth(text="好"), "text", "好"),
    ],
)
def test_how_a_value_is_said(worth, kind, words):
    assert rules.said(worth, kind=kind) == words


@pytest.mark.parametrize(
    ("worth", "last", "keys"),
    [
        (Worth(500), None, []),
        (Worth(50), None, ["least:LOC-01"]),
        (Worth(5000), None, ["most:LOC-01"]),
        (Worth(500), 10, []),
        (Worth(499), 10, ["jump:LOC-01"]),
        (Worth(1600), 10, ["jump:LOC-01"]),
        (Worth(100), 0, ["jump:LOC-01"]),
        (Worth(), 10, ["blank:LOC-01"]),
        (Worth(not_applicable=True, note="无"), 10, []),
    ],
)
def test_what_one_number_raises(worth, last, keys):
    cell = CellSpec("LOC-01", "支部", least=Decimal(1), most=Decimal(20), jump_percent=50)
    then = {} if last is None else {"LOC-01": Decimal(last)}

    found = rules.questions_about(
        cells=[cell], between=[], worths={"LOC-01": worth}, shown={}, last=then
    )

    assert [question.key for question in found] == keys


@pytest.mark.parametrize(
    ("operator", "holding"),
    [("<", {"1"}), ("<=", {"1", "2"}), ("=", {"2"}), (">=", {"2", "3"}), (">", {"3"})],
)
def test_what_two_numbers_raise(operator, holding):
    rule = Between("LOC-01", operator, "LOC-02")

    kept = {text for text in "123" if rule.holds(Decimal(text), Decimal(2))}

    assert kept == holding


def test_a_number_from_records_is_compared_but_not_asked_about():
    """T-45, where the appraisal is on the books and the registration is typed."""
    found = rules.questions_about(
        cells=[CellSpec("AFF-16", "注册"), CellSpec("AFF-14", "评议", least=Decimal(99))],
        between=[Between("AFF-16", "<=", "AFF-14")],
        worths={"AFF-16": Worth(500)},
        shown={"AFF-14": Decimal(4)},
        last={},
    )

    assert [question.key for question in found] == ["rule:AFF-16<=AFF-14"]


JULY = {"opens_on": date(2022, 7, 1), "closes_on": date(2022, 7, 10)}


@pytest.mark.parametrize(
    ("state", "day", "reason", "code"),
    [
        ("draft", 10, "", None),
        ("draft", 11, "", "locked"),
        ("draft", 11, "停电", None),
        ("sent_back", 31, "", None),
        ("submitted", 5, "", "wrong_state"),
        ("accepted", 5, "停电", "wrong_state"),
    ],
)
def test_when_a_filing_may_be_changed(state, day, reason, code):
    ask = {"state": state, "day": date(2022, 7, day), "reason": reason, **JULY}
    if code is None:
        assert rules.check_may_change(**ask) is None
    else:
        assert code_of(rules.check_may_change, **ask) == code


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (Asks(levels=["street"]), Asks(levels=["community"]), False),
        (Asks(levels=["street"]), Asks(levels=["street", "community"]), True),
        (Asks(levels=["unit"], sectors=["school"]), Asks(levels=["unit"]), True),
        (
            Asks(levels=["unit"], sectors=["school"]),
            Asks(levels=["unit"], sectors=["society"]),
            False,
        ),
        (Asks(kinds=["branch"]), Asks(levels=["unit"]), True),
    ],
)
def test_whether_two_forms_ask_the_same_organisations(one, other, both):
    assert rules.overlap(one, other) is both


STATES = ["draft", "submitted", "accepted", "sent_back"]


@given(st.lists(st.sampled_from(STATES), max_size=12))
def test_nothing_is_accepted_that_was_not_sent(wanted):
    state, road = "draft", ["draft"]
    for to in wanted:
        try:
            rules.check_move(now=state, to=to)
        except Refused:
            continue
        state = to
        road.append(to)

    assert all(
        road[place - 1] == "submitted" for place, now in enumerate(road) if now == "accepted"
    )


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_only_another_than_the_sender_accepts(sender, decider):
    if sender == decider:
        assert code_of(rules.check_not_own, sender_id=sender, decider_id=decider) == "own_filing"
    else:
        assert rules.check_not_own(sender_id=sender, decider_id=decider) is None


@given(
    st.decimals(
        min_value=-(10**9), max_value=10**9, places=2, allow_nan=False, allow_infinity=False
    )
)
def test_what_is_kept_is_exactly_what_was_typed(amount):
    assert rules.worth_of(MONEY, Entered(amount)).amount == amount


def test_codes_that_people_define_are_given_once():
    assert rules.next_code([]) == "LOC-01"
    assert rules.next_code(["LOC-01", "LOC-07"]) == "LOC-08"
    assert rules.next_code(["LOC-99"]) == "LOC-100"
