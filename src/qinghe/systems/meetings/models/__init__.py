"""The nouns of meetings: bodies and their units, sittings, decisions, registers."""

from .bodies import Body, MemberUnit, Representative
from .chores import Chore, ChoreLine
from .decisions import Decision
from .registers import Instruction, Reader, Talk, TalkPlatform
from .sittings import AgendaItem, Sitting, Summons
from .terms import SittingTerms

__all__ = [
    "AgendaItem",
    "Body",
    "Chore",
    "ChoreLine",
    "Decision",
    "Instruction",
    "MemberUnit",
    "Reader",
    "Representative",
    "Sitting",
    "SittingTerms",
    "Summons",
    "Talk",
    "TalkPlatform",
]
