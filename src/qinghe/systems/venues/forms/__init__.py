"""Forms and filters of places, duty, bookings and counts."""

from .bookings import BookForm, BookingFilter, WalkInForm
from .duty import LayForm, OnDutyForm, SwapForm
from .fields import ReasonForm, SureForm
from .venues import (
    HoursForm,
    KindForm,
    RoomForm,
    SpecialDayForm,
    SuspendForm,
    VenueFilter,
    VenueForm,
)
from .visits import CorrectForm, CountForm, RateForm, RatingFilter

__all__ = [
    "BookForm",
    "BookingFilter",
    "CorrectForm",
    "CountForm",
    "HoursForm",
    "KindForm",
    "LayForm",
    "OnDutyForm",
    "RateForm",
    "RatingFilter",
    "ReasonForm",
    "RoomForm",
    "SpecialDayForm",
    "SureForm",
    "SuspendForm",
    "SwapForm",
    "VenueFilter",
    "VenueForm",
    "WalkInForm",
]
