"""How lists of work shine: streets by lists, in the worst light of what each has to do."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.targets import models
from qinghe.systems.targets.rules.pace import LIGHTS, Light

from .board import Places
from .charges import spans_seen_by
from .lists import ListState, lists_seen_by
from .shares import standing_below

MOST_LISTS = 12
WORST_FIRST = (Light.RED, Light.YELLOW, Light.GREEN)


@dataclass(frozen=True)
class LightCell:
    """How many charges of a list shine in what at an organisation and all below it.

    `light` is the worst of it, to which `url` leads; `words` say it all: no colour is needed to read it.
    """

    light: Light
    words: str
    url: str


@dataclass(frozen=True)
class LightRow:
    """One organisation, with a cell for each list."""

    org: Org
    is_own: bool
    cells: Sequence[LightCell]


@dataclass(frozen=True)
class LightMap:
    """Organisations by lists in force; `left_out` are older lists that did not fit beside."""

    org: Org
    lists: Sequence[models.TaskList]
    rows: Sequence[LightRow]
    left_out: int


def light_map(actor: Actor, *, org: Org) -> LightMap:
    """Return how the lists in force shine at an organisation itself and at each right below it.

    One question counts all lights by list and organisation; a cell leads to the charges behind it.
    """
    every = list(lists_seen_by(actor).filter(state=ListState.PUBLISHED).order_by("-year", "-pk"))
    lists = every[:MOST_LISTS]
    columns = [org, *standing_below(actor, org)]
    counted = _counted(actor, org, lists, Places(columns))
    return LightMap(
        org=org,
        lists=lists,
        rows=[
            LightRow(
                org=one,
                is_own=place == 0,
                cells=[_cell(counted, place, one, task_list) for task_list in lists],
            )
            for place, one in enumerate(columns)
        ],
        left_out=len(every) - len(lists),
    )


def _counted(
    actor: Actor, org: Org, lists: Sequence[models.TaskList], place: Places
) -> Counter[tuple[int, int, str]]:
    """Count lights by column, list and colour."""
    lit = (
        spans_seen_by(actor)
        .filter(
            ended_on__isnull=True,
            charge__item__task_list__in=[one.pk for one in lists],
            charge__item__dropped_on__isnull=True,
            charge__org__path__startswith=org.path,
        )
        .order_by()
        .values_list("charge__org__path", "charge__item__task_list", "light")
    )
    counted: Counter[tuple[int, int, str]] = Counter()
    for path, task_list, light, number in lit.annotate(number=Count("pk")):
        column = place.of(path)
        if column is not None:
            counted[column, task_list, light] += number
    return counted


def _cell(
    counted: Counter[tuple[int, int, str]], place: int, org: Org, task_list: models.TaskList
) -> LightCell:
    counts = {light: counted[place, task_list.pk, light.value] for light in WORST_FIRST}
    lit = [light for light, count in counts.items() if count]
    if not lit:
        return LightCell(Light.NONE, "", "")
    asked = {"org": org.code, "list": task_list.pk, "light": lit[0].value}
    if place == 0:
        asked["own"] = "1"
    words = " ".join(f"{LIGHTS[light][0]}{counts[light]}" for light in lit)
    return LightCell(lit[0], words, f"{reverse('targets:charges')}?{urlencode(asked)}")
