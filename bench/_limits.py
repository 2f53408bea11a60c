"""Limits and peers: each bench has a tuple of them, LIMITS, over the names of what it measures."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from qinghe.config.proof.measured import Figure

Limit = Callable[[Mapping[str, object]], Figure | None]


def at_most(what: str, limit: float) -> Limit:
    """Return the limit that a measured value may not pass."""
    return partial(_against, what, limit=limit, sense="≤")


def at_least(what: str, limit: float) -> Limit:
    """Return the limit that a measured value must reach."""
    return partial(_against, what, limit=limit, sense="≥")


def figures(limits: Iterable[Limit], values: Mapping[str, object]) -> tuple[Figure, ...]:
    """Return what was measured against each limit; what could not be measured is left out."""
    return tuple(figure for limit in limits if (figure := limit(values)) is not None)


def _against(what: str, values: Mapping[str, object], *, limit: float, sense: str) -> Figure | None:
    value = values.get(what)
    if not isinstance(value, int | float):
        return None
    return Figure(what, value, sense, limit, _share(value, limit=limit, sense=sense))


def _share(value: float, *, limit: float, sense: str) -> float:
    """Return the share of the limit that was used; of a limit of nothing, all or too much."""
    top, bottom = (value, limit) if sense == "≤" else (limit, value)
    if bottom:
        return top / bottom
    return 2.0 if top else 0.0
