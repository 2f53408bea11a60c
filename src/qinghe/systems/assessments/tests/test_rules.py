"""Figures to marks, marks to totals, totals to ranks: whole hundredths all the way."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qinghe.lib.verdicts import Refused
from qinghe.systems.assessments import rules
from qinghe.systems.assessments.rules import Entered, FrozenItem, FrozenMarks, Scale, Scored, Step

SLOWLY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
RISING = Scale(1_000, steps=(Step(6_000, 600), Step(8_000, 800), Step(9_000, 1_000)))
FALLING = Scale(1_000, steps=(Step(0, 1_000), Step(300, 500), Step(1_000, 0)))
GOLDEN = (
    '{"items":[{"full":6000,"name":"甲","number":"1.1","sort":"normal"},'
    '{"full":500,"name":"乙","number":"1.2","sort":"bonus"}],'
    '"marks":[{"late":false,"marks":[5000,300],"name":"坂田街道","org":"440307013","state":"submitted"},'
    '{"late":true,"marks":[5100,100],"name":"横岗街道","org":"440307017","state":"submitted"}],'
    '"previous":"",'
    '"scheme":{"bonus_cap":200,"deduction_cap":500,"name":"考核","period":"2021","version":1}}'
)
GOLDEN_SHA = "85f328080a5ebf7fa4d56c09bf928dd44d6cb824b9bed9b53c057c666b09ed2c"


def refusal(call, *given, **told):
    with pytest.raises(Refused) as refused:
        call(*given, **told)
    return refused.value.code


@pytest.mark.parametrize(
    ("figure", "scale", "marks"),
    [
        (5_999, RISING, 0),
        (6_000, RISING, 600),
        (8_999, RISING, 800),
        (9_000, RISING, 1_000),
        (99_900, RISING, 1_000),
        (0, FALLING, 1_000),
        (299, FALLING, 1_000),
        (300, FALLING, 500),
        (5_000, FALLING, 0),
        (-100, FALLING, 0),
        (0, Scale(1_000, target=300), 0),
        (-500, Scale(1_000, target=300), 0),
        (100, Scale(1_000, target=300), 333),
        (200, Scale(1_000, target=300), 667),  # rounded half up, once
        (300, Scale(1_000, target=300), 1_000),
        (900, Scale(1_000, target=300), 1_000),
        (1, Scale(1, target=2), 1),  # exactly half a hundredth
    ],
)
def test_a_figure_earns_its_marks(figure, scale, marks):
    assert rules.marks_for(figure, scale=scale) == marks


@SLOWLY
@given(
    figure=st.integers(-(10**9), 10**9), full=st.integers(1, 100_000), target=st.integers(1, 10**9)
)
def test_in_proportion_nobody_earns_less_than_nothing_or_more_than_all(figure, full, target):
    earned = rules.marks_for(figure, scale=Scale(full, target=target))

    assert 0 <= earned <= full
    assert (earned == full) or figure < target


@pytest.mark.parametrize(
    ("scale", "code"),
    [
        (Scale(1_000), "wrong_scale"),
        (Scale(1_000, target=5, steps=(Step(0, 1),)), "wrong_scale"),
        (Scale(1_000, target=0), "wrong_scale"),
        (Scale(1_000, steps=(Step(0, 1), Step(0, 2))), "wrong_scale"),
        (Scale(1_000, steps=(Step(0, 1_001),)), "wrong_scale"),
    ],
)
def test_a_rule_that_tells_no_marks_is_refused(scale, code):
    assert refusal(rules.check_scale, scale) == code


def test_bonus_and_deduction_stay_within_their_caps_and_nobody_falls_below_nought():
    scored = [Scored("normal", 8_000), Scored("bonus", 300), Scored("bonus", 400)]
    some = rules.total_of(scored, bonus_cap=500, deduction_cap=1_000)
    bad = rules.total_of([Scored("deduction", 900)], bonus_cap=0, deduction_cap=1_000)

    assert (some.normal, some.bonus, some.whole) == (8_000, 500, 8_500)
    assert bad.whole == 0


@pytest.mark.parametrize(
    ("marks", "wanted", "combine", "settled"),
    [
        ([], 1, "mean", None),
        ([500], 1, "mean", 500),
        ([500], 2, "mean", None),
        ([500, 601], 2, "mean", 551),  # 550.5 rounds up
        ([500, 601], 2, "agreed", None),
        ([601, 601], 2, "agreed", 601),
    ],
)
def test_reviews_settle_marks(marks, wanted, combine, settled):
    assert rules.settled(marks, wanted=wanted, combine=combine) == settled


@SLOWLY
@given(st.lists(st.integers(0, 10_500), min_size=1, max_size=40))
def test_equals_share_a_rank_and_no_rank_is_left_out(totals):
    ranks = rules.dense_ranks(totals)

    assert set(ranks) == set(range(1, len(set(totals)) + 1))
    for one, rank in zip(totals, ranks, strict=True):
        assert all((one > other) == (rank < its) for other, its in zip(totals, ranks, strict=True))


def test_a_ranking_follows_from_its_frozen_text_to_the_byte():
    """Bar 19."""
    items = [FrozenItem("1.1", "甲", "normal", 6_000), FrozenItem("1.2", "乙", "bonus", 500)]
    marks = [
        FrozenMarks("440307017", "横岗街道", "submitted", True, (5_100, 100)),
        FrozenMarks("440307013", "坂田街道", "submitted", False, (5_000, 300)),
    ]
    scheme = {
        "version": 1, "period": "2021", "name": "考核", "bonus_cap": 200, "deduction_cap": 500,
    }  # fmt: skip

    text = rules.frozen_text(scheme=scheme, items=items, marks=reversed(marks), previous="")
    outcome = rules.outcome_text(rules.reckon(text))

    assert text == GOLDEN
    assert [(p.rank, p.tied, p.org, p.total) for p in rules.places_in(outcome)] == [
        (1, True, "440307013", 5_200),
        (1, True, "440307017", 5_200),
    ]
    assert rules.fingerprint(text, outcome) == GOLDEN_SHA
    assert rules.holds(inputs=text, outcome=outcome, sha256=GOLDEN_SHA)


def test_one_changed_mark_is_found_out():
    outcome = rules.outcome_text(rules.reckon(GOLDEN))
    changed = json.loads(GOLDEN)
    changed["marks"][0]["marks"][0] += 1
    text = json.dumps(changed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    assert not rules.holds(inputs=text, outcome=outcome, sha256=GOLDEN_SHA)
    assert not rules.holds(
        inputs=GOLDEN, outcome=outcome.replace("5200", "5300"), sha256=GOLDEN_SHA
    )
    told = {"inputs": text, "outcome": outcome, "sha256": GOLDEN_SHA}
    assert refusal(rules.check_holds, **told) == "ranking_broken"


@pytest.mark.parametrize(
    ("holdings", "stands_there", "is_refused"),
    [
        (["/440307/"], False, False),
        (["/440307/440307017/"], False, True),
        (["/440307/440307017/440307017901/"], False, True),
        (["/440307/440307013/"], False, False),
        (["/440307/"], True, True),
    ],
)
def test_who_is_of_the_organisation_does_not_review_it(holdings, stands_there, is_refused):
    told = {"holdings": holdings, "org_path": "/440307/440307017/", "stands_there": stands_there}

    if is_refused:
        assert refusal(rules.check_another_org, **told) == "own_org"
    else:
        rules.check_another_org(**told)


@pytest.mark.parametrize(
    ("entered", "code"),
    [
        (Entered("1.1", None, 500, True, "", False, 0), "not_complete"),
        (Entered("1.1", 501, 500, True, "有", False, 0), "wrong_marks"),
        (Entered("1.1", 400, 500, True, " ", False, 0), "not_complete"),
        (Entered("1.1", 400, 500, True, "有", True, 0), "evidence_needed"),
    ],
)
def test_what_lacks_in_a_self_score_is_named(entered, code):
    assert refusal(rules.check_complete, [entered]) == code


def test_a_bonus_may_be_left_empty_and_nought_needs_no_reason():
    rules.check_complete(
        [
            Entered("1.1", 0, 500, True, "", True, 0),
            Entered("2.1", None, 500, False, "", True, 0),
            Entered("1.2", 400, 500, True, "有", True, 1),
        ]
    )


def test_a_scheme_adds_up_before_it_is_published():
    told = {"full": 10_000, "empty_headings": 0}

    rules.check_adds_up(normal=[4_000, 6_000], **told)
    assert refusal(rules.check_adds_up, normal=[4_000, 5_999], **told) == "does_not_add_up"
    assert refusal(rules.check_adds_up, normal=[], **told) == "does_not_add_up"
    told["empty_headings"] = 1
    assert refusal(rules.check_adds_up, normal=[10_000], **told) == "does_not_add_up"


def test_a_ranking_waits_for_the_last_day_and_the_last_answer():
    last = date(2022, 7, 8)

    rules.check_over(today=date(2022, 7, 9), last=last, still_open=0)
    assert refusal(rules.check_over, today=last, last=last, still_open=0) == "too_early"
    told = {"today": date(2022, 7, 9), "last": last, "still_open": 1}
    assert refusal(rules.check_over, **told) == "too_early"
    rules.check_in_time(today=last, last=last)
    assert refusal(rules.check_in_time, today=date(2022, 7, 9), last=last) == "too_late"


def test_a_decimal_becomes_hundredths_once_and_comes_back():
    assert rules.in_hundredths(Decimal("97.125")) == 9_713
    assert rules.as_decimal(9_713) == Decimal("97.13")
    assert (rules.in_words(50), rules.in_words(None)) == ("0.50", "—")
