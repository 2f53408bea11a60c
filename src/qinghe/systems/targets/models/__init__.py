"""The nouns of lists of work: what is to be done, by whom, by when, and how numbers are shared out."""

from .claims import Claim
from .lists import Item, Joint, TaskList
from .shares import Adjustment, Share, ShareStep

__all__ = ["Adjustment", "Claim", "Item", "Joint", "Share", "ShareStep", "TaskList"]
