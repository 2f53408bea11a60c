"""The one thing a system shows the rest of the platform."""

from collections.abc import Callable
from dataclasses import dataclass

from ninja import Router

from qinghe.analytics.checks import Check
from qinghe.analytics.facts import Fact
from qinghe.analytics.indicators import Indicator, Ratio
from qinghe.edges.sheets import Sheet
from qinghe.kernel.access.actors import Actor, Grant
from qinghe.kernel.people.models import Person


@dataclass(frozen=True)
class MenuItem:
    """One entry of the left menu, shown to those who may do its act somewhere."""

    label: str
    url_name: str
    act: str
    group: str = "业务"


@dataclass(frozen=True)
class Line:
    """One record in a list made for a reader who came from a figure."""

    pk: int
    title: str
    cells: tuple[tuple[str, str], ...] = ()
    url: str = ""


@dataclass(frozen=True)
class RecordKind:
    """How the records behind a figure are shown: asked for by ids, answered for one actor."""

    model: str
    label: str
    rows: Callable[[Actor, list[int]], list[Line]]


@dataclass(frozen=True)
class System:
    """The manifest of a system: everything it plugs in."""

    slug: str
    label: str
    urls: str
    menu: tuple[MenuItem, ...] = ()
    router: Router | None = None
    grants: tuple[Grant, ...] = ()
    facts: tuple[Fact, ...] = ()
    indicators: tuple[Indicator | Ratio, ...] = ()
    checks: tuple[Check, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    records: tuple[RecordKind, ...] = ()
    about_person: Callable[[Actor, Person], list[Line]] | None = None


INSTALLED: list[System] = []


def record_kind(model: str) -> RecordKind | None:
    """Return how the installed systems show records of a model."""
    kinds = (kind for installed in INSTALLED for kind in installed.records)
    return next((kind for kind in kinds if kind.model == model), None)
