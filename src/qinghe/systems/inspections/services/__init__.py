"""What people do with points, checklists, visits, findings, guidance and exchanges."""

from .bulk import ReadyPoint, enter_many
from .checklists import NewChecklist, add_kind, set_checklist
from .findings import cancel_findings, hand_over, pass_finding, raise_findings, rectify, send_back
from .guidance import (
    NewExchange,
    NewGuidance,
    NewLesson,
    add_problem,
    enter_lesson,
    record_exchange,
    record_guidance,
)
from .points import NewPoint, Particulars, change_point, close_point, enter_point
from .visits import (
    Seen,
    add_photo,
    begin_visit,
    drop_visit,
    keep_visit,
    submit_visit,
    void_visit,
)

__all__ = [
    "NewChecklist",
    "NewExchange",
    "NewGuidance",
    "NewLesson",
    "NewPoint",
    "Particulars",
    "ReadyPoint",
    "Seen",
    "add_kind",
    "add_photo",
    "add_problem",
    "begin_visit",
    "cancel_findings",
    "change_point",
    "close_point",
    "drop_visit",
    "enter_lesson",
    "enter_many",
    "enter_point",
    "hand_over",
    "keep_visit",
    "pass_finding",
    "raise_findings",
    "record_exchange",
    "record_guidance",
    "rectify",
    "send_back",
    "set_checklist",
    "submit_visit",
    "void_visit",
]
