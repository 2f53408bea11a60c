"""The rules of the road as tables (rules §1.2, T-10 … T-14)."""

from datetime import date, timedelta

import pytest

from qinghe.lib import workdays
from qinghe.lib.verdicts import Refused
from qinghe.systems.joining import rules
from qinghe.systems.joining.rules import Standing, Terms

DAY = date(2022, 7, 3)
TERMS = Terms()


def code_of(check, *arguments, **named):
    try:
        check(*arguments, **named)
    except Refused as refusal:
        return refusal.code
    return ""


@pytest.mark.parametrize(
    ("birth_date", "code"),
    [
        (date(2008, 7, 3), ""),  # fourteen today
        (date(2008, 7, 4), "wrong_age"),  # tomorrow
        (date(1994, 7, 4), ""),  # twenty-seven, for one more day
        (date(1994, 7, 3), "wrong_age"),  # twenty-eight today
        (None, "age_unknown"),
    ],
)
def test_an_applicant_is_fourteen_and_not_yet_twenty_eight(birth_date, code):
    assert code_of(rules.check_age, birth_date=birth_date, on=DAY, terms=TERMS) == code


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2022, 1, 31), 1, date(2022, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2022, 11, 30), 3, date(2023, 2, 28)),
        (date(2022, 12, 5), 1, date(2023, 1, 5)),
        (date(2022, 2, 5), 3, date(2022, 5, 5)),
        (date(2022, 7, 3), -168, date(2008, 7, 3)),
    ],
)
def test_months_are_those_of_the_calendar(day, months, then):
    assert rules.months_after(day, months=months) == then


@pytest.mark.parametrize(
    ("on", "quarters", "lacking"),
    [
        (date(2022, 5, 5), 32, 0),
        (date(2022, 5, 4), 32, 1),  # a day before three months are over
        (date(2022, 5, 5), 31, 1),  # a quarter of 学时 short
        (date(2022, 5, 4), 31, 2),
    ],
)
def test_cultivation_lasts_three_months_and_eight_hours(on, quarters, lacking):
    standing = Standing(step=5, days={3: date(2022, 2, 5)}, quarters=quarters)

    assert len(rules.why_not_yet(standing, on=on, terms=TERMS)) == lacking


@pytest.mark.parametrize(
    ("on", "unanswered", "upheld", "lacking"),
    [
        (date(2022, 5, 25), 0, 0, 0),
        (date(2022, 5, 24), 0, 0, 1),  # its last day is still the notice's
        (date(2022, 5, 25), 1, 0, 1),
        (date(2022, 5, 25), 0, 1, 1),
    ],
)
def test_a_notice_runs_out_and_every_objection_is_answered(on, unanswered, upheld, lacking):
    standing = Standing(step=8, until=date(2022, 5, 24), unanswered=unanswered, upheld=upheld)

    assert len(rules.why_not_yet(standing, on=on, terms=TERMS)) == lacking


def test_a_notice_is_counted_in_working_days():
    until = rules.notice_until(date(2022, 9, 29), days=5)

    assert until == date(2022, 10, 11)  # 国庆 is off until the 7th; the 8th and 9th are worked
    assert workdays.is_workday(until)


@pytest.mark.parametrize(
    ("hours", "number", "terms", "code"),
    [
        (20, "Z1", TERMS, ""),
        (19, "Z1", TERMS, "too_few_hours"),
        (20, " ", TERMS, "not_a_volunteer"),
        (0, "", Terms(needs_volunteer=False, volunteer_hours=0), ""),  # T-13: places differ
        (10, "Z1", Terms(volunteer_hours=10), ""),
    ],
)
def test_service_is_asked_for_as_the_terms_say(hours, number, terms, code):
    assert code_of(rules.check_volunteer, hours=hours, number=number, terms=terms) == code


PAPER = {
    "last_lesson": date(2022, 5, 1),
    "wished": date(2022, 5, 2),
    "opinion": date(2022, 5, 3),
    "meeting": date(2022, 5, 4),
    "approval": date(2022, 5, 5),
}


