"""The pages of inspections: the board, points, checklists, visits, findings, guidance, exchanges."""

from qinghe.edges.web import timeline

from .board import (
    board,
)
from .checklists import (
    checklist,
    checklist_new,
    checklists,
    kind_new,
)
from .findings import (
    finding,
    findings,
    hand_over,
    pass_finding,
    rectify,
    send_back,
)
from .guidance import (
    coverage,
    exchange,
    exchange_new,
    exchanges,
    guidance,
    guidance_new,
    guidances,
    lesson,
    lesson_new,
    lessons,
    problem_new,
)
from .points import (
    point,
    point_change,
    point_close,
    point_new,
    points,
)
from .visits import (
    begin,
    do,
    drop,
    keep,
    photo,
    round,
    visit,
    visit_void,
    visits,
)

timeline.VERBS.update(
    {
        "inspections.enter_point": "登记点位",
        "inspections.enter_many": "导入点位",
        "inspections.change_point": "更正点位",
        "inspections.close_point": "停用点位",
        "inspections.set_checklist": "编制检查表",
        "inspections.add_kind": "增加类别",
        "inspections.begin_visit": "开始巡查",
        "inspections.submit_visit": "提交巡查",
        "inspections.drop_visit": "放弃草稿",
        "inspections.void_visit": "作废巡查",
        "inspections.raise_findings": "提出问题",
        "inspections.cancel_findings": "撤销问题",
        "inspections.rectify": "提交整改",
        "inspections.pass_finding": "复查通过",
        "inspections.send_back": "退回整改",
        "inspections.hand_over": "转交问题",
        "inspections.record_guidance": "登记联系指导",
        "inspections.add_problem": "登记问题",
        "inspections.record_exchange": "登记交流",
        "inspections.enter_lesson": "登记经验",
    }
)
timeline.DETAILS.update({"scored": "得分", "full": "满分", "findings": "问题数"})

__all__ = [
    "begin",
    "board",
    "checklist",
    "checklist_new",
    "checklists",
    "coverage",
    "do",
    "drop",
    "exchange",
    "exchange_new",
    "exchanges",
    "finding",
    "findings",
    "guidance",
    "guidance_new",
    "guidances",
    "hand_over",
    "keep",
    "kind_new",
    "lesson",
    "lesson_new",
    "lessons",
    "pass_finding",
    "photo",
    "point",
    "point_change",
    "point_close",
    "point_new",
    "points",
    "problem_new",
    "rectify",
    "round",
    "send_back",
    "visit",
    "visit_void",
    "visits",
]
