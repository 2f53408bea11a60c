"""All that can be counted. Filled once, when the application starts, from the installed systems."""

from collections.abc import Iterable
from typing import TypeVar

from qinghe.lib.verdicts import Refused

from .checks import Check
from .facts import Fact
from .indicators import Indicator, Ratio

Declared = TypeVar("Declared")

FACTS: dict[str, Fact] = {}
INDICATORS: dict[str, Indicator | Ratio] = {}
CHECKS: dict[str, Check] = {}


def register(
    *,
    facts: Iterable[Fact] = (),
    indicators: Iterable[Indicator | Ratio] = (),
    checks: Iterable[Check] = (),
) -> None:
    """Add one system's declarations, refusing a name or code that is taken.

    An indicator over a fact that nobody declared is a mistake of the declaring system and raises.
    """
    for fact in facts:
        _add(FACTS, fact.name, fact)
    for indicator in indicators:
        for part in parts(indicator):
            if FACTS.get(part.over.name) is not part.over:
                raise ValueError(
                    f"{indicator.code} counts {part.over.name}, which is no known fact"
                )
        _add(INDICATORS, indicator.code, indicator)
    for check in checks:
        _add(CHECKS, check.code, check)


def parts(indicator: Indicator | Ratio) -> tuple[Indicator, ...]:
    """Return the indicators that read facts: both halves of a ratio, or the indicator itself."""
    if isinstance(indicator, Ratio):
        return (indicator.top, indicator.bottom)
    return (indicator,)


def indicator(code: str) -> Indicator | Ratio:
    """Find an indicator by its code.

    Raises Refused: unknown_indicator.
    """
    found = INDICATORS.get(code)
    if found is None:
        raise Refused("unknown_indicator", f"没有编号为“{code}”的指标，请核对编号。")
    return found


def _add(known: dict[str, Declared], key: str, declared: Declared) -> None:
    if known.setdefault(key, declared) is not declared:
        raise ValueError(f"{key} is declared twice")
