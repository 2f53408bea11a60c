"""The nouns of places: the places themselves, their hours, who is on duty, who comes."""

from .bookings import FORGOTTEN, Booking
from .days import OpenDay
from .duty import Shift, Swap
from .hours import Schedule, Span, SpecialDay
from .venues import Kind, Phase, Room, Venue
from .visits import Count, Rating

__all__ = [
    "FORGOTTEN",
    "Booking",
    "Count",
    "Kind",
    "OpenDay",
    "Phase",
    "Rating",
    "Room",
    "Schedule",
    "Shift",
    "Span",
    "SpecialDay",
    "Swap",
    "Venue",
]
