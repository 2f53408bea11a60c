"""Figures of all organisations of a folder, as rows that two engines can be compared by."""

from collections.abc import Iterator

from qinghe.analytics import catalogue, reckoning
from qinghe.lib.periods import Period

from .folder import Folder
from .gathered import Engine, Gathered

Row = dict[str, object]


def figures_of(folder: Folder, engine: Engine, period: Period) -> Iterator[Row]:
    """Count every indicator and yield a row for each of its organisations, in the order of both.

    Raises Refused: facts_outdated.
    """
    store = Gathered(folder, engine, facts=catalogue.FACTS.values())
    named = store.organisations()
    found = reckoning.figures(store, catalogue.every().values(), period)
    for code in sorted(found):
        states = found.states[code]
        for key, exact in found.column(code).items():
            district, org = named[key]
            yield {
                "code": code,
                "district": f"{district:06d}",
                "org": org,
                "period": period.name,
                "value": None if exact is None else f"{exact:f}",
                "state": states[key].value,
            }
