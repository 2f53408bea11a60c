"""Writes down what the code declares: who may do what, what is counted, which states and addresses.

Each page is a function of what is in the repository and of nothing else: no clock, no database, no
order of a set. So a page changes only when the code does, and a stale page is found by comparing.
"""

import importlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings
from django.db.models import Field, Model
from django.urls import URLPattern, URLResolver

from qinghe.analytics.indicators import Indicator, Ratio
from qinghe.edges import system
from qinghe.edges.system import System
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Grant, Role
from qinghe.kernel.access.levels import DataField, Level
from qinghe.reports.half_year.required import WANTED, Wanted

from . import contract, urls
from .markdown import WRITTEN_BY, Row, table, text
from .proof import pages as proof

GENERATED = "generated"  # all in this folder is written here; outside of it, the pages of proof and facts-contract.md


def all_pages() -> dict[str, str]:
    """Return every page by its path in docs/."""
    declared = {
        "access.md": access(actors.GRANTS, systems=system.INSTALLED),
        "data.md": data(levels.REGISTER),
        "indicators.md": indicators(system.INSTALLED, wanted=WANTED),
        "openapi.json": openapi(),
        "states.md": states(),
        "urls.md": addresses(),
    }
    in_folder = {f"{GENERATED}/{name}": text for name, text in declared.items()}
    shared = {"facts-contract.md": contract.page()}
    return in_folder | shared | proof.all_pages(settings.ROOT)


def write(folder: Path) -> list[str]:
    """Write the pages that differ, remove what is none of them, and return the names of both."""
    (folder / GENERATED).mkdir(parents=True, exist_ok=True)
    pages = all_pages()
    changed = stale(folder, pages=pages)
    for name in changed:
        if name in pages:
            (folder / name).write_text(pages[name], encoding="utf-8")
        else:
            (folder / name).unlink()
    return changed


def stale(folder: Path, *, pages: Mapping[str, str] | None = None) -> list[str]:
    """Return the names of the files that are missing, differ, or are no page at all."""
    wanted = all_pages() if pages is None else pages
    extra = (f"{GENERATED}/{path.name}" for path in (folder / GENERATED).glob("*"))
    found = {name: path for name in {*wanted, *extra} if (path := folder / name).is_file()}
    return sorted(
        name
        for name in wanted.keys() | found.keys()
        if name not in wanted
        or name not in found
        or found[name].read_text(encoding="utf-8") != wanted[name]
    )


# ── Who may do what ──────────────────────────────────────────────────────────────────────────────


def access(grants: Iterable[Grant], *, systems: Iterable[System]) -> str:
    """Return every act with the reach that each role has, by the word that begins its name."""
    lines = [
        "# Who may do what",
        "",
        WRITTEN_BY,
        "",
        "`own`: at the organisation where the role is held. `below`: there and at all under it.",
        "An empty cell: not at all. State rules (what is still open, what is over) come on top.",
    ]
    heading = ["act", *(f"{role.label}<br>`{role.value}`" for role in Role)]
    reaches = {(str(grant.act), grant.role): grant.reach.value for grant in grants}
    labels = {_owner(grant.act): f" · {each.label}" for each in systems for grant in each.grants}
    acts = sorted({act for act, _ in reaches})
    for owner, owned in groupby(acts, key=_owner):
        rows = [[f"`{act}`", *(reaches.get((act, role), "") for role in Role)] for act in owned]
        lines += ["", f"## {owner}{labels.get(owner, '')}", "", *table(heading, rows)]
    return text(lines)


def _owner(act: str) -> str:
    return str(act).split(".")[0]


# ── What is kept about people ────────────────────────────────────────────────────────────────────


def data(register: Iterable[DataField]) -> str:
    """Return every column about people with its level and what it is for."""
    lines = [
        "# What is kept about people",
        "",
        WRITTEN_BY,
        "",
        "A level says who may read a cell of a row in sight (S-37):",
        "",
        *table(["level", "中文", "read by"], [_level_row(level) for level in Level]),
        "",
        "Of somebody under eighteen, internal and sensitive cells about the person are read as child.",
    ]
    ordered = sorted(register, key=lambda row: row.model)
    for model, rows in groupby(ordered, key=lambda row: row.model):
        cells = [
            [f"`{row.field}`", row.label, f"{row.level.value} {row.level.label}", row.purpose]
            for row in rows
        ]
        lines += ["", f"## {model}", "", *table(["column", "中文", "level", "for"], cells)]
    return text(lines)


def _level_row(level: Level) -> Row:
    readers = {
        Level.PUBLIC: "everyone",
        Level.INTERNAL: "whoever the row is shown to",
        **{
            level: f"those with `{act}` at the row's organisation"
            for level, act in levels.ACTS.items()
        },
    }
    return [f"`{level.value}`", level.label, readers[level]]


# ── What is counted ──────────────────────────────────────────────────────────────────────────────


