"""The figures joining answers for."""

from qinghe.analytics.indicators import Indicator, Ratio

from . import cases, numbers

INDICATORS: list[Indicator | Ratio] = [*cases.INDICATORS, *numbers.INDICATORS]
