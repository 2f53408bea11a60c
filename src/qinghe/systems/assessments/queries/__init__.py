"""What may be read of assessments, and by whom."""

from qinghe.systems.assessments import models, rules

from .desk import Cell, Row, desk_rows, sheets_of
from .marking import (
    assessment_lines,
    assessments_seen_by,
    check_stranger,
    files_of,
    fill_items,
    held,
    mark_lines,
    marks_of,
    marks_seen_by,
    may_score,
    may_see_marks,
    not_handed_in,
    own_assessments,
    own_codes,
    review_items,
    to_fill,
    to_review,
    totals_of,
)
from .objections import answer_items, may_support, objections_seen_by, open_objections, to_answer
from .rankings import (
    Points,
    agrees,
    earned,
    frozen_inputs,
    is_whole,
    places_of,
    points_of,
    rankings_seen_by,
)
from .readings import figure_label, figure_marks, figure_names, readings_of
from .schemes import (
    GONE,
    TOLD,
    Progress,
    begun,
    headings_of,
    held_scheme,
    items_of,
    items_seen_by,
    keepers_of,
    may_watch,
    orgs_for,
    progress_of,
    scale_of,
    schemes_seen_by,
)

# Named here for the edges, which do not import models.
Scheme = models.Scheme
SchemeState = models.Scheme.State
Audience = models.Scheme.Audience
Combine = models.Scheme.Combine
Item = models.Item
Way = models.Item.Way
Sort = models.Item.Sort
Assessment = models.Assessment
AssessmentState = models.Assessment.State
Mark = models.Mark
Objection = models.Objection
ObjectionState = models.Objection.State
Ranking = models.Ranking
Place = rules.Place

__all__ = [
    "GONE",
    "TOLD",
    "Assessment",
    "AssessmentState",
    "Audience",
    "Cell",
    "Combine",
    "Item",
    "Mark",
    "Objection",
    "ObjectionState",
    "Place",
    "Points",
    "Progress",
    "Ranking",
    "Row",
    "Scheme",
    "SchemeState",
    "Sort",
    "Way",
    "agrees",
    "answer_items",
    "assessment_lines",
    "assessments_seen_by",
    "begun",
    "check_stranger",
    "desk_rows",
    "earned",
    "figure_label",
    "figure_marks",
    "figure_names",
    "files_of",
    "fill_items",
    "frozen_inputs",
    "headings_of",
    "held",
    "held_scheme",
    "is_whole",
    "items_of",
    "items_seen_by",
    "keepers_of",
    "mark_lines",
    "marks_of",
    "marks_seen_by",
    "may_score",
    "may_see_marks",
    "may_support",
    "may_watch",
    "not_handed_in",
    "objections_seen_by",
    "open_objections",
    "orgs_for",
    "own_assessments",
    "own_codes",
    "places_of",
    "points_of",
    "progress_of",
    "rankings_seen_by",
    "readings_of",
    "review_items",
    "scale_of",
    "schemes_seen_by",
    "sheets_of",
    "to_answer",
    "to_fill",
    "to_review",
    "totals_of",
]
