"""What people do in joining. One function is one use case and one transaction."""

from .keeping import release_number, reserve_number, use_number
from .number_requests import (
    Ask,
    answer_request,
    ask_for_numbers,
    refuse_request,
    withdraw_request,
)
from .numbers import (
    NewBatch,
    Share,
    enter_batch,
    hand_down,
    return_numbers,
    take_back,
    void_number,
)
from .pioneers import (
    NewPioneer,
    decline_pioneer,
    nominate_pioneer,
    sign_nomination,
    take_up_pioneer,
)
from .pools import Kept
from .recommending import (
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
from .recommending_past import (
    NewTerms,
    PastRecommendation,
    enter_past_recommendations,
    set_recommending_terms,
)

__all__ = [
    "Ask",
    "Kept",
    "NewBatch",
    "NewPioneer",
    "NewRecommendation",
    "NewTerms",
    "PastRecommendation",
    "Share",
    "Vote",
    "accept_by_party",
    "agree_to_proposal",
    "answer_request",
    "ask_for_numbers",
    "become_probationary",
    "decline_pioneer",
    "enter_batch",
    "enter_past_recommendations",
    "hand_down",
    "hold_vote",
    "nominate_pioneer",
    "propose_to_party",
    "recommend",
    "refuse_request",
    "release_number",
    "reserve_number",
    "return_numbers",
    "set_recommending_terms",
    "sign_nomination",
    "take_back",
    "take_up_pioneer",
    "turn_down",
    "use_number",
    "void_number",
    "withdraw_proposal",
    "withdraw_request",
]
