"""The pages of the work of branches: the board, a branch's own page, meetings, terms."""

from qinghe.edges.web import timeline

from .board import board, branch, branches
from .meetings import meeting, meeting_cancel, meeting_new, meetings
from .terms import terms, terms_new

timeline.VERBS.update(
    {
        "branches.record_meeting": "登记会议",
        "branches.record_many": "导入会议",
        "branches.cancel_meeting": "作废",
        "branches.set_terms": "设定会议要求",
    }
)

__all__ = [
    "board",
    "branch",
    "branches",
    "meeting",
    "meeting_cancel",
    "meeting_new",
    "meetings",
    "terms",
    "terms_new",
]
