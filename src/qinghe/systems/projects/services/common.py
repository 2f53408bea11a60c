"""What all services of projects begin with: the project's row held, whose it is known."""

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.projects import rules
from qinghe.systems.projects.access import Act
from qinghe.systems.projects.models import JointProject, Part

RUNNING = JointProject.State.RUNNING


def _locked_project(project: JointProject) -> JointProject:
    """Return a project as it is now, held until the end: whatever changes in it holds it."""
    kept = JointProject.objects.select_for_update(of=("self",)).select_related("org")
    return kept.get(pk=project.pk)


def _led_project(project: JointProject, *, by: Actor) -> JointProject:
    """Return a project for whoever leads it, while it is not over. Raises: not_allowed, over."""
    kept = _locked_project(project)
    actors.require(by, Act.LEAD, at=kept.org)
    rules.check_ended(is_ended=kept.is_over)
    return kept


def _part_in(part: Part) -> Part:
    """Return a part of a project that is not over. Raises Refused: over."""
    kept = _locked_part(part)
    rules.check_ended(is_ended=kept.project.is_over)
    return kept


def _running_part(part: Part) -> Part:
    """Return a part of a project that is in hand. Raises Refused: not_running."""
    kept = _locked_part(part)
    rules.check_running(is_running=kept.project.state == RUNNING)
    return kept


def _locked_part(part: Part) -> Part:
    """Return a part as it is now, its project held."""
    _locked_project(part.project)
    kept = Part.objects.select_for_update(of=("self",))
    return kept.select_related("project__org", "parent__org", "org", "above").get(pk=part.pk)


def _whose(project: JointProject, part: Part | None, *, by: Actor) -> Org:
    """Return whose a milestone or an appointment is, for whoever carries it or leads the project.

    Raises Refused: not_allowed.
    """
    if part is None:
        actors.require(by, Act.LEAD, at=project.org)
        return project.org
    if not actors.may(by, Act.LEAD, at=part.above):
        actors.require(by, Act.CARRY, at=part.org)
    return part.org
