"""The pages of review and registration: campaigns, rolls, lines, the phone."""

from qinghe.edges.web import timeline

from .campaigns import board, campaign, campaign_list, campaign_new, campaigns, cap_new
from .lines import (
    line,
    line_correct,
    line_move,
    line_place,
    line_register,
    lines,
    unregistered,
)
from .own import own, own_appraise, own_rate, own_take_part
from .registering import campaign_register
from .rolls import roll, roll_add, roll_approve, roll_send_back, rolls, to_decide
from .terms import terms, terms_new

timeline.VERBS.update(
    {
        "appraisals.set_terms": "设定评议注册参数",
        "appraisals.open_campaign": "发起年度评议",
        "appraisals.list_members": "生成评议名单",
        "appraisals.note_listed": "名单生成完毕",
        "appraisals.lower_cap": "调低优秀比例",
        "appraisals.record_study": "登记学习教育",
        "appraisals.appraise_oneself": "自我评价",
        "appraisals.rate_others": "提交互评",
        "appraisals.take_part": "自愿参加评议",
        "appraisals.hold_meeting": "登记支部大会和测评票",
        "appraisals.keep_grades": "拟定等次",
        "appraisals.bring_grades": "导入等次",
        "appraisals.bring_results": "导入历年结果",
        "appraisals.propose": "上报等次",
        "appraisals.approve": "批准等次",
        "appraisals.send_back": "退回等次",
        "appraisals.register": "年度团籍注册",
        "appraisals.register_line": "补办注册",
        "appraisals.place": "调整参评情况",
        "appraisals.add_member": "补列名单",
        "appraisals.move_line": "移到转入支部",
        "appraisals.correct_grade": "更正等次",
    }
)
timeline.DETAILS.update(
    {
        "appraisals.entitled": "应到会",
        "appraisals.present": "实到会",
        "appraisals.top": "优秀",
        "appraisals.graded": "已评议",
        "appraisals.registered": "注册",
        "appraisals.deferred": "暂缓注册",
        "appraisals.together": "同批支部数",
        "appraisals.standing": "参评情况",
        "appraisals.branches": "支部数",
        "appraisals.percent": "比例",
        "appraisals.closes_on": "截止日期",
    }
)

__all__ = [
    "board",
    "campaign",
    "campaign_list",
    "campaign_new",
    "campaign_register",
    "campaigns",
    "cap_new",
    "line",
    "line_correct",
    "line_move",
    "line_place",
    "line_register",
    "lines",
    "own",
    "own_appraise",
    "own_rate",
    "own_take_part",
    "roll",
    "roll_add",
    "roll_approve",
    "roll_send_back",
    "rolls",
    "terms",
    "terms_new",
    "to_decide",
    "unregistered",
]
