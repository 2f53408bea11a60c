"""What may be done with lists of work and by whom; how closely what they keep about people is held."""

from . import acts, data
from .acts import Act
from .progress_data import PROGRESS_DATA
from .supervising import CHARGING_GRANTS, CHARGING_WORDS, Charging

GRANTS = [*acts.GRANTS, *CHARGING_GRANTS]
WORDS = {**acts.WORDS, **CHARGING_WORDS}
DATA = (*data.DATA, *PROGRESS_DATA)

__all__ = ["DATA", "GRANTS", "WORDS", "Act", "Charging"]
