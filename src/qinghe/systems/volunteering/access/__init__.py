"""What may be done in volunteering and by whom, and how secret its columns are (S-37)."""

from . import (
    carried,
    certificates,
    courtesy,
    feedback,
    hours,
    profiles,
    sign_ups,
    stars,
    teams,
    volunteers,
)
from .acts import GRANTS, WORDS, Act, may_at
from .events import EVENTS

DATA = (
    *carried.DATA,
    *certificates.DATA,
    *courtesy.DATA,
    *feedback.DATA,
    *hours.DATA,
    *profiles.DATA,
    *sign_ups.DATA,
    *stars.DATA,
    *teams.DATA,
    *volunteers.DATA,
)

__all__ = ["DATA", "EVENTS", "GRANTS", "WORDS", "Act", "may_at"]
