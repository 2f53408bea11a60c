"""The pages of joining."""

from . import (number_words, recommending_words)
from .board import (home)
from .home import (home)
from .number_requests import (number_request, number_request_answer, number_request_new, number_request_refuse, number_request_withdraw, number_requests)
from .numbers import (number, number_batch_new, number_batches, number_hand, number_list, number_void, numbers, quota, quota_return, quota_take_back, quotas)
from .pioneers import (pioneer, pioneer_decline, pioneer_new, pioneer_sign, pioneer_take_up, pioneers)
from .recommending import (recommendation, recommendation_accept, recommendation_agree, recommendation_new, recommendation_probationary, recommendation_recommend, recommendation_turn_down, recommendation_vote, recommendation_withdraw, recommendations, recommending_terms, recommending_terms_new)
from .words import (name_verbs)
from qinghe.edges.web import (timeline)

timeline.VERBS.update(VERBS)
timeline.DETAILS.update(DETAILS)
name_verbs()
for words in (number_words, recommending_words):
    timeline.VERBS.update(words.VERBS)
    timeline.DETAILS.update(words.DETAILS)

__all__ = ["home", "number", "number_batch_new", "number_batches", "number_hand", "number_list", "number_request", "number_request_answer", "number_request_new", "number_request_refuse", "number_request_withdraw", "number_requests", "number_void", "numbers", "pioneer", "pioneer_decline", "pioneer_new", "pioneer_sign", "pioneer_take_up", "pioneers", "quota", "quota_return", "quota_take_back", "quotas", "recommendation", "recommendation_accept", "recommendation_agree", "recommendation_new", "recommendation_probationary", "recommendation_recommend", "recommendation_turn_down", "recommendation_vote", "recommendation_withdraw", "recommendations", "recommending_terms", "recommending_terms_new"]
