"""The figures that the work of branches answers for."""

from .meetings import MEETING_INDICATORS

INDICATORS = [*MEETING_INDICATORS]

__all__ = ["INDICATORS"]
