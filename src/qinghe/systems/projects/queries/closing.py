"""What a closing report says of a project: counted from what was kept, not told again."""

from collections.abc import Sequence
from dataclasses import dataclass

from qinghe.kernel.access.actors import Actor
from qinghe.systems.projects import models

from .calendar import events_seen_by, milestones_seen_by
from .seen import OFF, PartState, means_seen_by, parts_of


@dataclass(frozen=True)
class Closing:
    """How a project went."""

    parts: Sequence[models.Part]
    means: Sequence[models.Means]
    milestones: Sequence[models.Milestone]
    events: int

    @property
    def accepted(self) -> list[models.Part]:
        """Return the parts that were accepted."""
        return [one for one in self.parts if one.state == PartState.ACCEPTED]

    @property
    def left_out(self) -> list[models.Part]:
        """Return the parts that were not done, each with its reason."""
        return [one for one in self.parts if one.state in OFF]

    @property
    def in_time(self) -> int:
        """Return how many accepted parts were handed in by their day."""
        return sum(1 for one in self.accepted if one.is_in_time)

    @property
    def reached(self) -> int:
        """Return how many milestones were reached."""
        return sum(1 for one in self.milestones if one.done_on is not None)

    @property
    def reached_in_time(self) -> int:
        """Return how many milestones were reached by their day."""
        return sum(1 for one in self.milestones if one.is_in_time)


def closing_of(actor: Actor, project: models.JointProject) -> Closing:
    """Return how a project went so far."""
    return Closing(
        parts=parts_of(actor, project),
        means=list(means_seen_by(actor).filter(project=project)),
        milestones=list(milestones_seen_by(actor).filter(project=project)),
        events=events_seen_by(actor).filter(project=project, cancelled_on__isnull=True).count(),
    )
