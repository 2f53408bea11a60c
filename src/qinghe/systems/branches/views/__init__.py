"""The pages of the work of branches: the board, a branch's own page, meetings, terms."""

from qinghe.edges.web import timeline

from .board import board, branch, branches
from .grading import (
    grade_self,
    grading,
    own,
    own_grading,
    own_sign,
    review,
    send_back,
    spot_check,
)
from .meetings import meeting, meeting_cancel, meeting_new, meetings
from .rounds import (
    grading_terms,
    grading_terms_new,
    gradings,
    round_new,
    round_publish,
    rounds,
)
from .terms import terms, terms_new

timeline.DETAILS.update(
    {
        "branches.branches": "参评支部数",
    }
)
timeline.VERBS.update(
    {
        "branches.record_meeting": "登记会议",
        "branches.record_many": "导入会议",
        "branches.cancel_meeting": "作废",
        "branches.set_terms": "设定会议要求",
        "branches.set_grading_terms": "设定定级办法",
        "branches.open_grading": "部署对标定级",
        "branches.grade_self": "支部自评",
        "branches.sign_grading": "团员代表签名",
        "branches.review_grading": "复核",
        "branches.send_back_grading": "退回",
        "branches.check_grading": "抽查",
        "branches.publish_gradings": "公布等次",
    }
)

__all__ = [
    "board",
    "branch",
    "branches",
    "grade_self",
    "grading",
    "grading_terms",
    "grading_terms_new",
    "gradings",
    "meeting",
    "meeting_cancel",
    "meeting_new",
    "meetings",
    "own",
    "own_grading",
    "own_sign",
    "review",
    "round_new",
    "round_publish",
    "rounds",
    "send_back",
    "spot_check",
    "terms",
    "terms_new",
]
