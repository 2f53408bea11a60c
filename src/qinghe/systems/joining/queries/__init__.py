"""What people look at in joining. Reads only; every function starts from an actor."""

from .cases import (Case, CaseState, Lesson, Objection, Step, Way, case_lines, cases_seen_by, lesson_lines, lessons_seen_by, members_of, objections_seen_by, orgs_seen_by, orgs_to_join, orgs_to_run, person_numbered, standing_of, step_lines, to_be_filed, track_of)
from .numbers import (Batch, Number, NumberRequest, NumberState, Quota, RequestState, batches_seen_by, board_of, left_at, number_lines, number_request_items, number_requests_waiting_for, numbers_in, numbers_seen_by, orgs_for_numbers, orgs_to_give, quota_lines, quotas_seen_by, requests_seen_by, year_of_board, years_of)
from .orgs import (orgs_seen_by)
from .own import (about_person, cards_of, own_case, own_cases, suits)
from .terms import (FLAG, NUMBERS, all_terms, rules_of, terms_for, terms_of, told_of)
from .waiting import (activist_items, activists_waiting, approval_items, approvals_waiting, preview_items, previews_waiting)

__all__ = ["Batch", "Case", "CaseState", "FLAG", "Lesson", "NUMBERS", "Number", "NumberRequest", "NumberState", "Objection", "Quota", "RequestState", "Step", "Way", "about_person", "activist_items", "activists_waiting", "all_terms", "approval_items", "approvals_waiting", "batches_seen_by", "board_of", "cards_of", "case_lines", "cases_seen_by", "left_at", "lesson_lines", "lessons_seen_by", "members_of", "number_lines", "number_request_items", "number_requests_waiting_for", "numbers_in", "numbers_seen_by", "objections_seen_by", "orgs_for_numbers", "orgs_seen_by", "orgs_to_give", "orgs_to_join", "orgs_to_run", "own_case", "own_cases", "person_numbered", "preview_items", "previews_waiting", "quota_lines", "quotas_seen_by", "requests_seen_by", "rules_of", "standing_of", "step_lines", "suits", "terms_for", "terms_of", "to_be_filed", "told_of", "track_of", "year_of_board", "years_of"]
