"""Days on which offices work: the State Council's calendar where it is known, else Monday to Friday."""

from datetime import date, timedelta

import chinese_calendar

ONE_DAY = timedelta(days=1)


def is_workday(day: date) -> bool:
    """Test if offices work on a day. Beyond the published calendar (I-07) weekends alone are off."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def workday_after(day: date, *, count: int) -> date:
    """Return the day that is so many working days after another, which itself does not count."""
    found = day
    while count:
        found += ONE_DAY
        count -= is_workday(found)
    return found


def is_holiday(day: date) -> bool:
    """Test if a day is off by the State Council's calendar and not as a mere weekend.

    Beyond the published calendar nothing is known to be one.
    """
    try:
        off, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return False
    return bool(off and name)
