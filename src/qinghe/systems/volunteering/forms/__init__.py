"""Forms and filters of volunteering.

The lists' organisation is chosen in the top bar (`?org=`), so no filter asks for one.
"""

from .activities import (
    ActivityFilter,
    ActivityForm,
    CapacityForm,
    PostForm,
    ProjectForm,
    SittingForm,
    ToldForm,
)
from .attendances import CheckInForm, CorrectionForm, DigitsForm, OwnScanForm, PlaceCheckForm
from .carried import (
    CarriedListFilter,
    CarriedRowFilter,
    ChooseForm,
    ColumnsForm,
    ExampleForm,
    ListForm,
    SourceForm,
)
from .carried_files import example_of, read_carried
from .certificates import (
    CertificateFilter,
    CertificateForm,
    CheckForm,
    OwnCertificateForm,
    SealForm,
    SignedForm,
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
from .feedback import EvaluationForm, ObjectionAnswerForm, RatingForm
from .fields import UNSET, CodeField, DayField, MomentField, NumbersField, ReasonForm
from .findings import (
    AnswerForm,
    DisputeFilter,
    DisputeForm,
    FindingFilter,
    FindingForm,
    HeldScanFilter,
    MissingForm,
    PersonHoursFilter,
)
from .hours_terms import HoursTermsForm
from .insurance import EndPolicyForm, PolicyField, PolicyForm
from .late import LateAmendForm, LateFilter, LateForm, LateQuotaForm
from .own_teams import FounderForm, OwnTeamForm
from .profiles import PLACES, FindableFilter, ProfileForm, SkillWordForm
from .sessions import SessionFilter, SessionForm
from .sign_ups import FindForm, RollForm, SignUpOtherForm
from .stars import ObjectionForm, StarFilter, StarRoundForm, WordsForm
from .teams import CommunityFilter, ConfirmForm, InviteForm, TeamFilter, TeamForm
from .training import RosterForm, TrainingFilter, TrainingForm
from .volunteers import VolunteerFilter, VolunteerForm
from .wards import BringForm, EnlistForm

__all__ = [
    "PLACES",
    "UNSET",
    "ActivityFilter",
    "ActivityForm",
    "AnswerForm",
    "BringForm",
    "CapacityForm",
    "CarriedListFilter",
    "CarriedRowFilter",
    "CertificateFilter",
    "CertificateForm",
    "CheckForm",
    "CheckInForm",
    "ChooseForm",
    "ClaimFilter",
    "CodeField",
    "ColumnsForm",
    "CommunityFilter",
    "ConfirmForm",
    "CorrectionForm",
    "CourtesyFilter",
    "CourtesyForm",
    "DayField",
    "DigitsForm",
    "DisputeFilter",
    "DisputeForm",
    "EndPolicyForm",
    "EnlistForm",
    "EvaluationForm",
    "ExampleForm",
    "FindForm",
    "FindableFilter",
    "FindingFilter",
    "FindingForm",
    "FounderForm",
    "HeldScanFilter",
    "HoursTermsForm",
    "InviteForm",
    "KeyForm",
    "LateAmendForm",
    "LateFilter",
    "LateForm",
    "LateQuotaForm",
    "ListForm",
    "MissingForm",
    "MomentField",
    "NumbersField",
    "ObjectionAnswerForm",
    "ObjectionForm",
    "OwnCertificateForm",
    "OwnScanForm",
    "OwnTeamForm",
    "PersonHoursFilter",
    "PlaceCheckForm",
    "PolicyField",
    "PolicyForm",
    "PostForm",
    "ProfileForm",
    "ProjectForm",
    "RatingForm",
    "ReasonForm",
    "RollForm",
    "RosterForm",
    "SealForm",
    "SessionFilter",
    "SessionForm",
    "SignUpOtherForm",
    "SignedForm",
    "SittingForm",
    "SkillWordForm",
    "SourceForm",
    "SponsorFilter",
    "SponsorForm",
    "StarFilter",
    "StarRoundForm",
    "TeamFilter",
    "TeamForm",
    "TermsForm",
    "TillForm",
    "ToldForm",
    "TrainingFilter",
    "TrainingForm",
    "VolunteerFilter",
    "VolunteerForm",
    "WordsForm",
    "example_of",
    "read_carried",
]
