"""The pages of pioneers: boards, ceremonies, schools, outlines; badges, rounds, lists."""

from qinghe.edges.web import timeline

from .badges import (
    badge,
    badge_close,
    badge_new,
    badges,
    round_,
    round_new,
    rounds,
    star_terms,
    star_terms_new,
)
from .board import badge_board, board, schools
from .ceremonies import (
    ceremonies,
    ceremony,
    ceremony_accept,
    ceremony_cancel,
    ceremony_change,
    ceremony_new,
    ceremony_send_back,
    ceremony_submit,
)
from .outlines import outline_new, outlines
from .slates import nominate, slate, slate_decide, slate_send_back, slate_submit, slates

timeline.VERBS.update(
    {
        "pioneers.register_ceremony": "登记仪式",
        "pioneers.change_ceremony": "修改仪式",
        "pioneers.submit_ceremony": "提交审核",
        "pioneers.accept_ceremony": "审核通过",
        "pioneers.send_back_ceremony": "退回",
        "pioneers.cancel_ceremony": "取消登记",
        "pioneers.enter_many": "导入仪式",
        "pioneers.set_outline": "编制要点",
        "pioneers.add_badge": "添加章目",
        "pioneers.close_badge": "停用章目",
        "pioneers.open_round": "开设轮次",
        "pioneers.set_star_terms": "调整星级章比例",
        "pioneers.keep_slate": "保存申报表",
        "pioneers.submit_slate": "提交申报",
        "pioneers.send_back_slate": "退回申报",
        "pioneers.decide_slate": "评审颁章",
    }
)
timeline.DETAILS.update({"pioneers.lines": "行数", "pioneers.given": "颁发"})

__all__ = [
    "badge",
    "badge_board",
    "badge_close",
    "badge_new",
    "badges",
    "board",
    "ceremonies",
    "ceremony",
    "ceremony_accept",
    "ceremony_cancel",
    "ceremony_change",
    "ceremony_new",
    "ceremony_send_back",
    "ceremony_submit",
    "nominate",
    "outline_new",
    "outlines",
    "round_",
    "round_new",
    "rounds",
    "schools",
    "slate",
    "slate_decide",
    "slate_send_back",
    "slate_submit",
    "slates",
    "star_terms",
    "star_terms_new",
]
