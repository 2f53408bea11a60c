"""Days drawn for invented records."""

import itertools
from datetime import date, timedelta
from random import Random

from qinghe.demo.sizes import FROM, TO

DAYS = (TO - FROM).days + 1


def within(random: Random, *, first: date, last: date) -> date:
    """Draw a day between two days, both included."""
    return first + timedelta(days=random.randrange((last - first).days + 1))


def in_period(random: Random) -> date:
    """Draw a day of the period."""
    return within(random, first=FROM, last=TO)


def shares(total: int, weights: tuple[int, ...] | list[int]) -> list[int]:
    """Split a total by weights into whole shares that add up to it."""
    whole = sum(weights)
    cuts = [0]
    for weight in weights:
        cuts.append(cuts[-1] + weight)
    return [total * b // whole - total * a // whole for a, b in itertools.pairwise(cuts)]