def test_days_of_the_paper_may_follow_on_each_other():
    assert code_of(rules.check_days_of_paper, **PAPER) == ""


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("最后一次团课", "入团志愿"),
        ("入团志愿", "介绍人意见"),
        ("介绍人意见", "支部大会决议"),
        ("支部大会决议", "上级审批意见"),
    ],
)
def test_days_of_the_paper_strictly_increase_and_the_two_are_named(earlier, later):
    names = dict(
        zip(
            ("最后一次团课", "入团志愿", "介绍人意见", "支部大会决议", "上级审批意见"),
            PAPER,
            strict=True,
        )
    )
    same = {**PAPER, names[later]: PAPER[names[earlier]]}

    with pytest.raises(Refused) as refusal:
        rules.check_days_of_paper(**same)

    assert refusal.value.code == "wrong_order"
    assert f"{later}（" in refusal.value.reason
    assert f"{earlier}（" in refusal.value.reason


@pytest.mark.parametrize(
    ("entitled", "present", "code"),
    [(10, 6, ""), (10, 5, "no_quorum"), (11, 6, ""), (11, 5, "no_quorum"), (1, 1, "")],
)
def test_more_than_half_must_come(entitled, present, code):
    assert code_of(rules.check_quorum, entitled=entitled, present=present) == code


@pytest.mark.parametrize(
    ("entitled", "agreed", "carried"), [(10, 6, True), (10, 5, False), (11, 6, True), (9, 4, False)]
)
def test_more_than_half_of_those_entitled_must_agree(entitled, agreed, carried):
    assert rules.is_carried(entitled=entitled, agreed=agreed) is carried


@pytest.mark.parametrize(
    ("votes", "code"),
    [
        ((10, 9, 8, 0, 1), ""),
        ((10, 11, 11, 0, 0), "wrong_votes"),
        ((10, 9, 8, 0, 0), "wrong_votes"),
        ((10, 9, 8, 1, 1), "wrong_votes"),
    ],
)
def test_votes_add_up(votes, code):
    named = dict(zip(("entitled", "present", "agreed", "opposed", "abstained"), votes, strict=True))

    assert code_of(rules.check_every_vote, **named) == code


@pytest.mark.parametrize(
    ("people", "least", "most", "code"),
    [
        ([1], 1, 2, ""),
        ([1, 2], 1, 2, ""),
        ([], 1, 2, "wrong_sponsors"),
        ([1, 2, 3], 1, 2, "wrong_sponsors"),
        ([1], 2, 2, "wrong_sponsors"),  # introducers are exactly two
        ([1, 1], 2, 2, "wrong_sponsors"),
        ([1, 9], 2, 2, "wrong_sponsors"),  # the applicant
    ],
)
def test_sponsors_are_as_many_as_asked(people, least, most, code):
    told = {"least": least, "most": most, "what": "介绍人", "applicant": 9}

    assert code_of(rules.check_sponsors, people, **told) == code


@pytest.mark.parametrize(
    ("number", "due"),
    [(2, date(2022, 2, 10)), (12, date(2022, 6, 30)), (15, date(2022, 7, 6)), (6, None)],
)
def test_limits_are_a_month_for_talk_and_approval_and_thirty_days_for_the_archive(number, due):
    days = {1: date(2022, 1, 10), 11: date(2022, 5, 30), 12: date(2022, 6, 6)}

    assert rules.due_of(number, days=days, limits={2: 1, 12: 1, 15: 30}) == due


@pytest.mark.parametrize(
    ("birth_date", "last", "lapsed"),
    [
        (date(1994, 7, 3), DAY, True),
        (date(1994, 7, 4), DAY, False),
        (date(2007, 1, 1), date(2021, 7, 3), True),
        (date(2007, 1, 1), date(2021, 7, 4), False),
    ],
)
def test_a_case_lapses_by_age_or_by_rest(birth_date, last, lapsed):
    why = rules.why_lapsed(birth_date=birth_date, last_day=last, today=DAY, terms=TERMS)

    assert bool(why) is lapsed


def test_the_track_tells_what_is_done_next_late_and_blocked():
    days = {1: date(2022, 1, 10), 2: date(2022, 1, 20)}

    def state(**changed):
        now = rules.Now(**({"step": 3, "is_going": True} | changed))
        return rules.track_of(now, days=days, told={}, today=DAY)[2].state

    track = rules.track_of(rules.Now(step=3, is_going=True), days=days, told={}, today=DAY)
    assert [mark.state for mark in track] == ["done"] * 2 + ["next"] + ["ahead"] * 12
    assert state(lacking=("还没有",)) == "blocked"
    assert state(due_on=DAY - timedelta(days=1)) == "late"
    assert state(due_on=DAY) == "next"
    assert state(is_going=False) == "stopped"
