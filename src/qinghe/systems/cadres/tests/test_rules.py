"""The rules of terms, sizes, quorum, groups, secondments and points."""

from datetime import date

import pytest

from qinghe.lib.verdicts import Refused
from qinghe.systems.cadres import models, rules

TERMS = models.CadreTerms()


def code_of(do, **values):
    with pytest.raises(Refused) as refused:
        do(**values)
    return refused.value.code


@pytest.mark.parametrize(
    ("kind", "sector", "years"),
    [
        ("branch", "school", (1, 3)),  # students one year, teachers as others
        ("branch", "society", (2, 3)),
        ("joint_branch", "", (2, 3)),
        ("general_branch", "school", (2, 3)),
        ("league_committee", "school", (3, 5)),
    ],
)
def test_how_long_a_term_is(kind, sector, years):  # T-06
    assert rules.years_allowed(kind=kind, sector=sector, terms=TERMS) == years


def test_a_term_of_other_length_is_refused():
    assert code_of(rules.check_years, years=4, least=2, most=3) == "bad_years"
    rules.check_years(years=3, least=2, most=3)


def test_a_term_ends_after_its_years_and_is_called_to_mind_six_months_before():  # T-06
    ends = rules.term_end(day=date(2020, 2, 29), years=3)

    assert ends == date(2023, 2, 28)
    assert rules.warn_day(ends_on=ends, months=6) == date(2022, 8, 28)


@pytest.mark.parametrize(
    "kind", ["working_committee", "district_committee", "temporary_branch", "linking_branch"]
)
def test_who_does_not_elect(kind):  # T-01, T-07
    assert code_of(rules.check_elects, kind=kind, name="某组织") == "no_election"


@pytest.mark.parametrize(("present", "is_enough"), [(20, False), (21, True), (30, True)])
def test_more_than_two_thirds_make_a_quorum(present, is_enough):
    asked = {"entitled": 30, "present": present, "top": 2, "bottom": 3}
    if is_enough:
        rules.check_quorum(**asked)
    else:
        assert code_of(rules.check_quorum, **asked) == "no_quorum"


@pytest.mark.parametrize(("votes", "code"), [(10, "too_few_votes"), (21, "bad_numbers")])
def test_who_is_elected_has_more_than_half(votes, code):
    asked = {"present": 20, "percent": 50, "ballots": 20}

    assert code_of(rules.check_votes, votes=votes, **asked) == code
    rules.check_votes(votes=11, **asked)


@pytest.mark.parametrize(
    ("kind", "size"),
    [("branch", 2), ("branch", 6), ("general_branch", 4), ("league_committee", 12)],
)
def test_an_unusual_size_is_a_question_and_no_wall(kind, size):  # T-05
    assert code_of(rules.check_size, kind=kind, size=size, reason=" ") == "size_question"
    rules.check_size(kind=kind, size=size, reason="支部只有5名团员")


@pytest.mark.parametrize(
    ("kind", "size"),
    [("branch", 3), ("joint_branch", 5), ("general_branch", 7), ("league_committee", 15)],
)
def test_a_usual_size_is_not_asked_about(kind, size):
    rules.check_size(kind=kind, size=size, reason="")


@pytest.mark.parametrize(
    ("examiners", "code"),
    [({5}, "too_few_examiners"), ({1, 5}, "own_candidate"), ({2, 5}, "own_candidate")],
)
def test_a_group_is_two_others(examiners, code):
    asked = {"least": 2, "nominated_by": 1, "candidate": 2}

    assert code_of(rules.check_group, examiners=examiners, **asked) == code
    rules.check_group(examiners={5, 6}, **asked)


def test_nobody_is_decided_about_before_all_were_heard():
    assert code_of(rules.check_all_heard, verdicts=["fit", ""], least=2) == "not_heard"
    assert code_of(rules.check_all_heard, verdicts=["fit"], least=2) == "not_heard"
    rules.check_all_heard(verdicts=["fit", "unfit"], least=2)


def test_minors_are_not_in_the_reserve():
    young = {"birth_date": date(2005, 7, 4), "on": date(2022, 7, 3)}

    assert code_of(rules.check_grown_up, **young) == "too_young"
    rules.check_grown_up(birth_date=date(2004, 7, 3), on=date(2022, 7, 3))


@pytest.mark.parametrize(
    ("do", "values", "code"),
    [
        (rules.check_places, {"home": 1, "host": 1}, "same_org"),
        (
            rules.check_span,
            {"starts_on": date(2022, 7, 1), "ends_on": date(2022, 7, 1)},
            "wrong_order",
        ),
        (
            rules.check_span,
            {"starts_on": date(2022, 7, 1), "ends_on": date(2026, 7, 1)},
            "too_long",
        ),
        (
            rules.check_extension,
            {"was": date(2022, 7, 1), "until": date(2022, 7, 1)},
            "wrong_order",
        ),
        (rules.check_takes_cadres, {"kind": "street", "name": "横岗街道"}, "not_league"),
    ],
)
def test_what_a_secondment_cannot_be(do, values, code):
    assert code_of(do, **values) == code


def test_points_are_a_sum_of_merits():
    merits = rules.Merits(posts=2, terms=1, good=1, honour=1)

    assert rules.points_of(merits, terms=TERMS) == 2 * 2 + 5 + 10 + 8


def test_nobody_decides_about_themself_and_what_is_given_is_said():
    given = {"decision": "given", "decides": 1, "cadre": 2}

    assert code_of(rules.check_decision, **given, given=" ") == "given_needed"
    assert code_of(rules.check_decision, **(given | {"cadre": 1}), given="表扬") == "own_incentive"
    declined = given | {"decision": "declined"}
    assert code_of(rules.check_decision, **declined, given="表扬") == "given_unneeded"
