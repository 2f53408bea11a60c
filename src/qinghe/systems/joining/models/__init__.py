"""The nouns of joining: tables, constraints, states."""

from .cases import (Case, Step, Way)
from .evidence import (Lesson, Meeting, Objection, Sponsor)
from .numbers import (Batch, Number, NumberRequest, Quota)
from .recommending import (CountedAs, PartyResult, PartyStage, PioneerNomination, Recommendation, RecommendingTerms)
from .terms import (JoiningTerms)

__all__ = ["Batch", "Case", "CountedAs", "JoiningTerms", "Lesson", "Meeting", "Number", "NumberRequest", "Objection", "PartyResult", "PartyStage", "PioneerNomination", "Quota", "Recommendation", "RecommendingTerms", "Sponsor", "Step", "Way"]
