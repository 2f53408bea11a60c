"""The pages of resources: the board, the pool, allocations, drives, reading rooms."""

from qinghe.edges.web import timeline

from .allocating import agree, allocation, ask, cancel, deliver, refuse
from .board import board
from .drives import (
    delivery,
    delivery_new,
    delivery_receive,
    donation,
    donation_accept,
    donation_new,
    donation_refuse,
    drive,
    drive_close,
    drive_new,
    drives,
)
from .pool import (
    need,
    need_close,
    need_meet,
    need_new,
    needs,
    provider,
    provider_leave,
    provider_new,
    providers,
    resource,
    resource_new,
    resource_withdraw,
    resources,
)
from .rooms import room, room_build, room_close, room_new, rooms

timeline.VERBS.update(
    {
        "resources.take_in_provider": "登记爱心单位",
        "resources.let_go_provider": "办理退出",
        "resources.offer_resource": "登记资源",
        "resources.withdraw_resource": "撤下资源",
        "resources.raise_need": "提出需求",
        "resources.meet_need": "记为已满足",
        "resources.close_need": "撤回需求",
        "resources.ask_for": "申请资源",
        "resources.agree": "同意调配",
        "resources.refuse": "不同意调配",
        "resources.cancel": "取消申请",
        "resources.deliver": "登记到位",
        "resources.open_drive": "发起募集",
        "resources.close_drive": "结束募集",
        "resources.take_donation": "登记捐赠",
        "resources.accept_donation": "验收入库",
        "resources.refuse_donation": "不予入库",
        "resources.plan_room": "立项图书室",
        "resources.build_room": "记为建成",
        "resources.close_room": "停用图书室",
        "resources.send_delivery": "登记配送",
        "resources.receive_delivery": "登记签收",
    }
)
timeline.DETAILS.update({"accepted": "入库数量", "served": "受益人次"})

__all__ = [
    "agree",
    "allocation",
    "ask",
    "board",
    "cancel",
    "deliver",
    "delivery",
    "delivery_new",
    "delivery_receive",
    "donation",
    "donation_accept",
    "donation_new",
    "donation_refuse",
    "drive",
    "drive_close",
    "drive_new",
    "drives",
    "need",
    "need_close",
    "need_meet",
    "need_new",
    "needs",
    "provider",
    "provider_leave",
    "provider_new",
    "providers",
    "refuse",
    "resource",
    "resource_new",
    "resource_withdraw",
    "resources",
    "room",
    "room_build",
    "room_close",
    "room_new",
    "rooms",
]
