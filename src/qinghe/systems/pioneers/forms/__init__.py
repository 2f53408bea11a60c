"""Forms and filters of pioneers."""

from .badges import BadgeFilter, BadgeForm, RoundForm, StarTermsForm
from .ceremonies import CeremonyFilter, CeremonyForm, KindForm, ReasonForm, SchoolFilter
from .nominating import DecisionForm, SlateFilter, SlateSheet
from .outlines import OutlineForm

__all__ = [
    "BadgeFilter",
    "BadgeForm",
    "CeremonyFilter",
    "CeremonyForm",
    "DecisionForm",
    "KindForm",
    "OutlineForm",
    "ReasonForm",
    "RoundForm",
    "SchoolFilter",
    "SlateFilter",
    "SlateSheet",
    "StarTermsForm",
]
