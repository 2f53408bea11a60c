"""The figures joining answers for."""

from qinghe.analytics.indicators import Indicator, Ratio

from . import cases, numbers, ratios

INDICATORS: list[Indicator | Ratio] = [
    *cases.INDICATORS,
    *numbers.INDICATORS,
    *ratios.INDICATORS,
]
