"""Forms and filters of pioneers."""

from .ceremonies import CeremonyFilter, CeremonyForm, KindForm, ReasonForm, SchoolFilter
from .outlines import OutlineForm

__all__ = [
    "CeremonyFilter",
    "CeremonyForm",
    "KindForm",
    "OutlineForm",
    "ReasonForm",
    "SchoolFilter",
]
