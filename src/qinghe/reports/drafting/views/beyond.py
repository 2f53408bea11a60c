"""What stands above drafting adds its own next steps to a report's page; config hands them over."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from qinghe.edges.web.parts import Action
from qinghe.kernel.access.actors import Actor
from qinghe.reports.drafting.queries import Report

Source: TypeAlias = Callable[[Actor, Report], Sequence[Action]]

SOURCES: list[Source] = []


def actions(actor: Actor, report: Report) -> list[Action]:
    """Return every next step that this actor may take with a report."""
    return [action for source in SOURCES for action in source(actor, report)]
