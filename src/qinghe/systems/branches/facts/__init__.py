"""What the work of branches tells analytics; questions that check its records."""

from .grading import GRADE
from .meetings import BRANCH, COVERED, MEETING, MEETING_CHECKS

FACTS = [MEETING, COVERED, BRANCH, GRADE]
CHECKS = [*MEETING_CHECKS]

__all__ = ["BRANCH", "CHECKS", "COVERED", "FACTS", "GRADE", "MEETING"]
