"""The nouns of cadres: elections, the reserve, secondments, incentives, and the terms of all."""

from .elections import OPEN_ELECTIONS, Elected, Election, Leaving
from .incentives import Achievement, Incentive
from .reserve import OPEN_CANDIDATES, Candidate, Examination
from .secondments import OPEN_SECONDMENTS, Extension, Secondment
from .terms import CadreTerms

__all__ = [
    "OPEN_CANDIDATES",
    "OPEN_ELECTIONS",
    "OPEN_SECONDMENTS",
    "Achievement",
    "CadreTerms",
    "Candidate",
    "Elected",
    "Election",
    "Examination",
    "Extension",
    "Incentive",
    "Leaving",
    "Secondment",
]
