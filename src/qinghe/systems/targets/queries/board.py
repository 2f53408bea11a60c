"""Who has how much to do: the measures of a list by organisation, in a handful of questions."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.targets import models

from .lists import items_seen_by
from .shares import standing_below

MOST_HEAT = 4


@dataclass(frozen=True)
class Cell:
    """How often an organisation and those below it are named in a measure and its tasks."""

    leads: int
    joints: int
    shares: int

    @property
    def total(self) -> int:
        """Return all of it."""
        return self.leads + self.joints + self.shares

    @property
    def heat(self) -> int:
        """Return how dark the cell is, from nought to four."""
        return min(self.total, MOST_HEAT)

    @property
    def words(self) -> str:
        """Say what the number is made of."""
        told = (("牵头", self.leads), ("配合", self.joints), ("分解", self.shares))
        return "、".join(f"{label}{count}" for label, count in told if count) or "没有"


@dataclass(frozen=True)
class HeatRow:
    """One measure; `field` is the field it stands in, `cells` are in the order of the columns."""

    item: models.Item
    field: models.Item | None
    cells: list[Cell]


@dataclass(frozen=True)
class HeatMap:
    """A list by organisation: an organisation's own column first, then those right below it."""

    org: Org
    columns: list[Org]
    rows: list[HeatRow]
    totals: list[int]


def heat_map(actor: Actor, *, task_list: models.TaskList, org: Org) -> HeatMap:
    """Return how a list's measures lie on an organisation and on each right below it."""
    columns = [org, *standing_below(actor, org)]
    items = list(
        items_seen_by(actor).filter(task_list=task_list, dropped_on__isnull=True).order_by("path")
    )
    place = Places(columns)
    counted = {kind: _count(place, named) for kind, named in _named(task_list, items).items()}
    fields = {item.path: item for item in items if item.level == models.Item.Level.FIELD}
    rows = [
        HeatRow(
            item=item,
            field=fields.get(item.path[:4]),
            cells=[
                Cell(*(counted[kind][item.path, column] for kind in ("lead", "joint", "share")))
                for column in range(len(columns))
            ],
        )
        for item in items
        if item.level == models.Item.Level.MEASURE
    ]
    totals = [sum(row.cells[place].total for row in rows) for place in range(len(columns))]
    return HeatMap(org=org, columns=columns, rows=rows, totals=totals)


class Places:
    """Which column an organisation's path belongs to: one below the first, or the first itself."""

    def __init__(self, columns: Sequence[Org]) -> None:
        self.own = columns[0].path
        self.depth = len(self.own)
        self.by_step = {
            org.path[self.depth :].partition("/")[0]: place
            for place, org in enumerate(columns)
            if place
        }

    def of(self, path: str) -> int | None:
        """Return the column, or nothing outside of the map."""
        if not path.startswith(self.own):
            return None
        return self.by_step.get(path[self.depth :].partition("/")[0], 0)


def _named(
    task_list: models.TaskList, items: Sequence[models.Item]
) -> dict[str, Iterable[tuple[str, str]]]:
    """Return the paths of items, each with the path of an organisation that they name."""
    live = {"item__task_list": task_list, "item__dropped_on__isnull": True}
    joints = models.Joint.objects.filter(**live)
    shares = models.Share.objects.filter(**live, parent__isnull=False)
    return {
        "lead": [(item.path, item.lead.path) for item in items if item.lead],
        "joint": joints.values_list("item__path", "org__path"),
        "share": shares.values_list("item__path", "org__path"),
    }


def _count(place: Places, named: Iterable[tuple[str, str]]) -> Counter[tuple[str, int]]:
    """Count by measure and column; what a task names counts for its measure."""
    counted: Counter[tuple[str, int]] = Counter()
    for item, path in named:
        column = place.of(path)
        if column is not None:
            counted[item[:8], column] += 1
    return counted
