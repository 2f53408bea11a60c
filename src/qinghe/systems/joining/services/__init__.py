"""What people do in joining. One function is one use case and one transaction."""

from .applying import (NewApplication, apply, enter_application)
from .cultivating import (Served, add_lesson, finish_cultivation, strike_lesson)
from .deciding import (approve, confirm_activist, file_case, preview)
from .halting import (lapse, pause, refuse, resume, withdraw)
from .joining_terms import (NewJoiningTerms, set_joining_terms)
from .keeping import (release_number, reserve_number, use_number)
from .meeting import (Vote, hold_meeting)
from .notice import (answer_objection, close_notice, object_to, post_notice)
from .number_requests import (Ask, answer_request, ask_for_numbers, refuse_request, withdraw_request)
from .numbers import (NewBatch, Share, enter_batch, hand_down, return_numbers, take_back, void_number)
from .pioneers import (NewPioneer, decline_pioneer, nominate_pioneer, sign_nomination, take_up_pioneer)
from .pools import (Kept)
from .recommending import (NewRecommendation, Vote, accept_by_party, agree_to_proposal, become_probationary, hold_vote, propose_to_party, recommend, turn_down, withdraw_proposal)
from .recommending_past import (NewTerms, PastRecommendation, enter_past_recommendations, set_recommending_terms)
from .steps import (archive, fill_form, hold_ceremony, hold_talk, name_contacts, name_introducers, propose_activist, recommend, tell_result)

__all__ = ["Ask", "Kept", "NewApplication", "NewBatch", "NewJoiningTerms", "NewPioneer", "NewRecommendation", "NewTerms", "PastRecommendation", "Served", "Share", "Vote", "accept_by_party", "add_lesson", "agree_to_proposal", "answer_objection", "answer_request", "apply", "approve", "archive", "ask_for_numbers", "become_probationary", "close_notice", "confirm_activist", "decline_pioneer", "enter_application", "enter_batch", "enter_past_recommendations", "file_case", "fill_form", "finish_cultivation", "hand_down", "hold_ceremony", "hold_meeting", "hold_talk", "hold_vote", "lapse", "name_contacts", "name_introducers", "nominate_pioneer", "object_to", "pause", "post_notice", "preview", "propose_activist", "propose_to_party", "recommend", "refuse", "refuse_request", "release_number", "reserve_number", "resume", "return_numbers", "set_joining_terms", "set_recommending_terms", "sign_nomination", "strike_lesson", "take_back", "take_up_pioneer", "tell_result", "turn_down", "use_number", "void_number", "withdraw", "withdraw_proposal", "withdraw_request"]
