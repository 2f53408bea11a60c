"""When a place is open, in minutes of a day."""

from datetime import date

import pytest

from qinghe.lib import workdays
from qinghe.lib.verdicts import Refused
from qinghe.systems.venues import rules
from qinghe.systems.venues.rules import Hours, Stretch, Week

from .makers import AFTERNOON, MONDAY, MORNING, SUNDAY, WEEKDAYS

EVENING = Stretch(1140, 1260)
NATIONAL_DAY = date(2022, 10, 3)
HOURS = Hours((Week(SUNDAY, True, WEEKDAYS),), {}, workdays.is_holiday)


@pytest.mark.parametrize(
    ("typed", "stretches"),
    [
        ("", ()),
        ("09:00-12:00", (MORNING,)),
        ("14:00-18:00、9:00—12:00", (MORNING, AFTERNOON)),
        ("9：00至12：00", (MORNING,)),
        ("00:00-24:00", (Stretch(0, 1440),)),
    ],
)
def test_hours_are_read_as_people_write_them(typed, stretches):
    assert rules.stretches_of(typed) == stretches


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("九点到十二点", "time_unclear"),
        ("25:00-26:00", "time_unclear"),
        ("24:30-24:50", "time_unclear"),
        ("12:00-09:00", "time_unclear"),
        ("09:00-12:00、11:00-13:00", "hours_overlap"),
    ],
)
def test_hours_that_make_no_sense_are_refused(typed, code):
    with pytest.raises(Refused) as refused:
        rules.stretches_of(typed)

    assert refused.value.code == code


def test_a_day_is_open_by_its_week_unless_it_is_special_or_a_holiday():
    special = Hours(HOURS.weeks, {MONDAY: (EVENING,), date(2022, 7, 5): ()}, HOURS.is_holiday)

    assert HOURS.on(MONDAY) == (MORNING, AFTERNOON)
    assert HOURS.on(SUNDAY) == ()
    assert HOURS.on(date(2022, 6, 27)) == ()  # before the hours hold
    assert HOURS.on(NATIONAL_DAY) == ()
    assert special.on(MONDAY) == (EVENING,)
    assert special.on(date(2022, 7, 5)) == ()


def test_who_opens_on_holidays_is_open_on_them():
    hours = Hours((Week(SUNDAY, False, WEEKDAYS),), {}, workdays.is_holiday)

    assert hours.on(NATIONAL_DAY) == (MORNING, AFTERNOON)


def test_the_later_week_holds_from_its_day():
    later = Week(date(2022, 7, 6), True, {3: (EVENING,)})
    hours = Hours((*HOURS.weeks, later))

    assert hours.on(date(2022, 7, 5)) == (MORNING, AFTERNOON)
    assert hours.on(date(2022, 7, 6)) == (EVENING,)


@pytest.mark.parametrize(
    ("day", "minute", "words"),
    [
        (MONDAY, 600, "开放中，今天到 12:00"),
        (MONDAY, 720, "现在未开放，今天 14:00 开门"),
        (SUNDAY, 600, "现在未开放，明天 09:00 开门"),
        (date(2022, 7, 8), 1100, "现在未开放，7月11日（周一） 09:00 开门"),
    ],
)
def test_it_says_if_it_is_open_now_or_when_next(day, minute, words):
    assert rules.standing_of(HOURS, day=day, minute=minute) == words


def test_a_place_without_hours_is_not_open_soon():
    assert rules.standing_of(Hours(), day=MONDAY, minute=0) == "近两周不开放"


@pytest.mark.parametrize(
    ("stays", "covered", "gaps"),
    [
        ([], 0, [MORNING, AFTERNOON]),
        ([MORNING, AFTERNOON], 420, []),
        ([Stretch(480, 1200)], 420, []),
        ([Stretch(540, 600), Stretch(570, 630)], 90, [Stretch(630, 720), AFTERNOON]),
        ([Stretch(600, 660)], 60, [Stretch(540, 600), Stretch(660, 720), AFTERNOON]),
        ([Stretch(540, 720), Stretch(550, 560)], 180, [AFTERNOON]),
    ],
)
def test_minutes_with_anybody_on_duty_count_once(stays, covered, gaps):
    assert rules.covered((MORNING, AFTERNOON), stays) == covered
    assert rules.gaps((MORNING, AFTERNOON), stays) == gaps


def test_weekdays_with_the_same_hours_stand_together():
    days = {1: (MORNING,), 2: (MORNING,), 3: (MORNING,), 6: (EVENING,)}

    assert rules.in_words(days) == "周一至周三 09:00–12:00；周六 19:00–21:00"


@pytest.mark.parametrize(
    ("came", "left", "stay"),
    [
        (530, 700, Stretch(530, 700)),
        (545, None, Stretch(545, 720)),  # forgot to sign off
        (540, 540, None),
    ],
)
def test_who_forgets_to_sign_off_stayed_until_the_end(came, left, stay):
    assert rules.stay_of(starts=540, ends=720, came=came, left=left) == stay
