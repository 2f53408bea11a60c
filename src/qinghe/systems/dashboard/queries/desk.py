"""What the desk shows. Every function starts from an actor."""

from collections.abc import Sequence
from dataclasses import dataclass

from qinghe.analytics import catalogue, checks
from qinghe.edges import system
from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.lib.verdicts import Refused
from qinghe.systems.dashboard.access import Act

OF_EACH = 1  # figures of each system on the desk; its own board has the others


@dataclass(frozen=True)
class Checked:
    """A check and how many records fail it."""

    check: checks.Check
    finding: checks.Finding


def codes_on_desk(actor: actors.Actor) -> list[str]:
    """Return the codes of the figures that the desk shows, system by system."""
    if not actors.may_anywhere(actor, Act.SEE):
        return []
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
