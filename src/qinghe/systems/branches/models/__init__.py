from .grading import Grading, GradingItem, GradingRound, GradingShare, GradingTerms, Score
from .meetings import Duty, Every, Meeting, MeetingKind, MeetingTerms

__all__ = [
    "Duty",
    "Every",
    "Grading",
    "GradingItem",
    "GradingRound",
    "GradingShare",
    "GradingTerms",
    "Meeting",
    "MeetingKind",
    "MeetingTerms",
    "Score",
]
