"""The figures joining answers for."""

from . import (cases, numbers)
from qinghe.analytics.indicators import (Indicator, Ratio)

INDICATORS: list[Indicator | Ratio] = [*numbers.INDICATORS]
INDICATORS: list[Indicator | Ratio] = [*cases.INDICATORS]
