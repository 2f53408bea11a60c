"""The board: an organisation's figures, its children side by side, and the way down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from qinghe.analytics import catalogue, figures
from qinghe.analytics.figures import Figure, Figures
from qinghe.analytics.values import WORST_FIRST
from qinghe.kernel.orgs import kinds
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.orgs.rules import codes_in
from qinghe.lib.verdicts import Refused

from . import scope
from .parts import Action
from .requests import Request

MOST_CHILDREN = 60
MOST_BARS = 20


@dataclass(frozen=True)
class Child:
    """One organisation below, with its figures in the order of the board."""

    org: Org
    figures: tuple[Figure, ...]


def board_page(
    request: Request,
    *,
    title: str,
    codes: Sequence[str],
    actions: Sequence[Action] = (),
    note: str = "",
    template: str = "web/board.html",
    extra: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Show figures of the chosen organisation and period, and of the organisations right below.

    A template of its own may need `extra` context. `?show=CODE` chooses the figure that is drawn and
    sorted by; the first one is the default. Before the first rebuild of the facts a sentence stands
    where the figures will.
    """
    try:
        context = _figures(request, codes)
    except Refused as refusal:
        if refusal.code != "no_facts":
            raise
        context = {"without_figures": refusal.reason}
    context |= {
        "title": title,
        "indicators": [catalogue.indicator(code) for code in codes],
        "above": _above(request, request.scope.org),
        "actions": actions,
        "note": note,
        **(extra or {}),
    }
    answer = render(request, template, context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _figures(request: Request, codes: Sequence[str]) -> dict[str, object]:
    """Return what the template says in numbers. Raises Refused: no_facts, facts_outdated."""
    org, period = request.scope.org, request.scope.period
    known = figures.cached(period)
    shown = request.GET.get("show", "")
    shown = shown if shown in codes else codes[0]
    below = _children(org, known, codes=codes, shown=shown, on=period.end)
    areas = [child for child in below if child.org.kind in kinds.AREAS]
    main, direct = (areas, [c for c in below if c not in areas]) if areas else (below, [])
    own = [known[code, org.pk] for code in codes]
    reached = min((figure.state for figure in own), key=WORST_FIRST.index)
    so_far = sum(figure.state == reached for figure in own)
    return {
        "figures": own,
        "shown": catalogue.indicator(shown),
        "children": main[:MOST_CHILDREN],
        "children_left": max(0, len(main) - MOST_CHILDREN),
        "direct": direct[:MOST_CHILDREN],
        "direct_left": max(0, len(direct) - MOST_CHILDREN),
        "chart": _chart(main, place=list(codes).index(shown)),
        "as_of": own[0].as_of,
        "reached": reached,
        "so_far": so_far if so_far < len(own) else 0,  # 0: all of them
    }


def _children(
    org: Org, known: Figures, *, codes: Sequence[str], shown: str, on: date
) -> list[Child]:
    """Return the organisations below with their figures, the largest of the shown figure first."""
    counted = known.column(shown)  # an organisation opened since the facts were read is not in it
    found = [
        Child(child, tuple(known[code, child.pk] for code in codes))
        for child in scope.children_on(org, on)
        if child.pk in counted
    ]
    place = list(codes).index(shown)
    return sorted(found, key=lambda child: _weight(child.figures[place]), reverse=True)


def _weight(figure: Figure) -> Decimal:
    return Decimal(-1) if figure.exact is None else figure.exact


def _chart(children: Sequence[Child], *, place: int) -> dict[str, object] | None:
    drawn = [
        (child.org.name, float(value))
        for child in children
        if (value := child.figures[place].value) is not None
    ][:MOST_BARS]
    if not drawn:
        return None
    first = children[0].figures[place]
    return {
        "kind": "bars",
        "label": first.label,
        "unit": first.unit,
        "names": [name for name, _ in drawn],
        "values": [value for _, value in drawn],
    }


def _above(request: Request, org: Org) -> list[Org]:
    """Return the chain of organisations above that the actor may also choose."""
    codes = codes_in(org.path)[:-1]
    return list(scope.orgs_in_sight(request.actor).filter(code__in=codes).order_by("path"))
