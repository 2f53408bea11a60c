"""What people do in recommending. One function is one use case and one transaction."""

from .past import NewTerms, PastRecommendation, enter_past_recommendations, set_recommending_terms
from .pioneers import (
    NewPioneer,
    decline_pioneer,
    nominate_pioneer,
    sign_nomination,
    take_up_pioneer,
)
from .to_the_party import (
    NewRecommendation,
    Vote,
    accept_by_party,
    agree_to_proposal,
    become_probationary,
    hold_vote,
    propose_to_party,
    recommend,
    turn_down,
    withdraw_proposal,
)

__all__ = [
    "NewPioneer",
    "NewRecommendation",
    "NewTerms",
    "PastRecommendation",
    "Vote",
    "accept_by_party",
    "agree_to_proposal",
    "become_probationary",
    "decline_pioneer",
    "enter_past_recommendations",
    "hold_vote",
    "nominate_pioneer",
    "propose_to_party",
    "recommend",
    "set_recommending_terms",
    "sign_nomination",
    "take_up_pioneer",
    "turn_down",
    "withdraw_proposal",
]
