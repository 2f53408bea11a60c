"""Working days: the State Council's calendar, and weekends where it says nothing (I-07)."""

from datetime import date

import pytest

from qinghe.lib.workdays import is_workday, workday_after


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2022, 4, 24), True),  # a Sunday that makes up for a holiday
        (date(2022, 5, 4), False),  # a Wednesday that is a holiday
        (date(2022, 7, 4), True),
        (date(2035, 6, 2), False),  # a Saturday beyond the published calendar
        (date(2035, 6, 4), True),
    ],
)
def test_offices_work_on_working_days(day, works):
    assert is_workday(day) is works


def test_the_fifteenth_working_day_passes_over_the_national_day():
    assert workday_after(date(2022, 9, 28), count=15) == date(2022, 10, 24)
