"""What lists of work tell analytics; questions that check their records."""

from qinghe.analytics.facts import Fact

FACTS: list[Fact] = []
