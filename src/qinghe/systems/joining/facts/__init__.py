"""What joining tells analytics."""

from qinghe.analytics.facts import Fact

FACTS: list[Fact] = []
