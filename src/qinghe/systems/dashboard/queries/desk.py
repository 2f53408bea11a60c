"""What the desk shows. Every function starts from an actor."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from qinghe.analytics import catalogue, checks
from qinghe.edges import system
from qinghe.edges.system import Line
from qinghe.edges.web import menu, saved_views
from qinghe.kernel.access import actors
from qinghe.lib.verdicts import Refused
from qinghe.systems.dashboard.access import Act

OF_EACH = 1  # figures of each system on the desk; its own board has the others
DESK = "dashboard:desk"
CHOSEN, CODE = "主要数字", "code"  # the saved view of the desk that says what somebody chose


@dataclass(frozen=True)
class Checked:
    """A check and how many records fail it."""

    check: checks.Check
    finding: checks.Finding


def codes_on_desk(actor: actors.Actor) -> list[str]:
    """Return the codes of the figures that the desk shows: the actor's own choice, or one a system.

    What the actor may not choose any more is left out of what they chose.
    """
    if not actors.may_anywhere(actor, Act.SEE):
        return []
    if not (chosen := codes_chosen(actor)):
        return _usual()
    return [code for code in codes_open_to(actor) if code in chosen] or _usual()


def codes_chosen(actor: actors.Actor) -> set[str]:
    """Return the codes that the actor chose for their desk, if they did."""
    kept = saved_views.of(actor, reverse(DESK))
    views = (view for view in kept if view.name == CHOSEN)
    return {code for view in views for code in QueryDict(view.query).getlist(CODE)}


def codes_open_to(actor: actors.Actor) -> list[str]:
    """Return the codes that the actor may choose from, in the order of the systems."""
    return [code for _, codes in figures_open_to(actor) for code in codes]


def figures_open_to(actor: actors.Actor) -> list[tuple[str, list[str]]]:
    """Return by system the codes that the actor may choose from.

    These are all of a system whose pages are open to them, and those that every desk shows.
    """
    if not actors.may_anywhere(actor, Act.SEE):
        return []
    usual, found = set(_usual()), []
    given: set[str] = set()
    for installed in system.INSTALLED:
        is_open = any(menu.is_open(actor, item.act) for item in installed.menu)
        codes = dict.fromkeys(one.code for one in installed.indicators)
        fits = [c for c in codes if (is_open or c in usual) and c not in given]
        given.update(fits)
        if fits:
            found.append((installed.label, fits))
    return found


def _usual() -> list[str]:
    codes = (
        indicator.code
        for installed in system.INSTALLED
        for indicator in installed.indicators[:OF_EACH]
    )
    return list(dict.fromkeys(codes))  # two readings of one figure share its code


def checks_seen_by(actor: actors.Actor) -> list[Checked]:
    """Return every check with its finding, those that failed first. Raises Refused: not_allowed."""
    _require(actor)
    run = [Checked(check, checks.run(check)) for check in catalogue.CHECKS.values()]
    return sorted(run, key=lambda each: (not each.finding.count, each.check.code))


def check_seen_by(actor: actors.Actor, code: str) -> checks.Check | None:
    """Return one check. Raises Refused: not_allowed."""
    _require(actor)
    return catalogue.CHECKS.get(code)


def lines_of(actor: actors.Actor, model: str, ids: Sequence[int]) -> list[Line]:
    """Return records of any system as lines, as far as that system lets the actor see them.

    Raises Refused: not_allowed.
    """
    _require(actor)
    kind = system.record_kind(model)
    return kind.rows(actor, list(ids)) if kind else []


def _require(actor: actors.Actor) -> None:
    if not actors.may_anywhere(actor, Act.CHECK):
        raise Refused("not_allowed", "您没有查看数据检查的权限。")
