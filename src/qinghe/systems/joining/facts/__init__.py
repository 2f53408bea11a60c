"""What joining tells analytics."""

from qinghe.analytics.facts import Fact

from . import numbers

FACTS: list[Fact] = [*numbers.FACTS]
CHECKS = (*numbers.CHECKS,)
