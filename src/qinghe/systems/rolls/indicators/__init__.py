"""The figures the rolls answer for."""

from qinghe.analytics.indicators import Indicator, Ratio

from .dues import DUES
from .members import MEMBERS

INDICATORS: list[Indicator | Ratio] = [*MEMBERS, *DUES]
