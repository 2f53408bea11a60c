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
from .giving import SLUG as GIVEN
from .giving import followed, offers
from .lookup import FiguresOf
from .names import surroundings
from .proposals import Evidence, Proposal, proposals
from .rendering import Page, Shown, findings, page_of, preview, rendered
from .seen import (
    assigned_to,
    changes,
    compare_versions,
    fixed_wordings_seen_by,
    may_write,
    merged_with,
    passages_seen_by,
    plan_seen_by,
    remarks_seen_by,
    reports_seen_by,
    require_seen,
    to_write,
)
from .versions import (
    Compared,
    FigureChanged,
    TwoVersions,
    Version,
    compare_whole,
    version_named,
    versions_seen_by,
)
from .waiting import passage_items, remark_items, remarks_waiting_for

__all__ = [
    "GIVEN",
    "Change",
    "Choice",
    "Chosen",
    "Compared",
    "Evidence",
    "FigureChanged",
    "FiguresOf",
    "FixedWording",
    "Page",
    "Passage",
    "PlanItem",
    "Proposal",
    "Remark",
    "Report",
    "Shown",
    "TwoVersions",
    "Version",
    "assigned_to",
    "candidates",
    "changes",
    "choices",
    "chosen",
    "compare_versions",
    "compare_whole",
    "findings",
    "fixed_wordings_seen_by",
    "followed",
    "may_write",
    "merged_with",
    "offers",
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
    "version_named",
    "versions_seen_by",
]
