"""What joining tells analytics; questions that check its records."""

from qinghe.analytics.checks import Check
from qinghe.analytics.facts import Fact

from . import cases, numbers, ratios

FACTS: list[Fact] = [*cases.FACTS, *numbers.FACTS, *ratios.FACTS]
CHECKS: list[Check] = [*cases.CHECKS, *numbers.CHECKS]
