from datetime import date

import pytest

from qinghe.lib.verdicts import Refused
from qinghe.systems.reorganising import rules

DAY = date(2022, 6, 15)


def refused(check, **given):
    try:
        check(**given)
    except Refused as refusal:
        return refusal.code
    return None


@pytest.mark.parametrize(("state", "verdict"), [("draft", None), ("approved", "wrong_state")])
def test_only_a_draft_is_changed(state, verdict):
    assert refused(rules.check_draft, state=state) == verdict


@pytest.mark.parametrize(
    ("on", "verdict"), [(DAY, None), (date(2022, 6, 16), None), (date(2022, 6, 14), "day_passed")]
)
def test_a_plan_does_not_change_days_that_are_over(on, verdict):
    assert refused(rules.check_day, on=on, today=DAY) == verdict


@pytest.mark.parametrize(
    ("path", "verdict"),
    [("/D/S/B/", None), ("/D/S/", "outside_plan"), ("/D/T/B/", "outside_plan")],
)
def test_what_is_acted_on_stands_below_whose_plan_it_is(path, verdict):
    assert refused(rules.check_within, path=path, scope="/D/S/", name="某组织") == verdict


def test_what_receives_may_be_whose_plan_it_is():
    assert refused(rules.check_target, path="/D/S/", scope="/D/S/", name="某街道") is None
    assert refused(rules.check_target, path="/D/", scope="/D/S/", name="某区") == "outside_plan"


@pytest.mark.parametrize(("count", "verdict"), [(0, "no_steps"), (300, None), (301, "too_many")])
def test_a_plan_has_steps_and_not_too_many(count, verdict):
    assert refused(rules.check_steps, count=count) == verdict


@pytest.mark.parametrize(
    ("listed", "found", "verdict"),
    [(2, 2, None), (0, 3, None), (2, 1, "not_on_this_roll"), (0, 0, "nobody_named")],
)
def test_a_step_moves_whom_it_names_and_nobody_less(listed, found, verdict):
    assert refused(rules.check_members, listed=listed, found=found, name="某支部") == verdict


@pytest.mark.parametrize(
    ("kind", "members", "says"),
    [
        ("branch", 2, True),  # T-02, T-04
        ("branch", 3, False),
        ("branch", 51, True),  # T-04
        ("joint_branch", 2, False),
        ("league_committee", 2, False),
    ],
)
def test_the_preview_says_where_a_branch_is_too_small_or_too_large(kind, members, says):
    assert bool(rules.advice_on(kind=kind, members=members)) is says
