"""The reads of drafting. Each starts from an actor."""

from qinghe.reports.drafting.models import FixedWording, Passage, PlanItem, Remark, Report

from .choosing import (
    Change,
    Choice,
    Chosen,
    candidates,
    choices,
    chosen,
    place_for_problems,
    printed,
)
from .names import surroundings
from .proposals import Evidence, Proposal, proposals
from .rendering import Page, Shown, findings, page_of, preview, rendered
from .seen import (
    Compared,
    assigned_to,
    changes,
    compare_moments,
    compare_reports,
    compare_versions,
    fixed_wordings_seen_by,
    may_write,
    passages_seen_by,
    plan_seen_by,
    remarks_seen_by,
    reports_seen_by,
    require_seen,
    to_write,
)
from .waiting import passage_items, remark_items, remarks_waiting_for

__all__ = [
    "Change",
    "Choice",
    "Chosen",
    "Compared",
    "Evidence",
    "FixedWording",
    "Page",
    "Passage",
    "PlanItem",
    "Proposal",
    "Remark",
    "Report",
    "Shown",
    "assigned_to",
    "candidates",
    "changes",
    "choices",
    "chosen",
    "compare_moments",
    "compare_reports",
    "compare_versions",
    "findings",
    "fixed_wordings_seen_by",
    "may_write",
    "page_of",
    "passage_items",
    "passages_seen_by",
    "place_for_problems",
    "plan_seen_by",
    "preview",
    "printed",
    "proposals",
    "remark_items",
    "remarks_seen_by",
    "remarks_waiting_for",
    "rendered",
    "reports_seen_by",
    "require_seen",
    "surroundings",
    "to_write",
]
