"""The figures joining answers for."""

from qinghe.analytics.indicators import Indicator, Ratio

from . import numbers

INDICATORS: list[Indicator | Ratio] = [*numbers.INDICATORS]
