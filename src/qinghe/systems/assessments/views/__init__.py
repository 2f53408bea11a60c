"""The pages of assessments: schemes and items, self-scores, the review desk, results, rankings."""

from qinghe.edges.web import timeline

from .filling import fill, keep, own, submit
from .items import heading_new, item_change, item_drop, item_new
from .objections import answer, objection, objections, withdraw
from .ranking import ranking, ranking_book
from .results import correct, mark, object_to, result
from .reviewing import (
    desk,
    judge,
    judge_rest,
    missing,
    note_missed,
    remind,
    review,
    send_back,
)
from .schemes import (
    announce,
    fix_ranking,
    scheme,
    scheme_change,
    scheme_drop,
    scheme_new,
    scheme_publish,
    scheme_revise,
    schemes,
    show_results,
    take_figures,
)

timeline.VERBS.update(
    {
        "assessments.draw_up": "起草方案",
        "assessments.change": "修改方案",
        "assessments.drop": "作废方案",
        "assessments.add_item": "添加项目",
        "assessments.change_item": "修改项目",
        "assessments.drop_item": "删除项目",
        "assessments.publish": "发布方案",
        "assessments.revise": "修订方案",
        "assessments.submit": "提交自评",
        "assessments.send_back": "退回自评",
        "assessments.note_missed": "登记未提交",
        "assessments.remind": "提醒提交",
        "assessments.take_figures": "取数计分",
        "assessments.judge": "复核",
        "assessments.judge_rest": "其余按自评认定",
        "assessments.show_results": "公示结果",
        "assessments.object_to": "提出异议",
        "assessments.withdraw": "撤回异议",
        "assessments.uphold": "采纳异议",
        "assessments.reject": "不采纳异议",
        "assessments.fix_ranking": "确定排名",
        "assessments.announce": "通报排名",
        "assessments.correct": "更正得分",
    }
)
timeline.DETAILS.update(
    {
        "assessments.item": "项目",
        "assessments.marks": "得分",
        "assessments.marked": "计分个数",
        "assessments.units": "单位数",
        "assessments.late": "迟交",
        "assessments.number": "版次",
        "assessments.sha256": "校验码",
    }
)

__all__ = [
    "announce",
    "answer",
    "correct",
    "desk",
    "fill",
    "fix_ranking",
    "heading_new",
    "item_change",
    "item_drop",
    "item_new",
    "judge",
    "judge_rest",
    "keep",
    "mark",
    "missing",
    "note_missed",
    "object_to",
    "objection",
    "objections",
    "own",
    "ranking",
    "ranking_book",
    "remind",
    "result",
    "review",
    "scheme",
    "scheme_change",
    "scheme_drop",
    "scheme_new",
    "scheme_publish",
    "scheme_revise",
    "schemes",
    "send_back",
    "show_results",
    "submit",
    "take_figures",
    "withdraw",
]
