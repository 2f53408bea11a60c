from .meetings import Duty, Every, Meeting, MeetingKind, MeetingTerms

__all__ = ["Duty", "Every", "Meeting", "MeetingKind", "MeetingTerms"]
