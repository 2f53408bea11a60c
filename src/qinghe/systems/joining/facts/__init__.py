"""What joining tells analytics; questions that check its records."""

from . import (cases, numbers, recommending)
from qinghe.analytics.checks import (Check)
from qinghe.analytics.facts import (Fact)

FACTS: list[Fact] = [*numbers.FACTS, *recommending.FACTS]
CHECKS = (*numbers.CHECKS,)
FACTS: list[Fact] = [*cases.FACTS]
CHECKS: list[Check] = [*cases.CHECKS]
