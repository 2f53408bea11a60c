"""The figures targets answers for."""

from qinghe.analytics.indicators import Indicator, Ratio

INDICATORS: list[Indicator | Ratio] = []
