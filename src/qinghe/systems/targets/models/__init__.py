"""The nouns of lists of work: what is to be done, by whom, by when, how far it is, who presses."""

from .charges import LED_BEFORE, Charge, Milestone, Pause
from .claims import Claim
from .lists import Item, Joint, TaskList
from .progress import UNDER_WAY, Progress
from .shares import Adjustment, Share, ShareStep
from .supervising import LadderStep, LightSpan, Slip, SupervisionTerms

__all__ = [
    "LED_BEFORE",
    "UNDER_WAY",
    "Adjustment",
    "Charge",
    "Claim",
    "Item",
    "Joint",
    "LadderStep",
    "LightSpan",
    "Milestone",
    "Pause",
    "Progress",
    "Share",
    "ShareStep",
    "Slip",
    "SupervisionTerms",
    "TaskList",
]
