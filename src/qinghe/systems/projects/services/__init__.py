"""What people do in projects. One function is one use case and one transaction."""

from .calendar import NewEvent, cancel_event, enter_event
from .means import add_means, allot
from .milestones import drop_milestone, reach_milestone, set_milestone
from .parts import (
    NewPart,
    accept_part,
    decline_part,
    drop_part,
    offer_part,
    send_back_part,
    submit_part,
    take_part,
)
from .projects import (
    NewProject,
    cancel_project,
    change_project,
    close_project,
    extend_project,
    propose_project,
    start_project,
)

__all__ = [
    "NewEvent",
    "NewPart",
    "NewProject",
    "accept_part",
    "add_means",
    "allot",
    "cancel_event",
    "cancel_project",
    "change_project",
    "close_project",
    "decline_part",
    "drop_milestone",
    "drop_part",
    "enter_event",
    "extend_project",
    "offer_part",
    "propose_project",
    "reach_milestone",
    "send_back_part",
    "set_milestone",
    "start_project",
    "submit_part",
    "take_part",
]
