"""The nouns of pioneers: tables, constraints, states."""

from .ceremonies import Ceremony, CeremonyKind, Outline, Step
from .schools import IS_CORPS, IS_SCHOOL

__all__ = ["IS_CORPS", "IS_SCHOOL", "Ceremony", "CeremonyKind", "Outline", "Step"]
