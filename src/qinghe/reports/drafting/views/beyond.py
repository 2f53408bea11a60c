"""What stands above drafting: next steps, and the figures of what was signed; config hands them over."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from qinghe.analytics import figures
from qinghe.edges.web.parts import Action
from qinghe.kernel.access.actors import Actor
from qinghe.reports.drafting.queries import FiguresOf, Report

Source: TypeAlias = Callable[[Actor, Report], Sequence[Action]]

Signed: TypeAlias = Callable[[Actor, Report], FiguresOf | None]

SOURCES: list[Source] = []
FROZEN: list[Signed] = []


def actions(actor: Actor, report: Report) -> list[Action]:
    """Return every next step that this actor may take with a report."""
    return [action for source in SOURCES for action in source(actor, report)]


def figures_for(actor: Actor, report: Report) -> FiguresOf:
    """Return the figures that a report prints: those it was signed with, else as they are counted now."""
    found = (source(actor, report) for source in FROZEN)
    return next((figures_of for figures_of in found if figures_of), figures.cached)