def indicators(systems: Sequence[System], *, wanted: Sequence[Wanted]) -> str:
    """Return every indicator with its definition, and which printed figures are fed by one."""
    lines = [
        "# What is counted",
        "",
        WRITTEN_BY,
        "",
        "flow: what happened within the period. stock: what stood at its end. annual: a quota of the",
        "calendar year. A ratio divides the unrounded values; over nothing it is empty, never 0. A code",
        "with several versions has several readings: the highest is the figure. `kind` of what is",
        "reported is how the respondents counted; their answers are added up.",
    ]
    heading = ["code", "v", "label", "unit", "kind", "time", "over", "口径"]
    for each in sorted(systems, key=lambda each: each.slug):
        if each.indicators:
            rows = [_indicator_row(found) for found in sorted(each.indicators, key=_code)]
            lines += ["", f"## {each.slug} · {each.label}", "", *table(heading, rows)]
    declared = {found.code for each in systems for found in each.indicators}
    return text([*lines, *_wanted_lines(wanted, declared=declared)])


def _wanted_lines(wanted: Sequence[Wanted], *, declared: Collection[str]) -> list[str]:
    fed = sum(each.code in declared for each in wanted)
    heading = ["figure", "code", "label", "unit", "kind", "owner", "said", "fed", "口径"]
    rows = [
        [
            *(each.figure, each.code, each.label, each.unit, each.kind, each.owner),
            *(each.phrase, "yes" if each.code in declared else "", each.meaning),
        ]
        for each in sorted(wanted, key=lambda each: each.figure)
    ]
    return [
        "",
        f"## What the half-year report prints: {fed} of {len(wanted)} fed",
        "",
        "A figure that no system feeds is shown as 待接入. `owner` is the system that will feed it.",
        "",
        *table(heading, rows),
    ]


def _indicator_row(found: Indicator | Ratio) -> Row:
    if isinstance(found, Ratio):
        when, over = "", f"{found.top.code} ÷ {found.bottom.code}"
    else:
        when, over = found.time.value, f"`{found.over.name}`"
    kind, version = found.counted, found.version
    return [found.code, version, found.label, found.unit, kind, when, over, found.meaning]


def _code(found: Indicator | Ratio) -> str:
    return found.code


# ── Which states there are ───────────────────────────────────────────────────────────────────────


def states() -> str:
    """Return the states of every model that has them, with the moves that its rules allow."""
    lines = [
        "# States",
        "",
        WRITTEN_BY,
        "",
        "A move that is not listed is refused. `(start)` marks the state of a new record.",
    ]
    for config in _own_apps():
        for model in sorted(config.get_models(), key=lambda model: model.__name__):
            field = _state_field(model)
            if field is not None:
                lines += _states_of(model, field, moves=_moves(config, model))
    return text(lines)


def _states_of(
    model: type[Model], field: Field, *, moves: Mapping[str, Iterable[str]] | None
) -> list[str]:
    title = ["", f"## {model._meta.label}", ""]
    start = field.get_default() if field.has_default() else None
    states = [
        (value, f"`{value}` (start)" if value == start else f"`{value}`", label)
        for value, label in field.flatchoices
    ]
    if moves is None:
        plain = [(shown, label) for _, shown, label in states]
        return [*title, *table(["state", "中文"], plain), "", "Its moves are not kept as a table."]
    rows = [
        (shown, label, ", ".join(sorted(moves.get(value, ()))) or "the end")
        for value, shown, label in states
    ]
    return [*title, *table(["state", "中文", "moves to"], rows)]


def _state_field(model: type[Model]) -> Field | None:
    for field in model._meta.get_fields():
        if isinstance(field, Field) and field.name == "state" and field.flatchoices:
            return field
    return None


def _moves(config: AppConfig, model: type[Model]) -> Mapping[str, Iterable[str]] | None:
    """Return the table of moves that the rules of a model's application hold, if they do."""
    name = f"{config.name}.rules"
    if find_spec(name) is None:
        return None
    found: Mapping[str, Iterable[str]] | None = getattr(
        importlib.import_module(name), f"{model.__name__.upper()}_MOVES", None
    )
    return found


def _own_apps() -> list[AppConfig]:
    own = [config for config in apps.get_app_configs() if config.name.startswith("qinghe.")]
    return sorted(own, key=lambda config: config.label)


# ── Which addresses there are ────────────────────────────────────────────────────────────────────


def addresses() -> str:
    """Return every address with its name and the function that answers."""
    rows = [[f"`{cell}`" if cell else "" for cell in route] for route in routes()]
    return text(
        ["# Addresses", "", WRITTEN_BY, "", *table(["address", "name", "answered by"], rows)]
    )


def routes() -> list[tuple[str, str, str]]:
    """Return every address with its name and the function that answers, in order."""
    return sorted(_routes(urls.urlpatterns, before="/", space=""))


def _routes(
    patterns: Iterable[URLPattern | URLResolver], *, before: str, space: str
) -> Iterator[tuple[str, str, str]]:
    for each in patterns:
        route = f"{before}{each.pattern}"
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from _routes(each.url_patterns, before=route, space=inner)
        else:
            answers = "openapi.json" if _is_operation(each) else each.lookup_str
            yield route, f"{space}{each.name}" if each.name else "", answers


def _is_operation(pattern: URLPattern) -> bool:
    """Test if an address is the API's, whose operations share one function."""
    return pattern.lookup_str.startswith("ninja.operation.")


def openapi() -> str:
    """Return the API's own description of itself."""
    schema = urls.api.get_openapi_schema(path_prefix="/api/v1/")
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
