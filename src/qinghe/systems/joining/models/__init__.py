"""The nouns of joining: tables, constraints, states."""

from .numbers import Batch, Number, NumberRequest, Quota
from .recommending import (
    CountedAs,
    PartyResult,
    PartyStage,
    PioneerNomination,
    Recommendation,
    RecommendingTerms,
)

__all__ = [
    "Batch",
    "CountedAs",
    "Number",
    "NumberRequest",
    "PartyResult",
    "PartyStage",
    "PioneerNomination",
    "Quota",
    "Recommendation",
    "RecommendingTerms",
]
