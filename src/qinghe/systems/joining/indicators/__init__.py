"""The figures joining answers for."""

from . import (cases, numbers, recommending)
from qinghe.analytics.indicators import (Indicator, Ratio)

INDICATORS: list[Indicator | Ratio] = [*numbers.INDICATORS]
INDICATORS: list[Indicator | Ratio] = [*cases.INDICATORS]
INDICATORS: list[Indicator | Ratio] = [*numbers.INDICATORS, *recommending.INDICATORS]
