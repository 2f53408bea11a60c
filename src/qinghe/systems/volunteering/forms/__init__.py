"""Forms and filters of volunteering.

The lists' organisation is chosen in the top bar (`?org=`), so no filter asks for one.
"""

from .attendances import CheckInForm, CorrectionForm, DigitsForm, OwnScanForm, PlaceCheckForm
from .certificates import (
    CertificateFilter,
    CertificateForm,
    CheckForm,
    OwnCertificateForm,
    SealForm,
)
from .courtesy import (
    ClaimFilter,
    CourtesyFilter,
    CourtesyForm,
    KeyForm,
    SponsorFilter,
    SponsorForm,
    TermsForm,
    TillForm,
)
from .fields import UNSET, CodeField, DayField, MomentField, ReasonForm
from .sessions import SessionFilter, SessionForm
from .stars import ObjectionForm, StarFilter, StarRoundForm, WordsForm
from .teams import TeamFilter, TeamForm
from .volunteers import VolunteerFilter, VolunteerForm

__all__ = [
    "UNSET",
    "CertificateFilter",
    "CertificateForm",
    "CheckForm",
    "CheckInForm",
    "ClaimFilter",
    "CodeField",
    "CorrectionForm",
    "CourtesyFilter",
    "CourtesyForm",
    "DayField",
    "DigitsForm",
    "KeyForm",
    "MomentField",
    "ObjectionForm",
    "OwnCertificateForm",
    "OwnScanForm",
    "PlaceCheckForm",
    "ReasonForm",
    "SealForm",
    "SessionFilter",
    "SessionForm",
    "SponsorFilter",
    "SponsorForm",
    "StarFilter",
    "StarRoundForm",
    "TeamFilter",
    "TeamForm",
    "TermsForm",
    "TillForm",
    "VolunteerFilter",
    "VolunteerForm",
    "WordsForm",
]
