"""The workbooks of places."""

from .hours import HOURS
from .venues import VENUES

SHEETS = (VENUES, HOURS)

__all__ = ["HOURS", "SHEETS", "VENUES"]
