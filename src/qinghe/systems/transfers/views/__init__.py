"""The pages of transfers: the board, the list, one transfer, the limits, the phone."""

from qinghe.edges.web import timeline

from .board import board
from .graduates import graduates, graduates_of, graduates_send
from .incoming import incoming, incoming_accept, incoming_place
from .own import own, own_change, own_new, own_withdraw
from .stays import stay, stay_end, stay_new, stays
from .steps import (
    transfer_approve,
    transfer_change,
    transfer_place,
    transfer_receipt,
    transfer_reject,
    transfer_resume,
    transfer_send,
    transfer_suspend,
    transfer_withdraw,
)
from .terms import terms, terms_new
from .transfers import receive_new, send_new, targets, transfer, transfers

timeline.VERBS.update(
    {
        "transfers.start": "发起转接",
        "transfers.draft_many": "成批登记去向",
        "transfers.send_many": "成批提交转接",
        "transfers.accept_many": "成批接收",
        "transfers.place_many": "成批编入团支部",
        "transfers.change": "修改转接",
        "transfers.send": "提交转接",
        "transfers.approve": "同意转接",
        "transfers.reject": "退回转接",
        "transfers.withdraw": "撤回转接",
        "transfers.suspend": "暂停办理",
        "transfers.resume": "恢复办理",
        "transfers.expire": "超期作废",
        "transfers.place": "编入团支部",
        "transfers.record_receipt": "登记区外回执",
        "transfers.set_terms": "调整转接期限",
        "transfers.begin_stay": "登记出国（境）",
        "transfers.end_stay": "登记返回",
    }
)
timeline.DETAILS.update(
    {
        "transfers.kind": "类别",
        "transfers.state": "状态",
        "transfers.desk": "送往",
        "transfers.due": "期限",
        "transfers.into": "编入",
        "transfers.until": "保留团籍至",
        "transfers.receipt": "回执编号",
        "transfers.timeout_days": "每步天数",
        "transfers.study_days": "升学天数",
        "transfers.abroad_years": "出国（境）年限",
        "transfers.starts_on": "施行日期",
    }
)

__all__ = [
    "board",
    "graduates",
    "graduates_of",
    "graduates_send",
    "incoming",
    "incoming_accept",
    "incoming_place",
    "own",
    "own_change",
    "own_new",
    "own_withdraw",
    "receive_new",
    "send_new",
    "stay",
    "stay_end",
    "stay_new",
    "stays",
    "targets",
    "terms",
    "terms_new",
    "transfer",
    "transfer_approve",
    "transfer_change",
    "transfer_place",
    "transfer_receipt",
    "transfer_reject",
    "transfer_resume",
    "transfer_send",
    "transfer_suspend",
    "transfer_withdraw",
    "transfers",
]
