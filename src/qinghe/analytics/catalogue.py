"""All that can be counted. Filled once, when the application starts, from the installed systems.

A code may be declared more than once, in different versions: the number was reported before a
system took it over. The highest version is the figure; the others stay as readings of it, so that
both can be compared for a period. What people define in the browser is asked for anew each time.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias, TypeVar

from qinghe.lib import periods
from qinghe.lib.periods import Period
from qinghe.lib.verdicts import Refused

from .checks import Check
from .facts import Fact
from .indicators import Indicator, Ratio, Time

Declared = TypeVar("Declared")
Source: TypeAlias = Callable[[], Iterable[Indicator]]

FACTS: dict[str, Fact] = {}
INDICATORS: dict[str, Indicator | Ratio] = {}  # the highest declared version of each code
OLDER: dict[str, tuple[Indicator | Ratio, ...]] = {}  # all others of a code, newest first
SOURCES: list[Source] = []
CHECKS: dict[str, Check] = {}


def register(
    *,
    facts: Iterable[Fact] = (),
    indicators: Iterable[Indicator | Ratio] = (),
    checks: Iterable[Check] = (),
) -> None:
    """Add one system's declarations, refusing a name or a version of a code that is taken.

    An indicator over a fact that nobody declared is a mistake of the declaring system and raises;
    so does another unit under a known code (G-57).
    """
    for fact in facts:
        _add(FACTS, fact.name, fact)
    for indicator in indicators:
        for part in parts(indicator):
            for fact in part.reads:
                if FACTS.get(fact.name) is not fact:
                    raise ValueError(f"{indicator.code} counts {fact.name}, which is no known fact")
        _add_reading(INDICATORS, OLDER, indicator)
    for check in checks:
        _add(CHECKS, check.code, check)


def add_source(source: Source) -> None:
    """Ask this for more indicators whenever figures are computed; adding it again changes nothing.

    A code that a system declares is the system's: what a source says of it is left out.
    """
    if source not in SOURCES:
        SOURCES.append(source)


def parts(indicator: Indicator | Ratio) -> tuple[Indicator, ...]:
    """Return the indicators that read facts: both halves of a ratio, or the indicator itself."""
    if isinstance(indicator, Ratio):
        return (indicator.top, indicator.bottom)
    return (indicator,)


def every() -> Mapping[str, Indicator | Ratio]:
    """Return the figure of each code: what systems declare, then what people have defined."""
    newest, _ = _defined()
    return {**INDICATORS, **newest}


def knows(code: str) -> bool:
    """Test if there is an indicator of this code; only one that people defined is looked up."""
    return code in INDICATORS or code in every()


def older() -> Mapping[str, tuple[Indicator | Ratio, ...]]:
    """Return all other readings of the codes that have any, newest first."""
    _, rest = _defined()
    return {**OLDER, **rest}


def readings(code: str) -> tuple[Indicator | Ratio, ...]:
    """Return all readings of a code, the figure itself first, then older ones.

    Raises Refused: unknown_indicator.
    """
    if code in INDICATORS:
        return (INDICATORS[code], *OLDER.get(code, ()))
    newest, rest = _defined()
    if code not in newest:
        raise Refused("unknown_indicator", f"没有编号为“{code}”的指标，请核对编号。")
    return (newest[code], *rest.get(code, ()))


def indicator(code: str) -> Indicator | Ratio:
    """Find an indicator by its code: its newest reading.

    Raises Refused: unknown_indicator.
    """
    return readings(code)[0]


def span_label(code: str, period: Period) -> str:
    """Name the days that a figure of a period tells of: for a quota of the year the year (G-58)."""
    return year_label(period) if is_yearly(code) else period.label


def is_yearly(code: str) -> bool:
    """Test if a figure holds for a calendar year; what systems declare is known without a look."""
    declared = INDICATORS.get(code)
    return _holds_a_year(declared) if declared else code in yearly()


def yearly() -> frozenset[str]:
    """Return the codes of the figures that hold for a calendar year, whatever the report's period."""
    known = every().items()
    return frozenset(code for code, one in known if _holds_a_year(one))


def _holds_a_year(indicator: Indicator | Ratio) -> bool:
    return parts(indicator)[0].time is Time.ANNUAL


def year_label(period: Period) -> str:
    """Name the year that such a figure of a period is of: 2022年全年."""
    return f"{periods.year(period.end.year).label}全年"


def _defined() -> tuple[dict[str, Indicator | Ratio], dict[str, tuple[Indicator | Ratio, ...]]]:
    """Return what people defined, by code; a version in another unit is no reading of the newest."""
    found: dict[str, list[Indicator | Ratio]] = {}
    for each in sorted(_from_sources(), key=lambda one: one.version, reverse=True):
        known = found.setdefault(each.code, [])
        if each.code not in INDICATORS and all(
            one.unit == each.unit and one.version != each.version for one in known
        ):
            known.append(each)
    newest = {code: known[0] for code, known in found.items() if known}
    return newest, {code: tuple(known[1:]) for code, known in found.items() if known[1:]}


def _from_sources() -> Iterator[Indicator]:
    for source in SOURCES:
        yield from source()


def _add_reading(
    newest: dict[str, Indicator | Ratio],
    rest: dict[str, tuple[Indicator | Ratio, ...]],
    declared: Indicator | Ratio,
) -> None:
    code = declared.code
    known = (newest[code], *rest.get(code, ())) if code in newest else ()
    for one in known:
        if one is declared:
            return
        if one.version == declared.version:
            raise ValueError(f"{code} is declared twice")
        if one.unit != declared.unit:
            raise ValueError(f"{code} is counted in {one.unit} and in {declared.unit}")
    first, *others = sorted((*known, declared), key=lambda one: one.version, reverse=True)
    newest[code] = first
    if others:
        rest[code] = tuple(others)


def _add(known: dict[str, Declared], key: str, declared: Declared) -> None:
    if known.setdefault(key, declared) is not declared:
        raise ValueError(f"{key} is declared twice")
