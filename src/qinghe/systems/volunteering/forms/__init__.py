"""Forms and filters of volunteering.

The lists' organisation is chosen in the top bar (`?org=`), so no filter asks for one.
"""

from .attendances import CheckInForm, CorrectionForm
from .fields import UNSET, CodeField, DayField, MomentField, ReasonForm
from .sessions import SessionFilter, SessionForm
from .teams import TeamFilter, TeamForm
from .volunteers import VolunteerFilter, VolunteerForm

__all__ = [
    "UNSET",
    "CheckInForm",
    "CodeField",
    "CorrectionForm",
    "DayField",
    "MomentField",
    "ReasonForm",
    "SessionFilter",
    "SessionForm",
    "TeamFilter",
    "TeamForm",
    "VolunteerFilter",
    "VolunteerForm",
]
