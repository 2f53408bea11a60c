"""The figures that the work of branches answers for."""

from .grading import GRADING_INDICATORS
from .meetings import MEETING_INDICATORS

INDICATORS = [*MEETING_INDICATORS, *GRADING_INDICATORS]

__all__ = ["GRADING_INDICATORS", "INDICATORS", "MEETING_INDICATORS"]
