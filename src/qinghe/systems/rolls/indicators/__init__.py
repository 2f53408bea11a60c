"""The figures the rolls answer for."""

from qinghe.analytics.indicators import Indicator, Ratio

from .dues import DUES
from .members import EXPULSIONS, MEMBERS

INDICATORS: list[Indicator | Ratio] = [*MEMBERS, *DUES]

__all__ = ["EXPULSIONS", "INDICATORS"]
