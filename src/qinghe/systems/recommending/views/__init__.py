"""The pages of recommending."""

from qinghe.edges.web import timeline

from .pioneers import pioneer, pioneer_decline, pioneer_new, pioneer_sign, pioneer_take_up, pioneers
from .to_the_party import (
    recommendation,
    recommendation_accept,
    recommendation_agree,
    recommendation_new,
    recommendation_probationary,
    recommendation_recommend,
    recommendation_turn_down,
    recommendation_vote,
    recommendation_withdraw,
    recommendations,
    recommending_terms,
    recommending_terms_new,
)
from .words import DETAILS, VERBS

timeline.VERBS.update(VERBS)
timeline.DETAILS.update(DETAILS)

__all__ = [
    "pioneer",
    "pioneer_decline",
    "pioneer_new",
    "pioneer_sign",
    "pioneer_take_up",
    "pioneers",
    "recommendation",
    "recommendation_accept",
    "recommendation_agree",
    "recommendation_new",
    "recommendation_probationary",
    "recommendation_recommend",
    "recommendation_turn_down",
    "recommendation_vote",
    "recommendation_withdraw",
    "recommendations",
    "recommending_terms",
    "recommending_terms_new",
]
