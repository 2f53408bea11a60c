"""Days drawn for invented records."""

from datetime import date, timedelta
from random import Random

from qinghe.demo.sizes import FROM, TO


def within(random: Random, *, first: date, last: date) -> date:
    """Draw a day between two days, both included."""
    return first + timedelta(days=random.randrange((last - first).days + 1))


def in_period(random: Random) -> date:
    """Draw a day of the period."""
    return within(random, first=FROM, last=TO)
