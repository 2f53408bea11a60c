"""What may be done in volunteering and by whom, and how secret its columns are (S-37)."""

from . import certificates, courtesy, stars, volunteers
from .acts import GRANTS, WORDS, Act

DATA = (*volunteers.DATA, *certificates.DATA, *stars.DATA, *courtesy.DATA)

__all__ = ["DATA", "GRANTS", "WORDS", "Act"]
